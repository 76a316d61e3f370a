import * as v from 'valibot';
import { largeIntegers } from '../../options/large-integers.js';
import { as, batchRows, compression, path } from '../../options/shared-options.js';

export const jsonlLoadOptions = v.strictObject({ path, as, batchRows, compression, largeIntegers });
export const jsonlSaveOptions = v.strictObject({ path, compression });

export type JsonlLoadOptions = v.InferOutput<typeof jsonlLoadOptions>;
export type JsonlSaveOptions = v.InferOutput<typeof jsonlSaveOptions>;
