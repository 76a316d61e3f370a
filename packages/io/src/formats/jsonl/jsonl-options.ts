import * as v from 'valibot';
import { as, batchRows, compression, path } from '../../options/shared-options.js';

export const jsonlLoadOptions = v.strictObject({ path, as, batchRows, compression });
export const jsonlSaveOptions = v.strictObject({ path, compression });

export type JsonlLoadOptions = v.InferOutput<typeof jsonlLoadOptions>;
export type JsonlSaveOptions = v.InferOutput<typeof jsonlSaveOptions>;
