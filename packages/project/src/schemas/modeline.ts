import { posix } from 'node:path';
import { schemaFolder } from './schema-folder.js';

/**
 * The line by which the YAML server of editors finds the schema of a file, whose path is relative to the project.
 *
 * @param schema - `project`, or `pipelines/sales`.
 */
export function modeline(file: string, schema: string): string {
  const path = posix.relative(posix.dirname(file), `${schemaFolder}/${schema}.json`);
  return `# yaml-language-server: $schema=${path}`;
}
