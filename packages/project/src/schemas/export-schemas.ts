import { fileURLToPath } from 'node:url';
import { isFlowerPowerError, type Problem } from '@flowerpower/core';
import type { Registry } from '@flowerpower/plugin';
import { type PictureProject, pictureFile } from '../draw/picture-file.js';
import type { LoadedPipeline } from '../pipelines/loaded-pipeline.js';
import { editorSchemas } from './editor-schemas.js';
import { schemaFolder } from './schema-folder.js';
import { schemaOfPipeline } from './schema-of-pipeline.js';

export interface ExportSchemasOptions {
  /** Relative to the project, or absolute. Default: in the folder that FlowerPower keeps for itself. */
  readonly dir?: string | undefined;
  /** The pipelines that get a schema of their own. Default: every one. */
  readonly pipelines?: readonly string[] | undefined;
}

export interface ExportedSchemas {
  /** Real paths, or URIs. */
  readonly files: readonly string[];
  /** Options that an editor cannot be told of, in words: there anything is accepted. */
  readonly open: readonly string[];
  /** Pipelines that cannot be loaded, and so have no schema of their own. */
  readonly skipped: readonly { readonly pipeline: string; readonly problem: Problem }[];
}

/** The pipelines of a project, as its manager gives them. */
interface Pipelines {
  list(): Promise<readonly { readonly name: string }[]>;
  load(name: string): Promise<LoadedPipeline>;
}

export async function exportSchemas(
  project: PictureProject,
  { registry, pipelines }: { readonly registry: Registry; readonly pipelines: Pipelines },
  options: ExportSchemasOptions,
): Promise<ExportedSchemas> {
  const { open, ...schemas } = await editorSchemas(registry);
  const files: string[] = [];
  const write = async (name: string, schema: object) => {
    files.push(await writeSchema(project, options.dir, `${name}.json`, schema));
  };
  for (const [name, schema] of Object.entries(schemas)) await write(name, schema);
  const skipped: { pipeline: string; problem: Problem }[] = [];
  for (const name of options.pipelines ?? (await pipelines.list()).map((each) => each.name)) {
    try {
      const pipeline = await pipelines.load(name);
      await write(`pipelines/${pipeline.name}`, schemaOfPipeline(schemas.pipeline, pipeline));
    } catch (error) {
      if (!isFlowerPowerError(error) || error.code.startsWith('FP_FS_')) throw error;
      const { code, message, hint, places } = error;
      skipped.push({ pipeline: name, problem: { code, message, hint, places } });
    }
  }
  return { files, open, skipped };
}

async function writeSchema(
  project: PictureProject,
  dir: string | undefined,
  name: string,
  schema: object,
): Promise<string> {
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  if (dir !== undefined) {
    const target = pictureFile(project, `${dir}/${name}`);
    await target.write(text);
    return target.file;
  }
  const path = `${schemaFolder}/${name}`;
  await project.fs.write(path, text);
  return project.fs.scheme === 'file' ? fileURLToPath(project.fs.uri(path)) : project.fs.uri(path);
}
