/** Turns the `io:` section into a module of loader and saver nodes, made as those of code are. */
import {
  type DataLoader,
  type DataSaver,
  type DefinedModule,
  defineModule,
  loadNode,
  type NodeSource,
  type Place,
  type Problem,
  saveNode,
  setOwnProperty,
} from '@flowerpower/core';
import {
  bindLoader,
  bindSaver,
  type Loader,
  type Look,
  loaderWithSchema,
  type OptionsSchema,
  parseOptions,
  type Saver,
  type StorageOptions,
} from '@flowerpower/io';
import type { Registry } from '@flowerpower/plugin';
import { codeVersionOf } from '../config/defined-exports.js';
import type { IoEntry, PipelineDefinition } from '../config/pipeline-definition.js';
import type { RuntimeProblem } from '../errors/catalogue.js';
import { problemsOf } from '../errors/runtime-error.js';
import { failInWordsOfEntry } from './absent-file.js';
import type { FileRef, FileSystems } from './file-systems.js';
import { findSchema, type FoundSchema } from './find-schema.js';
import { type NamedPath, optionProblems, pathProblems } from './named-path.js';

/** One entry of `io:` as a node. */
export interface IoNode {
  /** The node in the graph: `sales`, or `save.summary`. */
  readonly node: string;
  /** The one that opens the file: `sales.loader`, or `save.summary`. */
  readonly opener: string;
  /** The name under `io.load` or `io.save`: `sales`, or `summary`. */
  readonly target: string;
  readonly type: string;
  /** The option `path`, where the entry has one. */
  readonly path: string | undefined;
  /** Of the filesystem of that path. */
  readonly storageOptions: StorageOptions | undefined;
}

export interface LoadNode extends IoNode {
  /** The TypeScript type of what the loader gives, as the loader tells it; `unknown` where only the data tells. */
  readonly valueType: string;
  /** What a look at its data tells beyond that. It opens the file. Absent where the loader tells nothing. */
  readonly look: (() => Promise<Look | undefined>) | undefined;
  /** What checks the value, and says what type it has then. */
  readonly schema: FoundSchema | undefined;
}

export interface SaveNode extends IoNode {
  /** The TypeScript type of what the saver takes, as it tells; `unknown` where it does not tell. */
  readonly valueType: string;
}

export interface IoBinding {
  readonly module: DefinedModule;
  readonly loaders: readonly LoadNode[];
  readonly savers: readonly SaveNode[];
  readonly problems: readonly Problem[];
}

export interface BindIoOptions {
  readonly registry: Registry;
  readonly fileSystems: FileSystems;
}

/**
 * Every entry becomes a node, also a faulty one, so that the graph can still be judged; the problems keep it from
 * running.
 */
export function bindIo(
  definition: Pick<PipelineDefinition, 'name' | 'io' | 'placeOf' | 'isUnset' | 'modules' | 'schemaModules'>,
  options: BindIoOptions,
): IoBinding {
  const { registry, fileSystems } = options;
  const problems: Problem[] = [];
  const pathOf = (kind: 'load' | 'save', target: string, { path }: IoEntry): NamedPath[] => {
    const place = definition.placeOf?.(['io', kind, target, 'path']);
    return typeof path === 'string'
      ? [{ at: `io.${kind}.${target}`, path, place, writes: kind === 'save' }]
      : [];
  };
  // What is wrong with a text that stands in for a value says nothing about the value.
  const problemsAt = (kind: 'load' | 'save', target: string): Problem[] =>
    definition.isUnset?.(['io', kind, target]) === true ? [] : problems;
  const storageProblems = (kind: 'load' | 'save', target: string, entry: IoEntry): Problem[] => {
    const file = fileOf(entry);
    // The place is that of the option, which is found by these words.
    return file === undefined || problemsAt(kind, target) !== problems
      ? []
      : prefixed(`io.${kind}.${target}`, optionProblems(file, fileSystems)).map((problem) => ({
          ...problem,
          places: [],
        }));
  };
  const exports: Record<string, unknown> = {};
  const sources: Record<string, NodeSource> = {};
  const keep = (kind: 'load' | 'save', target: string, name: string, node: unknown) => {
    setOwnProperty(exports, name, node);
    // What fails when a file is opened is about its path.
    const entry = ['io', kind, target];
    const place = definition.placeOf?.([...entry, 'path']) ?? definition.placeOf?.(entry);
    if (place !== undefined) setOwnProperty(sources, name, sourceAt(place));
  };
  const loaders: LoadNode[] = [];
  const savers: SaveNode[] = [];

  for (const [target, entry] of Object.entries(definition.io.load)) {
    const at = `io.load.${target}`;
    problems.push(...nameProblems(at, target), ...pathProblems(pathOf('load', target, entry), fileSystems));
    problems.push(...storageProblems('load', target, entry));
    const { schema: schemaName, ...options } = entry;
    const schema = schemaName === undefined ? undefined : schemaOf(at, schemaName, definition, problems);
    const find = (type: string) => registry.loader(type) as Loader<Options, unknown>;
    const bound = bindEntry(at, options, find, problemsAt('load', target), ['schema', 'storageOptions']);
    const valueType = typeTold(bound);
    const named = { node: target, opener: `${target}.loader`, target };
    const look = bound && lookOf(bound, fileSystems);
    loaders.push({ ...describeEntry(named, entry), valueType, look, schema });
    const loader = bound === undefined ? neverRuns : loaderOf(at, bound, schema, fileSystems);
    keep('load', target, target, loadNode(loader));
  }
  for (const [target, entry] of Object.entries(definition.io.save)) {
    const at = `io.save.${target}`;
    problems.push(...pathProblems(pathOf('save', target, entry), fileSystems));
    problems.push(...storageProblems('save', target, entry));
    const find = (type: string) => registry.saver(type) as Saver<Options>;
    const bound = bindEntry(at, entry, find, problemsAt('save', target), ['storageOptions']);
    const name = `save.${target}`;
    const named = { node: name, opener: name, target };
    savers.push({ ...describeEntry(named, entry), valueType: typeTold(bound) });
    keep(
      'save',
      target,
      name,
      saveNode(target, bound === undefined ? neverRuns : saverOf(bound, fileSystems)),
    );
  }
  const module = defineModule({ name: `io of '${definition.name}'`, exports, nodes: sources });
  return { module, loaders, savers, problems };
}

/** Where an entry stands. What its node takes is known from what made it. */
function sourceAt({ file, line = 1, column = 1 }: Place): NodeSource {
  return { file, line, column, style: 'positional', parameters: [], takesContext: false };
}

/** In the place of an entry that cannot be bound. */
const neverRuns: DataLoader & DataSaver<unknown> = {
  type: 'faulty',
  options: {},
  load: () => [undefined, {}],
  save: () => ({}),
};

type Options = Readonly<Record<string, unknown>>;

function schemaOf(
  at: string,
  name: unknown,
  definition: Pick<PipelineDefinition, 'modules' | 'schemaModules'>,
  problems: Problem[],
): FoundSchema | undefined {
  const found = findSchema(at, name, definition);
  if ('schema' in found) return found;
  problems.push(found);
  return undefined;
}

/** A plugin that cannot tell the type of its values can still load and save them. */
function typeTold(bound: Bound<Loader<Options, unknown> | Saver<Options>> | undefined): string {
  if (bound === undefined) return 'unknown';
  const { definition, options } = bound;
  try {
    const type: unknown = definition.valueType?.(parseOptions(definition, options));
    return typeof type === 'string' ? type : 'unknown';
  } catch {
    return 'unknown';
  }
}

function lookOf(
  { definition, options, storageOptions }: Bound<Loader<Options, unknown>>,
  { resolve }: FileSystems,
): LoadNode['look'] {
  if (definition.look === undefined) return undefined;
  return () =>
    definition.look!(parseOptions(definition, options), {
      resolve: (path) => resolve(path, 'read', storageOptions),
    });
}

interface Bound<D> {
  readonly definition: D;
  /** Those of the format. */
  readonly options: Options;
  readonly storageOptions: StorageOptions | undefined;
}

/** The file of an entry. Whether its storage options are a map was judged where they were read. */
function fileOf({ path, storageOptions }: IoEntry): FileRef | undefined {
  return typeof path === 'string'
    ? { path, storageOptions: storageOptions as StorageOptions | undefined }
    : undefined;
}

/** What is wrong with the options was reported with the name of the entry. */
function loaderOf(
  at: string,
  { definition, options, storageOptions }: Bound<Loader<Options, unknown>>,
  schema: FoundSchema | undefined,
  fileSystems: FileSystems,
): DataLoader {
  const checked = schema === undefined ? definition : loaderWithSchema(definition, schema.schema);
  const { check: _told, ...loader } = bindLoader(
    checked,
    fileSystems.resolve,
  )({ ...options, storageOptions });
  return {
    ...loader,
    dependsOn: { ...(loader.dependsOn as object), ...(schema !== undefined && versionOfSchema(schema)) },
    load: async (...given) => {
      try {
        return await loader.load(...given);
      } catch (error) {
        return failInWordsOfEntry(
          error,
          {
            at,
            type: definition.type,
            file: fileOf({ type: definition.type, ...options, storageOptions }),
          },
          fileSystems,
        );
      }
    },
  };
}

/** The text that it is written in. Where that is not known, it must say itself what it stands for. */
function versionOfSchema({ schema, module, exportName }: FoundSchema): object {
  const code = codeVersionOf(module, exportName);
  return { schema: code === undefined ? schema : [exportName, code] };
}

function saverOf(
  { definition, options, storageOptions }: Bound<Saver<Options>>,
  { resolve }: FileSystems,
): DataSaver<unknown> {
  const { check: _told, ...saver } = bindSaver(definition, resolve)({ ...options, storageOptions });
  return saver;
}

function bindEntry<D extends Loader<Options, unknown> | Saver<Options>>(
  at: string,
  { type, storageOptions, ...options }: IoEntry,
  find: (type: string) => D,
  problems: Problem[],
  others: readonly string[] = [],
): Bound<D> | undefined {
  if (typeof type !== 'string') {
    problems.push({
      code: 'FP_IO_BINDING',
      message: `${at}: type must be the name of a format.`,
    } satisfies RuntimeProblem);
    return undefined;
  }
  try {
    const definition = find(type);
    parseOptions({ type, options: knowing(others, definition.options) }, options);
    return { definition, options, storageOptions: storageOptions as StorageOptions | undefined };
  } catch (error) {
    problems.push(...prefixed(at, problemsOf(error)));
    return undefined;
  }
}

/** The same schema, which lists the keys of an entry that are not the loader's as well. */
function knowing<O>(others: readonly string[], schema: OptionsSchema<O>): OptionsSchema<O> {
  for (const list of ['entries', 'shape']) {
    const entries: unknown = Reflect.get(schema, list);
    if (typeof entries !== 'object' || entries === null) continue;
    const all = { ...entries, ...Object.fromEntries(others.map((key) => [key, undefined])) };
    return Object.create(schema, { [list]: { value: all } }) as OptionsSchema<O>;
  }
  return schema;
}

/** Exports of these names are not nodes, so the entry would vanish without a word. */
function nameProblems(at: string, target: string): RuntimeProblem[] {
  if (target !== 'default' && !target.startsWith('_')) return [];
  return [
    {
      code: 'FP_IO_BINDING',
      message: `${at}: a node cannot be named '${target}'.`,
      hint: "Names that start with '_', and 'default', are not nodes.",
    },
  ];
}

function prefixed(at: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, message: `${at}: ${problem.message}` }));
}

function describeEntry(named: Pick<IoNode, 'node' | 'opener' | 'target'>, entry: IoEntry): IoNode {
  const file = fileOf(entry);
  return { ...named, type: entry.type, path: file?.path, storageOptions: file?.storageOptions };
}
