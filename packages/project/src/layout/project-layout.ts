/**
 * Where the parts of a project are, relative to its root. Dots in a pipeline name are folders; in the names of
 * files `-` reads `_`, so that every pipeline has a module name that an import can spell.
 */

/** The file that makes a folder a project, under either ending. */
export const projectFiles: readonly string[] = ['conf/project.yml', 'conf/project.yaml'];
export const configDir = 'conf';
export const pipelineConfigDir = 'conf/pipelines';
export const pipelinesDir = 'pipelines';
export const overlayDir = 'conf/env';

/** What a project itself is made of. Nothing that runs may write there. */
export const ownEntries: readonly string[] = [
  configDir,
  pipelinesDir,
  'package.json',
  'tsconfig.json',
  'node_modules',
  '.git',
  '.flowerpower',
];

/** Extensions of module files, in the order they are tried. */
const moduleExtensions = ['.ts', '.mts', '.js', '.mjs'] as const;

/** Of these, the folders below which a cache may be kept. */
export const cacheEntries: readonly string[] = ['node_modules', '.flowerpower'];

/** Where a new pipeline is configured. */
export function newConfigFile(name: string): string {
  return `${pipelineConfigDir}/${pathOf(name)}.yml`;
}

/** Where the module of a new pipeline is. */
export function newModuleFile(name: string): string {
  return `${pipelinesDir}/${pathOf(name)}.ts`;
}

/** Files that may hold the module of a pipeline: one list for each spelling, in the order they are tried. */
export function moduleFiles(name: string): string[][] {
  const spellings = [...new Set([pathOf(name), name.replaceAll('.', '/')])];
  return spellings.map((spelling) =>
    moduleExtensions.map((extension) => `${pipelinesDir}/${spelling}${extension}`),
  );
}

/** The pipeline name that a configuration file stands for, unless its `name:` says otherwise. */
export function nameOfConfigFile(path: string): string {
  const dir = path.startsWith(`${pipelineConfigDir}/`) ? pipelineConfigDir : configDir;
  return path
    .slice(dir.length + 1)
    .replace(/\.ya?ml$/, '')
    .replaceAll('/', '.');
}

/** The pipeline name that a module stands for; undefined for declarations, tests and what `_` or `.` keeps private. */
export function nameOfModuleFile(path: string): string | undefined {
  const name = /^pipelines\/(.+?)\.m?[jt]s$/.exec(path)?.[1];
  if (name === undefined || /\.(?:d|test|spec)$/.test(name)) return undefined;
  const parts = name.split('/');
  return parts.some((part) => /^[._]|^node_modules$/.test(part)) ? undefined : parts.join('.');
}

function pathOf(name: string): string {
  return name.replaceAll('.', '/').replaceAll('-', '_');
}
