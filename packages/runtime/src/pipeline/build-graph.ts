/** Modules, `io:` and `params:` of a pipeline become one driver, or the list of what is wrong with them. */
import {
  type CacheOptions,
  type DriverOptions,
  createDriver,
  createSuggester,
  type Driver,
  fanOutsAround,
  type Graph,
  type Params,
  type Problem,
  boundedList,
} from '@flowerpower/core';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import type { IoBinding } from '../context/bind-io.js';
import type { RuntimeProblem } from '../errors/catalogue.js';
import { problemsOf } from '../errors/runtime-error.js';
import type { BoundParts } from './bind-parts.js';
import { sortParams } from './bind-params.js';

export type PipelineDriver = Driver<Record<string, unknown>, { readonly [name: string]: unknown }>;

export interface BuiltGraph {
  /** Absent when there are problems. */
  readonly driver?: PipelineDriver | undefined;
  /** What the driver was made of. */
  readonly driverOptions?: DriverOptions<readonly object[]> | undefined;
  /** What can plan, where only `params` or the cache keep a driver from being made. For finding further problems. */
  readonly bare?: PipelineDriver | undefined;
  /** Inputs that `params:` gives. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

export interface GraphSurroundings {
  readonly io: IoBinding;
  readonly parts: BoundParts;
  readonly cache: CacheOptions | undefined;
  readonly resources: Readonly<Record<string, unknown>>;
}

export function buildGraph(definition: PipelineDefinition, surroundings: GraphSurroundings): BuiltGraph {
  const { io, parts, cache, resources } = surroundings;
  const given = { ...parts.params, ...definition.params };
  const { maps, values, problems: sortProblems } = sortParams(given);
  const build = (params: Params, withCache = true): Attempt => {
    const { modules, run } = definition;
    const driverOptions = {
      modules: [...modules, io.module, ...parts.modules],
      config: run.config,
      params,
      allowModuleOverrides: run.allowModuleOverrides ?? false,
      cache: withCache ? cache : undefined,
      resources,
    };
    try {
      return { driver: createDriver(driverOptions), driverOptions, problems: [] };
    } catch (error) {
      return { problems: problemsOf(error) };
    }
  };

  // A map names a node, or is the value of an input. Only a built graph can tell, so the usual case is tried first.
  let attempt = build(maps);
  let inputMaps: Params = {};
  const bare = attempt.driver ?? build({}, false).driver;
  if (attempt.driver === undefined && bare !== undefined) {
    const isNode = (name: string) => !['input', undefined].includes(bare.graph.nodes.get(name)?.kind);
    attempt = build(pick(maps, isNode));
    inputMaps = pick(maps, (name) => !isNode(name));
    if (attempt.driver === undefined) {
      // Wrong params keep the engine from looking at the cache.
      const known = new Set(attempt.problems.map(({ message }) => message));
      const ofCache = build({}).problems.filter(({ message }) => !known.has(message));
      attempt = { graph: bare.graph, problems: [...attempt.problems, ...ofCache] };
    }
  }

  const graph = attempt.driver?.graph ?? attempt.graph;
  // `$source` entries must not reach an input as if they were data; sortParams has reported what is malformed.
  const inputs = { ...values, ...pick(given, (name) => Object.hasOwn(inputMaps, name)) };
  const problems = [
    ...sortProblems,
    ...attempt.problems,
    ...(graph === undefined
      ? []
      : [...inputProblems(inputs, graph), ...saveProblems(io, graph), ...savedPerItem(io, graph)]),
  ];
  return {
    driver: problems.length === 0 ? attempt.driver : undefined,
    driverOptions: attempt.driverOptions,
    bare,
    inputs,
    problems,
  };
}

interface Attempt {
  readonly driver?: PipelineDriver;
  readonly driverOptions?: DriverOptions<readonly object[]>;
  /** Of the graph without params, when there is no driver. */
  readonly graph?: Graph;
  readonly problems: readonly Problem[];
}

function pick<T>(
  record: Readonly<Record<string, T>>,
  wanted: (name: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted(name)));
}

function inputProblems(inputs: Readonly<Record<string, unknown>>, graph: Graph): RuntimeProblem[] {
  const nodeLike = createSuggester(() => graph.nodes.keys());
  return Object.keys(inputs).flatMap((name): RuntimeProblem[] => {
    const kind = graph.nodes.get(name)?.kind;
    if (kind === 'input') return [];
    if (kind === undefined) {
      const hint = nodeLike(name) ?? 'Remove it, or name a node or an input.';
      const message = `params.${name}: the pipeline has neither a node nor an input '${name}'.`;
      return [{ code: 'FP_UNKNOWN_PARAMS_KEY', message, hint }];
    }
    if (kind === 'config') {
      const message = `'${name}' is given both under params and by config.`;
      return [{ code: 'FP_INVALID_PARAMS', message, hint: 'Give it in one place.' }];
    }
    const message = `params.${name}: '${name}' is a node, so this must be a map of its parameters.`;
    const hint = 'To replace what the node computes, give the value in overrides.';
    return [{ code: 'FP_INVALID_PARAMS', message, hint }];
  });
}

/** A saver of an unknown name makes that name an input that nothing else takes. */
function saveProblems(io: IoBinding, graph: Graph): RuntimeProblem[] {
  const saverNames = new Set(io.savers.map(({ node }) => node));
  const usedElsewhere = new Set<string>();
  for (const { name, dependencies } of graph.nodes.values()) {
    if (saverNames.has(name)) continue;
    for (const dependency of dependencies) usedElsewhere.add(dependency.node);
  }
  const isKnown = (name: string) => graph.nodes.get(name)?.kind !== 'input' || usedElsewhere.has(name);
  const known = [...graph.nodes.keys()].filter((name) => isKnown(name) && !saverNames.has(name));
  const targetLike = createSuggester(() => known);
  return io.savers
    .filter(({ target }) => !isKnown(target))
    .map(({ target }) => ({
      code: 'FP_UNKNOWN_SAVE_TARGET',
      message: `io.save.${target}: there is no node '${target}' to save.`,
      hint: targetLike(target) ?? `Nodes: ${boundedList(known) || 'none'}.`,
    }));
}

/** A saver inside a fan-out runs for each item: on one path each would overwrite the one before. */
function savedPerItem({ savers }: IoBinding, graph: Graph): RuntimeProblem[] {
  const inYaml = new Map(savers.map(({ node, path }) => [node, path !== undefined]));
  const around = fanOutsAround(graph);
  return [...graph.nodes.values()].flatMap(({ name, kind, pathParameter, bound, place, dependencies }) => {
    const fansOut = around.get(name)?.at(-1);
    const inCode = pathParameter !== undefined && Object.hasOwn(bound, pathParameter);
    const isOnePath = inYaml.get(name) ?? inCode;
    if (kind !== 'saver' || fansOut === undefined || !isOnePath) return [];
    const saved = dependencies.find(
      ({ node }) => (around.get(node) ?? []).length > 0 || node === fansOut,
    )?.node;
    return [
      {
        code: 'FP_SAVED_PER_ITEM',
        message: `${inYaml.has(name) ? 'io.' : ''}${name}: '${saved}' has a value for each item of '${fansOut}', and each would overwrite the one before.`,
        hint: `Save a node that collects them, for example node(({ ${saved} }) => ${saved}, collect('${saved}')).`,
        ...(place !== undefined && { places: [place] }),
      },
    ];
  });
}
