/**
 * Where the parts of a project are, relative to its root. Dots in a pipeline name are folders; in the names of
 * files `-` reads `_`, so that every pipeline has a module name that an import can spell.
 */
import type { Environment } from '@flowerpower/config';
import { errorFromProblems, type Problem, shorten } from '@flowerpower/core';
import type { ProjectErrorCode } from '../errors/catalogue.js';

export interface ProjectLayout {
  /** `conf`, or what the variable `FP_CONFIG_DIR` says. */
  readonly configDir: string;
  /** `pipelines`, or what the variable `FP_PIPELINES_DIR` says. */
  readonly pipelinesDir: string;
  readonly pipelineConfigDir: string;
  readonly overlayDir: string;
  /** The file that makes a folder a project, under either ending. */
  readonly projectFiles: readonly string[];
  /** What a project itself is made of. Nothing that runs may write there. */
  readonly ownEntries: readonly string[];
  /** Where a new pipeline is configured. */
  newConfigFile(name: string): string;
  /** Where the module of a new pipeline is. */
  newModuleFile(name: string): string;
  /** Files that may hold the module of a pipeline: one list for each spelling, in the order they are tried. */
  moduleFiles(name: string): string[][];
  /** The pipeline name that a configuration file stands for, unless its `name:` says otherwise. */
  nameOfConfigFile(path: string): string;
  /** The pipeline name that a module stands for; undefined for declarations, tests and what `_` or `.` keeps private. */
  nameOfModuleFile(path: string): string | undefined;
}

/** Extensions of module files, in the order they are tried. */
const moduleExtensions = ['.ts', '.mts', '.js', '.mjs'] as const;

/** Of what a project is made of, the folders below which a cache may be kept. */
export const cacheEntries: readonly string[] = ['node_modules', '.flowerpower'];

/**
 * The folders that variables may move. They are read from the environment of the process and not from `.env`, which is
 * found when it is known where the project is.
 */
const movable = { FP_CONFIG_DIR: 'conf', FP_PIPELINES_DIR: 'pipelines' } as const;

/** Names of variables that a `.env` file cannot set, since they say where things are. */
export const variablesOfPlaces: readonly string[] = [...Object.keys(movable), 'FP_CACHE_DIR'];

/**
 * @throws FlowerPowerError `FP_PROJECT_LAYOUT` for variables that name no folder of the project.
 */
export function layoutOf(environment: Environment): ProjectLayout {
  const problems: Problem[] = [];
  const folder = (variable: keyof typeof movable): string => {
    // An empty variable is as good as none.
    const given = environment[variable] || movable[variable];
    const path = given.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
    if (!isFolderName(path)) problems.push(noFolder(variable, given));
    return path;
  };
  const configDir = folder('FP_CONFIG_DIR');
  const pipelinesDir = folder('FP_PIPELINES_DIR');
  if (problems.length === 0 && (isWithin(configDir, pipelinesDir) || isWithin(pipelinesDir, configDir)))
    problems.push({
      code: layoutCode,
      message: `FP_CONFIG_DIR and FP_PIPELINES_DIR: one of '${configDir}' and '${pipelinesDir}' lies in the other.`,
      hint: 'Name two folders beside each other.',
    });
  if (problems.length > 0)
    throw errorFromProblems(problems, {
      code: layoutCode,
      title: 'Variables name no folders of the project',
    });
  return layout(configDir, pipelinesDir);
}

const layoutCode: ProjectErrorCode = 'FP_PROJECT_LAYOUT';

function noFolder(variable: string, given: string): Problem {
  return {
    code: layoutCode,
    message: `environment variable ${variable}: ${JSON.stringify(shorten(given, 100))} is not a folder in the project.`,
    hint: `Write a path below the project's folder, with slashes and without '..', as ${variable}=settings/flows.`,
  };
}

function isFolderName(path: string): boolean {
  return path
    .split('/')
    .every((part) => /^[\w@][\w@ .-]*$/.test(part) && !/[ .]$/.test(part) && part !== 'node_modules');
}

function isWithin(path: string, folder: string): boolean {
  return `${path}/`.startsWith(`${folder}/`);
}

function layout(configDir: string, pipelinesDir: string): ProjectLayout {
  const pipelineConfigDir = `${configDir}/pipelines`;
  return {
    configDir,
    pipelinesDir,
    pipelineConfigDir,
    overlayDir: `${configDir}/env`,
    projectFiles: [`${configDir}/project.yml`, `${configDir}/project.yaml`],
    ownEntries: [
      configDir,
      pipelinesDir,
      'hooks',
      'package.json',
      'tsconfig.json',
      'node_modules',
      '.git',
      '.flowerpower',
    ],
    newConfigFile: (name) => `${pipelineConfigDir}/${filePathOf(name)}.yml`,
    newModuleFile: (name) => `${pipelinesDir}/${filePathOf(name)}.ts`,
    moduleFiles(name) {
      const spellings = [...new Set([filePathOf(name), name.replaceAll('.', '/')])];
      return spellings.map((spelling) =>
        moduleExtensions.map((extension) => `${pipelinesDir}/${spelling}${extension}`),
      );
    },
    nameOfConfigFile(path) {
      const dir = path.startsWith(`${pipelineConfigDir}/`) ? pipelineConfigDir : configDir;
      return path
        .slice(dir.length + 1)
        .replace(/\.ya?ml$/, '')
        .replaceAll('/', '.');
    },
    nameOfModuleFile(path) {
      if (!path.startsWith(`${pipelinesDir}/`)) return undefined;
      const name = /^(.+?)\.m?[jt]s$/.exec(path.slice(pipelinesDir.length + 1))?.[1];
      if (name === undefined || /\.(?:d|test|spec)$/.test(name)) return undefined;
      const parts = name.split('/');
      return parts.some((part) => /^[._]|^node_modules$/.test(part)) ? undefined : parts.join('.');
    },
  };
}

/** The folder and file that a name stands for, without an ending. */
export function filePathOf(name: string): string {
  return name.replaceAll('.', '/').replaceAll('-', '_');
}
