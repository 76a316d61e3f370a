import * as v from 'valibot';
import { largeIntegers } from '../../options/large-integers.js';
import { compression, path } from '../../options/shared-options.js';

export const jsonLoadOptions = v.strictObject({ path, compression, largeIntegers });

export const jsonSaveOptions = v.strictObject({
  path,
  compression,
  /** Spaces per level; 0 writes one line. Default 2. */
  indent: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), 2),
});

export type JsonLoadOptions = v.InferOutput<typeof jsonLoadOptions>;
export type JsonSaveOptions = v.InferOutput<typeof jsonSaveOptions>;
