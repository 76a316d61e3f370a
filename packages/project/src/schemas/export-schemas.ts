import { fileURLToPath } from 'node:url';
import type { Registry } from '@flowerpower/plugin';
import { type PictureProject, pictureFile } from '../draw/picture-file.js';
import { editorSchemas } from './editor-schemas.js';
import { schemaFolder } from './schema-folder.js';

export interface ExportedSchemas {
  /** Real paths, or URIs. */
  readonly files: readonly string[];
  /** Options that an editor cannot be told of, in words: there anything is accepted. */
  readonly open: readonly string[];
}

/** @param dir - relative to the project, or absolute. Default: in the folder that FlowerPower keeps for itself. */
export async function exportSchemas(
  project: PictureProject,
  registry: Registry,
  dir: string | undefined,
): Promise<ExportedSchemas> {
  const { open, ...schemas } = await editorSchemas(registry);
  const files: string[] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const text = `${JSON.stringify(schema, undefined, 2)}\n`;
    if (dir === undefined) {
      const path = `${schemaFolder}/${name}.json`;
      await project.fs.write(path, text);
      files.push(project.fs.scheme === 'file' ? fileURLToPath(project.fs.uri(path)) : project.fs.uri(path));
    } else {
      const target = pictureFile(project, `${dir}/${name}.json`);
      await target.write(text);
      files.push(target.file);
    }
  }
  return { files, open };
}
