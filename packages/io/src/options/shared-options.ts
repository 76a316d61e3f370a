/** The options that several formats have in common. */
import * as v from 'valibot';

/** Its last part is neither empty, as behind a slash, nor a dot or two. */
const namesFile = /^(?:.*[\\/])?(?!\.{1,2}$)[^\\/]+$/s;

/** A path below the project, or a URI. */
export const path = v.pipe(v.string(), v.regex(namesFile, 'must name a file, and no folder'));

/** `gzip` or `none`; by default the suffix `.gz` decides. */
export const compression = v.optional(v.picklist(['gzip', 'none']));

export type Compression = v.InferOutput<typeof compression>;

/** `records`: one array of rows. `batches`: an async iterable of arrays of at most `batchRows` rows, read once. */
export const as = v.optional(v.picklist(['records', 'batches']), 'records');

/** Rows per batch. */
export const batchRows = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1000);

/** A single character, other than a line break. */
export const character = v.pipe(
  v.string(),
  v.regex(/^[^\r\n]$/, 'must be a single character, not a line break'),
);
