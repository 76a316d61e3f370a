import * as v from 'valibot';
import { compression, path } from '../../options/shared-options.js';

export const yamlOptions = v.strictObject({ path, compression });

export type YamlOptions = v.InferOutput<typeof yamlOptions>;
