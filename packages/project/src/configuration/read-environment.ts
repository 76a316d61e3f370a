/** Variables of a project: those of the process, and what `.env` and `.env.<env>` give besides. */
import { type Environment, readEnvironmentFile } from '@flowerpower/config';
import type { Place, Problem } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { variablesOfPlaces } from '../layout/project-layout.js';

export interface ProjectEnvironment {
  readonly environment: Environment;
  /** Of the variables that a file gives. */
  readonly variablePlaces: ReadonlyMap<string, Place>;
  /** Which overlay applies. */
  readonly env: string | undefined;
  readonly warnings: readonly Problem[];
}

export interface EnvironmentRequest {
  /** Of the process. It wins, also where a variable is empty. */
  readonly environment: Environment;
  readonly env: string | undefined;
  readonly useFiles: boolean;
}

/** The name of an environment may stand in a name of a file. */
export const environmentName = /^[\w-][\w.-]*$/;

/** @throws (rejects) FlowerPowerError `FP_CONFIG_ENV_FILE`; FileSystemError for a file that is there and cannot be read. */
export async function readEnvironment(
  fs: FileSystem,
  { environment: given, env: asked, useFiles }: EnvironmentRequest,
): Promise<ProjectEnvironment> {
  const files = useFiles ? await filesOf(fs, '.env') : [];
  const env = asked ?? (given['FP_ENV'] || files[0]?.environment['FP_ENV'] || undefined);
  if (useFiles && env !== undefined && environmentName.test(env))
    files.push(...(await filesOf(fs, `.env.${env}`)));
  if (files.length === 0) return { environment: given, variablePlaces: new Map(), env, warnings: [] };

  const environment: Record<string, string | undefined> = Object.assign(
    Object.create(null),
    ...files.map((file) => file.environment),
  );
  const variablePlaces = new Map(files.flatMap((file) => [...file.places]));
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    environment[name] = value;
    variablePlaces.delete(name);
  }
  return { environment, variablePlaces, env, warnings: withoutEffect(variablePlaces) };
}

async function filesOf(fs: FileSystem, file: string) {
  return (await fs.exists(file)) ? [readEnvironmentFile({ file, text: await fs.readText(file) })] : [];
}

function withoutEffect(places: ReadonlyMap<string, Place>): Problem[] {
  const code: ProjectErrorCode = 'FP_PROJECT_LAYOUT';
  return variablesOfPlaces.flatMap((name): Problem[] => {
    const place = places.get(name);
    return place === undefined
      ? []
      : [
          {
            code,
            message: `${place.file}:${place.line}: ${name} has no effect here, for it is needed before this file is read.`,
            hint: 'Set it where the program is started.',
            places: [place],
          },
        ];
  });
}
