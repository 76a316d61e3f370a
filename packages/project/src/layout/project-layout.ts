/**
 * Where the parts of a project are, relative to its root. Dots in a pipeline name are folders; in module files
 * `-` reads `_`, so that every pipeline has a module name that an import can spell.
 */

export const projectFile = 'conf/project.yml';
export const pipelineConfigDir = 'conf/pipelines';
export const pipelinesDir = 'pipelines';
export const overlayDir = 'conf/env';

/** Extensions of module files, in the order they are tried. */
const moduleExtensions = ['.ts', '.mts', '.js', '.mjs'] as const;

/** Files that may hold the configuration of a pipeline, in the order they are tried. */
export function pipelineConfigFiles(name: string): string[] {
  const path = name.replaceAll('.', '/');
  return [
    `${pipelineConfigDir}/${path}.yml`,
    `${pipelineConfigDir}/${path}.yaml`,
    `conf/${path}.yml`,
    `conf/${path}.yaml`,
  ];
}

/** Files that may hold the module of a pipeline, in the order they are tried. */
export function moduleFiles(name: string): string[] {
  const path = name.replaceAll('.', '/');
  const spellings = [...new Set([path.replaceAll('-', '_'), path])];
  return spellings.flatMap((spelling) =>
    moduleExtensions.map((extension) => `${pipelinesDir}/${spelling}${extension}`),
  );
}

/** The pipeline name that a configuration file stands for, unless its `name:` says otherwise. */
export function nameOfConfigFile(path: string): string {
  return path
    .slice(pipelineConfigDir.length + 1)
    .replace(/\.ya?ml$/, '')
    .replaceAll('/', '.');
}
