/** The files of this machine that decide what a pipeline does. */
import { join, resolve } from 'node:path';
import { isRemote, type LoadedPipeline } from '@flowerpower/project';

/** Those that are known before anything is read: also where none is there yet, for one that appears counts. */
export function filesOfProject(
  root: string,
  pipeline: string,
  environmentName: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const conf = environment['FP_CONFIG_DIR'] || 'conf';
  const file = pipeline.replaceAll('.', '/');
  const names = [
    `${conf}/project`,
    `${conf}/pipelines/${file}`,
    `${conf}/pipelines/${file.replaceAll('-', '_')}`,
  ];
  if (environmentName) names.push(`${conf}/env/${environmentName}`);
  const dotenv = ['.env', ...(environmentName ? [`.env.${environmentName}`] : [])];
  const yaml = [...new Set(names)].flatMap((name) => [`${name}.yml`, `${name}.yaml`]);
  return [...yaml, ...dotenv].map((name) => join(root, name));
}

/** Its modules with what they import, and the local files and folders that it loads. */
export function filesOf({ modules, schemaModules, configuration }: LoadedPipeline, root: string): string[] {
  const code = [...modules, ...Object.values(schemaModules)].flatMap(({ closure }) => closure);
  const data = Object.values(configuration.value.io.load).flatMap((entry) => {
    const path: unknown = entry['path'];
    if (typeof path !== 'string' || isRemote(path)) return [];
    // Of a pattern the folder, which changes when files come and go.
    return [resolve(root, path.replace(/[^/]*[*?{[].*$/s, '') || '.')];
  });
  return [...code, ...data];
}
