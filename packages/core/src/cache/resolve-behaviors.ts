/** What the cache does with each node: lists of the driver before the modifier before the defaults. */
import type { CoreProblem } from '../errors/catalogue.js';
import { errorFromProblems } from '../errors/flowerpower-error.js';
import { shapeOf } from '../errors/shape-of.js';
import { createSuggester, didYouMean } from '../errors/suggest.js';
import type { GraphNode } from '../model/graph.js';
import { type CacheBehavior, cacheBehaviors } from '../model/cache-behavior.js';
import type { DefinedCacheStore } from './cache-engine.js';

/** The cache of a driver. @typeParam Name - nodes, inputs and config values. */
export interface CacheOptions<Name extends string = string> {
  /** `memoryCacheStore()`, a store of a plugin, or one of your own through `defineCacheStore`. */
  readonly store: DefinedCacheStore;
  /** Nodes with the behaviour `default`; `true`: all that no other list names, except savers. */
  readonly default?: true | readonly Name[] | undefined;
  /** Nodes with the behaviour `recompute`; `true` as above. */
  readonly recompute?: true | readonly Name[] | undefined;
  /** Nodes and inputs with the behaviour `disable`; `true` as above, without inputs. */
  readonly disable?: true | readonly Name[] | undefined;
  /** Nodes and inputs with the behaviour `ignore`; `true` as above, without inputs. */
  readonly ignore?: true | readonly Name[] | undefined;
  /** For nodes that neither a list nor a modifier mentions. Default `default`. */
  readonly defaultBehavior?: CacheBehavior | undefined;
  /**
   * The same for loaders. By default they load in every run, because nobody can tell whether what they read has
   * changed, and what they load is not stored, because nobody would read it.
   */
  readonly defaultLoaderBehavior?: CacheBehavior | undefined;
  /** The same for savers. Default `disable`: what they write must be written. */
  readonly defaultSaverBehavior?: CacheBehavior | undefined;
}

const defaultsOf = ['defaultBehavior', 'defaultLoaderBehavior', 'defaultSaverBehavior'] as const;

export interface Behaviors {
  /** Of each node, input and config value. */
  readonly of: ReadonlyMap<string, CacheBehavior>;
  /** The nodes whose behaviour somebody asked for, by a list, by `true` or by the modifier. */
  readonly asked: ReadonlySet<string>;
}

/** @throws FlowerPowerError `FP_BAD_CACHE_OPTION` with every problem. */
export function resolveBehaviors(options: CacheOptions, nodes: ReadonlyMap<string, GraphNode>): Behaviors {
  const problems: CoreProblem[] = [];
  const report = (message: string, hint?: string) =>
    void problems.push({ code: 'FP_BAD_CACHE_OPTION', message, hint });
  checkOptions(options, report);

  const listed = new Map<string, CacheBehavior>();
  const nodeLike = createSuggester(() => nodes.keys());
  const forAll: CacheBehavior[] = [];
  for (const behavior of cacheBehaviors) {
    const names: unknown = options[behavior];
    if (names === true) forAll.push(behavior);
    else if (Array.isArray(names)) {
      for (const name of new Set(names as readonly string[]))
        list(name, behavior, { listed, nodes, nodeLike, report });
    } else if (names !== undefined) {
      report(`cache.${behavior} is neither true nor a list of names.`);
    }
  }
  if (forAll.length > 1) {
    report(`cache.${forAll.join(' and cache.')} are all true.`, 'Only one behaviour can hold for all nodes.');
  }
  if (problems.length > 0) {
    throw errorFromProblems(problems, { code: 'FP_BAD_CACHE_OPTION', title: 'The cache cannot be set up' });
  }
  const asked = new Map<string, CacheBehavior>();
  for (const node of nodes.values()) {
    const behavior = listed.get(node.name) ?? behaviorForAll(node, forAll[0]) ?? node.cache;
    if (behavior !== undefined) asked.set(node.name, behavior);
  }
  passToRaw(asked, listed, nodes);
  shareBetweenPairs(asked, listed, nodes);
  return {
    of: new Map(
      Array.from(nodes.values(), (node) => [node.name, asked.get(node.name) ?? byDefault(node, options)]),
    ),
    asked: new Set(asked.keys()),
  };
}

/** What is said of a checked value by its name holds for the node that makes it, unless that is named too. */
function passToRaw(
  asked: Map<string, CacheBehavior>,
  listed: ReadonlyMap<string, CacheBehavior>,
  nodes: ReadonlyMap<string, GraphNode>,
): void {
  for (const [name, behavior] of listed) {
    const raw = rawOf(nodes.get(name));
    if (raw !== undefined && !listed.has(raw)) asked.set(raw, behavior);
  }
}

/** `checkOutput` makes a node that takes the value and then nothing but what its checks have found. */
function rawOf(node: GraphNode | undefined): string | undefined {
  const [raw, ...results] = node?.derived === true ? node.dependencies : [];
  const isChecked = results.length > 0 && results.every(({ type }) => type === 'ValidationResult');
  return isChecked ? raw!.node : undefined;
}

/** What is said of a loaded value holds for the node that loads it, and the other way round. */
function shareBetweenPairs(
  asked: Map<string, CacheBehavior>,
  listed: ReadonlyMap<string, CacheBehavior>,
  nodes: ReadonlyMap<string, GraphNode>,
): void {
  for (const { name, loaded, dependencies } of nodes.values()) {
    if (loaded !== 'value') continue;
    const pair = dependencies.find(({ node }) => nodes.get(node)?.loaded === 'pair')?.node;
    if (pair === undefined) continue;
    const behavior = listed.get(pair) ?? listed.get(name) ?? asked.get(pair) ?? asked.get(name);
    if (behavior === undefined) continue;
    asked.set(name, behavior);
    asked.set(pair, behavior);
  }
}

type Report = (message: string, hint?: string) => void;

function checkOptions(options: CacheOptions, report: Report): void {
  const known = ['store', ...cacheBehaviors, ...defaultsOf];
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) report(`There is no option cache.${key}.`, didYouMean(key, known));
  }
  const version = (options.store as DefinedCacheStore | undefined)?.contractVersion;
  if (version !== 1) {
    report(
      version === undefined
        ? 'cache.store is not a cache store.'
        : `cache.store keeps version ${String(version)} of the contract; this version of FlowerPower needs 1.`,
      'Give memoryCacheStore(), a store of a plugin, or one made with defineCacheStore(…).',
    );
  }
  for (const key of defaultsOf) {
    const behavior = options[key];
    if (behavior === undefined || cacheBehaviors.includes(behavior)) continue;
    const isText = typeof behavior === 'string';
    report(
      `cache.${key} is ${isText ? `'${behavior as string}'` : shapeOf(behavior)}, which is not a behaviour.`,
      (isText ? didYouMean(behavior, cacheBehaviors) : undefined) ??
        `Behaviours are: ${cacheBehaviors.join(', ')}.`,
    );
  }
}

interface Listing {
  readonly listed: Map<string, CacheBehavior>;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly nodeLike: (name: string) => string | undefined;
  readonly report: Report;
}

function list(name: string, behavior: CacheBehavior, { listed, nodes, nodeLike, report }: Listing): void {
  const node = nodes.get(name);
  const other = listed.get(name);
  if (node === undefined) {
    report(`cache.${behavior} names '${name}', which is not a node.`, nodeLike(name));
  } else if (other !== undefined) {
    report(`'${name}' is named by cache.${other} and by cache.${behavior}.`, 'Name it in one of them.');
  } else if (behavior === 'recompute' && isGiven(node)) {
    report(`cache.recompute names '${name}', which is given and not computed.`);
  }
  listed.set(name, behavior);
}

function isGiven({ kind }: GraphNode): boolean {
  return kind === 'input' || kind === 'config';
}

/** A saver that is skipped saves nothing, so it must be named. */
function behaviorForAll(node: GraphNode, behavior: CacheBehavior | undefined): CacheBehavior | undefined {
  return isGiven(node) || node.kind === 'saver' ? undefined : behavior;
}

function byDefault(node: GraphNode, options: CacheOptions): CacheBehavior {
  if (isGiven(node)) return 'default';
  if (node.kind === 'loader') return options.defaultLoaderBehavior ?? 'recompute';
  if (node.kind === 'saver') return options.defaultSaverBehavior ?? 'disable';
  return options.defaultBehavior ?? 'default';
}
