/**
 * Options that a plugin declares secret: what stands there is masked as a secret is, also where somebody wrote it into the file
 * as it is. With valibot: `v.pipe(v.string(), v.metadata({ 'x-secret': true }))`; in other libraries the option has
 * `"x-secret": true` in the JSON Schema that they tell.
 */
import type { EnvironmentValue, PipelineConfig, ProjectConfig } from '@flowerpower/config';
import { isRecord, readProperty } from '@flowerpower/core';
import type { OptionsSchema } from '@flowerpower/io';
import type { Registry } from '@flowerpower/plugin';

type Options = Readonly<Record<string, unknown>>;

/** Shown in place of a secret that no reference gives. */
const mark = '***';

/** The secrets that stand in the options of loaders, savers, filesystems and adapters of a pipeline. */
export function secretsInPipeline(
  { io, adapter, run }: Pick<PipelineConfig, 'io' | 'adapter' | 'run'>,
  registry: Registry,
): EnvironmentValue[] {
  const ofIo = (['load', 'save'] as const).flatMap((kind) =>
    Object.entries(io[kind]).flatMap(([target, { type, storageOptions, ...options }]) => {
      const types = kind === 'load' ? registry.loaders : registry.savers;
      const path = ['io', kind, target];
      const own = types.includes(type)
        ? secretsIn(options, (kind === 'load' ? registry.loader(type) : registry.saver(type)).options, path)
        : [];
      return [
        ...own,
        ...inStorageOptions(storageOptions, options['path'], registry, [...path, 'storageOptions']),
      ];
    }),
  );
  return [
    ...ofIo,
    ...inAdapters(adapter, registry, ['adapter']),
    ...inAdapters(run.withAdapter ?? {}, registry, ['run', 'withAdapter']),
  ];
}

function inAdapters(adapters: Options, registry: Registry, path: readonly string[]): EnvironmentValue[] {
  return Object.entries(adapters).flatMap(([name, options]) =>
    isRecord(options) && registry.adapters.includes(name)
      ? secretsIn(options, registry.adapter(name).options, [...path, name])
      : [],
  );
}

/** The secrets that stand in the options of filesystems of a project. */
export function secretsInProject(
  { storageOptions, fileSystems }: Pick<ProjectConfig, 'storageOptions' | 'fileSystems'>,
  registry: Registry,
): EnvironmentValue[] {
  return [
    ...Object.entries(storageOptions).flatMap(([scheme, options]) =>
      inStorageOptions(options, `${scheme}://`, registry, ['storageOptions', scheme]),
    ),
    ...Object.entries(fileSystems).flatMap(([name, { path, storageOptions: options }]) =>
      inStorageOptions(options, path, registry, ['fileSystems', name, 'storageOptions']),
    ),
  ];
}

function inStorageOptions(
  options: Options | undefined,
  location: unknown,
  registry: Registry,
  path: readonly string[],
): EnvironmentValue[] {
  const scheme =
    typeof location === 'string' ? /^([a-z][a-z\d+.-]*):\/\//i.exec(location)?.[1]?.toLowerCase() : undefined;
  if (options === undefined || scheme === undefined || !registry.schemes.includes(scheme)) return [];
  return secretsIn(options, registry.fileSystem(scheme).options, path);
}

function secretsIn(
  options: Options,
  schema: OptionsSchema<unknown> | undefined,
  path: readonly string[],
): EnvironmentValue[] {
  if (schema === undefined) return [];
  return secretOptions(schema).flatMap((name) => {
    const value = options[name];
    const texts = textsIn(value).map((text) => ({ text, reference: mark, isSecret: true }));
    return texts.length === 0 ? [] : [{ path: [...path, name], value, shown: mark, texts }];
  });
}

/** Also of a map of headers. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The names of the options that are secret. */
export function secretOptions(schema: OptionsSchema<unknown>): string[] {
  const steps = readProperty(schema, 'pipe');
  const entries = [schema, ...(Array.isArray(steps) ? (steps as unknown[]) : [])]
    .map((step) => readProperty(step, 'entries'))
    .filter(isRecord);
  if (entries.length > 0)
    return [
      ...new Set(
        entries.flatMap((each) =>
          Object.entries(each).flatMap(([name, entry]) => (isSecret(entry) ? [name] : [])),
        ),
      ),
    ];
  const input = readProperty(readProperty(schema['~standard'], 'jsonSchema'), 'input');
  if (typeof input !== 'function') return [];
  let told: unknown;
  try {
    told = (input as (options: object) => unknown)({ target: 'draft-07' });
  } catch {
    // A library that cannot tell says so when schemas are exported.
    return [];
  }
  const properties = readProperty(told, 'properties');
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties).flatMap(([name, property]) =>
    readProperty(property, 'x-secret') === true ? [name] : [],
  );
}

/** Of a schema of valibot, and of what it is wrapped in. */
function isSecret(schema: unknown): boolean {
  const pipe = readProperty(schema, 'pipe');
  const hasMark =
    Array.isArray(pipe) &&
    pipe.some((step: unknown) => readProperty(readProperty(step, 'metadata'), 'x-secret') === true);
  const wrapped = readProperty(schema, 'wrapped');
  return hasMark || (wrapped !== undefined && isSecret(wrapped));
}
