/** Turns the `io:` section into a module of loader and saver nodes. */
import {
  createRunId,
  type DefinedModule,
  defineModule,
  fingerprint,
  node,
  type NodeContext,
  type Problem,
} from '@flowerpower/core';
import { type IoContext, type IoMetadata, type Loader, parseOptions, type Saver } from '@flowerpower/io';
import type { Registry } from '@flowerpower/plugin';
import type { IoEntry, PipelineDefinition } from '../config/pipeline-definition.js';
import type { RuntimeProblem } from '../errors/catalogue.js';
import { problemsOf } from '../errors/runtime-error.js';
import type { FileSystems } from './file-systems.js';
import { type NamedPath, pathProblems } from './named-path.js';

/** One entry of `io:` as a node. */
export interface IoNode {
  /** The node in the graph: `sales`, or `save.summary`. */
  readonly node: string;
  /** The name under `io.load` or `io.save`: `sales`, or `summary`. */
  readonly target: string;
  readonly type: string;
  /** The option `path`, where the entry has one. */
  readonly path: string | undefined;
}

export interface IoBinding {
  readonly module: DefinedModule;
  readonly loaders: readonly IoNode[];
  readonly savers: readonly IoNode[];
  readonly problems: readonly Problem[];
}

export interface BindIoOptions {
  readonly registry: Registry;
  readonly fileSystems: FileSystems;
  /** Hears what each loader says about what it loaded. */
  readonly onLoaded: (runId: string, target: string, metadata: IoMetadata) => void;
}

/**
 * Every entry becomes a node, also a faulty one, so that the graph can still be judged; the problems keep it from
 * running.
 */
export function bindIo(
  definition: Pick<PipelineDefinition, 'name' | 'io' | 'placeOf'>,
  options: BindIoOptions,
): IoBinding {
  const { registry, fileSystems, onLoaded } = options;
  const problems: Problem[] = [];
  const pathOf = (kind: 'load' | 'save', target: string, { path }: IoEntry): NamedPath[] => {
    const place = definition.placeOf?.(['io', kind, target, 'path']);
    return typeof path === 'string' ? [{ at: `io.${kind}.${target}`, path, place }] : [];
  };
  const exports: Record<string, unknown> = {};
  const loaders: IoNode[] = [];
  const savers: IoNode[] = [];
  const contextOf = ({ signal }: NodeContext): IoContext => ({ resolve: fileSystems.resolve, signal });

  for (const [target, entry] of Object.entries(definition.io.load)) {
    const at = `io.load.${target}`;
    problems.push(...nameProblems(at, target), ...pathProblems(pathOf('load', target, entry), fileSystems));
    const bound = bindEntry(at, entry, (type) => registry.loader(type), problems);
    loaders.push(describeEntry(target, target, entry));
    exports[target] = node(
      { inputs: [], kind: 'loader', doc: docOf('Loads', entry) },
      async (context: NodeContext) => {
        const { definition: loader, options: accepted } = bound as Bound<Loader<unknown, unknown>>;
        const { value, metadata } = await loader.load(accepted, contextOf(context));
        // A value that is read as it is consumed has its facts when the last item is delivered; this never rejects.
        if (metadata instanceof Promise) {
          void metadata.then((facts) => facts && onLoaded(context.runId, target, facts));
        } else {
          onLoaded(context.runId, target, metadata);
        }
        return value;
      },
    );
  }
  for (const [target, entry] of Object.entries(definition.io.save)) {
    const at = `io.save.${target}`;
    problems.push(...pathProblems(pathOf('save', target, entry), fileSystems));
    const bound = bindEntry(at, entry, (type) => registry.saver(type), problems);
    savers.push(describeEntry(`save.${target}`, target, entry));
    exports[`save.${target}`] = node(
      { inputs: [target], kind: 'saver', doc: docOf('Saves', entry) },
      (value: unknown, context: NodeContext) => {
        const { definition: saver, options: accepted } = bound as Bound<Saver<unknown>>;
        return saver.save(value, accepted, contextOf(context));
      },
    );
  }
  const name = `io of '${definition.name}'`;
  const module = defineModule({ name, exports, codeVersion: versionOf(definition.io) });
  return { module, loaders, savers, problems };
}

/** The functions of the nodes are all alike: what makes them differ, for the cache, are the options. */
function versionOf(io: PipelineDefinition['io']): string {
  const made = fingerprint(io);
  return 'hash' in made ? made.hash : createRunId();
}

interface Bound<D> {
  readonly definition: D;
  readonly options: unknown;
}

function bindEntry<D extends Loader<unknown, unknown> | Saver<unknown>>(
  at: string,
  { type, ...rawOptions }: IoEntry,
  find: (type: string) => D,
  problems: Problem[],
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
    return { definition, options: parseOptions(definition, rawOptions) };
  } catch (error) {
    problems.push(...prefixed(at, problemsOf(error)));
    return undefined;
  }
}

/** Exports of these names are no nodes, so the entry would vanish without a word. */
function nameProblems(at: string, target: string): RuntimeProblem[] {
  if (target !== 'default' && !target.startsWith('_')) return [];
  return [
    {
      code: 'FP_IO_BINDING',
      message: `${at}: a node cannot be named '${target}'.`,
      hint: "Names that start with '_', and 'default', are no nodes.",
    },
  ];
}

function prefixed(at: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, message: `${at}: ${problem.message}` }));
}

function describeEntry(nodeName: string, target: string, { type, path }: IoEntry): IoNode {
  return { node: nodeName, target, type, path: typeof path === 'string' ? path : undefined };
}

function docOf(verb: string, { type, path }: IoEntry): string {
  return typeof path === 'string' ? `${verb} ${path} (${type}).` : `${verb} ${type}.`;
}
