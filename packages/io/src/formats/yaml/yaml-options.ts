import * as v from 'valibot';
import { largeIntegers } from '../../options/large-integers.js';
import { compression, path } from '../../options/shared-options.js';

export const yamlLoadOptions = v.strictObject({ path, compression, largeIntegers });
export const yamlSaveOptions = v.strictObject({ path, compression });

export type YamlLoadOptions = v.InferOutput<typeof yamlLoadOptions>;
export type YamlSaveOptions = v.InferOutput<typeof yamlSaveOptions>;
