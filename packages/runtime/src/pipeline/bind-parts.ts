/**
 * Pipelines that another pipeline uses become a part of its graph: their nodes under a name of their own, with their own
 * configuration and loaders. Their savers are not part of it: whoever uses a pipeline takes values from it.
 */
import {
  createDriver,
  defineModule,
  type DefinedModule,
  type Graph,
  node,
  type Problem,
  source,
  subdag,
} from '@flowerpower/core';
import type { PipelineDefinition, PipelinePart } from '../config/pipeline-definition.js';
import { placedProblems } from '../config/placed-problems.js';
import type { IoBinding, LoadNode } from '../context/bind-io.js';
import { problemsOf } from '../errors/runtime-error.js';
import { sortParams } from './bind-params.js';

export interface BoundParts {
  /** What gives the outputs of the parts, with everything that they need. */
  readonly modules: readonly DefinedModule[];
  /** Of nodes inside the parts, by their names in the whole graph; as `params:` says it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** By their names in the whole graph. */
  readonly loaders: readonly LoadNode[];
  /** Whether a node comes from a part: it is no result of the pipeline that uses it. */
  isOfPart(name: string): boolean;
  readonly problems: readonly Problem[];
}

const noParts: BoundParts = {
  modules: [],
  params: {},
  loaders: [],
  isOfPart: () => false,
  problems: [],
};

export function bindParts(
  { parts }: Pick<PipelineDefinition, 'parts'>,
  bindIo: (definition: PipelineDefinition) => IoBinding,
): BoundParts {
  if (parts === undefined || Object.keys(parts).length === 0) return noParts;
  const bound = Object.entries(parts).map(([name, part]) => bindPart(name, part, bindIo));
  const given = new Set(
    Object.entries(parts).flatMap(([name, { outputs }]) => [name, ...Object.keys(outputs)]),
  );
  return {
    modules: bound.flatMap(({ modules }) => modules),
    params: Object.assign({}, ...bound.map(({ params }) => params)) as BoundParts['params'],
    loaders: bound.flatMap(({ loaders }) => loaders),
    isOfPart: (name) => given.has(name) || given.has(name.split('.')[0]!),
    problems: bound.flatMap(({ problems }) => problems),
  };
}

function bindPart(
  name: string,
  part: PipelinePart,
  bindIo: (definition: PipelineDefinition) => IoBinding,
): Omit<BoundParts, 'isOfPart'> {
  const definition: PipelineDefinition = {
    ...part.definition,
    io: { load: part.definition.io.load, save: {} },
  };
  const { run } = definition;
  const io = bindIo(definition);
  const inner = bindParts(definition, bindIo);
  const modules = [...definition.modules, io.module, ...inner.modules];
  const { graph, problems: ofGraph } = graphOf(modules, definition);
  const sorted = sortParams(definition.params);
  const ofPart = placedProblems(
    [...io.problems, ...inner.problems, ...sorted.problems, ...ofGraph],
    definition,
  );
  const isNode = (each: string) => !['input', 'config', undefined].includes(graph?.nodes.get(each)?.kind);
  const maps = Object.entries(definition.params).filter(([each]) => Object.hasOwn(sorted.maps, each));
  const inputs = {
    ...sorted.values,
    ...Object.fromEntries(maps.filter(([each]) => !isNode(each))),
    ...run.inputs,
    ...Object.fromEntries(Object.entries(part.inputs).map(([each, value]) => [each, sourceOr(value)])),
  };
  const within = (each: string) => `${name}.${each}`;
  // The first one has the graph of the part, which needs a node to belong to.
  const exports = Object.fromEntries(
    Object.entries(part.outputs).map(([outer, each], index) => [
      outer,
      index === 0
        ? node(
            { inputs: [each] },
            sameValue,
            subdag({ modules, inputs, config: run.config, namespace: name }) as never,
          )
        : node({ inputs: [within(each)] }, sameValue),
    ]),
  );
  return {
    modules: [defineModule({ name: `pipeline '${definition.name}'`, exports, nodes: {} })],
    params: {
      ...Object.fromEntries(
        maps
          .filter(([each]) => isNode(each))
          .map(([each, values]) => [within(each), withinSources(values, isNode, within)]),
      ),
      ...Object.fromEntries(Object.entries(inner.params).map(([each, values]) => [within(each), values])),
    },
    loaders: [...io.loaders, ...inner.loaders].map((loader) => ({
      ...loader,
      node: within(loader.node),
      opener: within(loader.opener),
      target: within(loader.target),
    })),
    problems: ofPart.map((problem) => ({
      ...problem,
      message: `pipelines.${name}: '${definition.name}' ${problem.message}`,
    })),
  };
}

function sameValue(value: unknown): unknown {
  return value;
}

function graphOf(
  modules: readonly object[],
  { run }: PipelineDefinition,
): { readonly graph?: Graph; readonly problems: readonly Problem[] } {
  try {
    const allowModuleOverrides = run.allowModuleOverrides ?? false;
    return { graph: createDriver({ modules, config: run.config, allowModuleOverrides }).graph, problems: [] };
  } catch (error) {
    return { problems: problemsOf(error) };
  }
}

/** `{ $source: sales }` is the node of that name around the part. */
function sourceOr(value: unknown): unknown {
  const from = sourceIn(value);
  return from === undefined ? value : source(from);
}

/** What a node of the part takes from another node of it has the name that it has there. */
function withinSources(
  values: unknown,
  isNode: (name: string) => boolean,
  within: (name: string) => string,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values as object).map(([parameter, value]: [string, unknown]) => {
      const from = sourceIn(value);
      return [parameter, from !== undefined && isNode(from) ? { $source: within(from) } : value];
    }),
  );
}

function sourceIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  const from: unknown = Reflect.get(value, '$source');
  return typeof from === 'string' && from !== '' ? from : undefined;
}
