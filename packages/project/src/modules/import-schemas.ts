import { statSync } from 'node:fs';
import { errorFromProblems, type Place, type Problem } from '@flowerpower/core';
import type { AroundImport, ImportedModule } from '@flowerpower/modules';
import type { PipelineDefinition } from '@flowerpower/runtime';
import { problemsWith } from '../boundary/project-boundary.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { ModulesContext } from './import-modules.js';

export interface SchemasRequest {
  readonly load: PipelineDefinition['io']['load'];
  /** Where the schema of an entry is named. */
  readonly placeOf: (target: string) => Place | undefined;
  /** Import files that changed since they were last imported. */
  readonly reload: boolean;
  readonly around: AroundImport;
}

/**
 * The modules of the files that `schema: file#export` names under `io.load`, by file as it is written there.
 *
 * @throws FlowerPowerError `FP_MODULE_NOT_FOUND` for every file that is missing, `FP_FS_OUTSIDE_ROOT` for files that may
 *   not be used, and whatever importing raises.
 */
export async function importSchemas(
  { boundary, importer }: Pick<ModulesContext, 'boundary' | 'importer'>,
  { load, placeOf, reload, around }: SchemasRequest,
): Promise<Readonly<Record<string, ImportedModule>>> {
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [target, { schema }] of Object.entries(load)) {
    const named = schemaFile(schema);
    if (named === undefined) continue;
    const at = `io.load.${target}.schema`;
    const found = problemsWith(at, placeOf(target), () => {
      const location = boundary.locate(named);
      const file = location.kind === 'uri' ? undefined : location.file;
      const isFile = file !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile() === true;
      if (isFile) files.set(named, file);
      else problems.push(missing(named, at, placeOf(target)));
    });
    problems.push(...found);
  }
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
    throw errorFromProblems(problems, { code, title: 'Schemas cannot be imported' });
  }
  const modules: (readonly [string, ImportedModule])[] = [];
  for (const [named, file] of files) modules.push([named, await importer.import(file, { reload, around })]);
  return Object.fromEntries(modules);
}

/** The files that entries name, as they are written there. */
export function schemaFiles(load: SchemasRequest['load']): string[] {
  return Object.values(load).flatMap(({ schema }) => schemaFile(schema) ?? []);
}

function schemaFile(schema: unknown): string | undefined {
  const hash = typeof schema === 'string' ? schema.lastIndexOf('#') : -1;
  return hash < 1 ? undefined : (schema as string).slice(0, hash);
}

function missing(file: string, at: string, place: Place | undefined): Problem {
  const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
  return {
    code,
    message: `${at}: there is no file '${file}'.`,
    hint: "Write the file's path from the project's folder, with its extension.",
    places: place === undefined ? [] : [place],
  };
}
