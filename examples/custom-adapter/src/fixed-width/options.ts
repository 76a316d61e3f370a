/** What the loader and the saver take. The schemas are also what editors complete in YAML. */
import * as v from 'valibot';

const column = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty('must not be empty')),
  /** In characters. */
  width: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** On which side the text stands. Default `left`. */
  align: v.optional(v.picklist(['left', 'right']), 'left'),
});

const columns = v.pipe(
  v.array(column),
  v.minLength(1, 'must name a column'),
  v.check((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names a column twice'),
);

const file = {
  path: v.string(),
  columns,
  /** `gzip` or `none`. Default: the ending `.gz` decides. */
  compression: v.optional(v.picklist(['gzip', 'none'])),
};

export const saveOptions = v.strictObject(file);
export const loadOptions = v.strictObject({
  ...file,
  /** All rows at once, or `batches` as they are asked for. */
  as: v.optional(v.picklist(['records', 'batches']), 'records'),
  batchRows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1000),
});

export type Column = v.InferOutput<typeof column>;
export type LoadOptions = v.InferOutput<typeof loadOptions>;
