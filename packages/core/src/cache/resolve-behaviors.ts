/** What the cache does with each node: lists of the driver before the modifier before the defaults. */
import type { CoreProblem } from '../errors/catalogue.js';
import { errorFromProblems } from '../errors/flowerpower-error.js';
import { didYouMean } from '../errors/suggest.js';
import type { GraphNode } from '../model/graph.js';
import { type CacheBehavior, cacheBehaviors } from '../model/cache-behavior.js';
import type { CacheStore } from './cache-store.js';

/** The cache of a driver. @typeParam Name - nodes, inputs and config values. */
export interface CacheOptions<Name extends string = string> {
  readonly store: CacheStore;
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
  /** The same for loaders. Default `recompute`: what they read may have changed, and nobody can tell. */
  readonly defaultLoaderBehavior?: CacheBehavior | undefined;
  /** The same for savers. Default `disable`: what they write must be written. */
  readonly defaultSaverBehavior?: CacheBehavior | undefined;
}

const defaultsOf = ['defaultBehavior', 'defaultLoaderBehavior', 'defaultSaverBehavior'] as const;

/** @throws FlowerPowerError `FP_BAD_CACHE_OPTION` with every problem. */
export function resolveBehaviors(
  options: CacheOptions,
  nodes: ReadonlyMap<string, GraphNode>,
): ReadonlyMap<string, CacheBehavior> {
  const problems: CoreProblem[] = [];
  const report = (message: string, hint?: string) =>
    void problems.push({ code: 'FP_BAD_CACHE_OPTION', message, hint });
  checkOptions(options, report);

  const listed = new Map<string, CacheBehavior>();
  const forAll: CacheBehavior[] = [];
  for (const behavior of cacheBehaviors) {
    const names: unknown = options[behavior];
    if (names === true) forAll.push(behavior);
    else if (Array.isArray(names)) {
      for (const name of new Set<string>(names)) list(name, behavior, { listed, nodes, report });
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
  return new Map(
    Array.from(nodes.values(), (node) => [
      node.name,
      listed.get(node.name) ?? behaviorForAll(node, forAll[0]) ?? ownBehavior(node, options),
    ]),
  );
}

type Report = (message: string, hint?: string) => void;

function checkOptions(options: CacheOptions, report: Report): void {
  const known = ['store', ...cacheBehaviors, ...defaultsOf];
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) report(`There is no option cache.${key}.`, didYouMean(key, known));
  }
  const version = (options.store as CacheStore | undefined)?.contractVersion;
  if (version !== 1) {
    report(
      version === undefined
        ? 'cache.store is no cache store.'
        : `cache.store keeps version ${String(version)} of the contract; this version of FlowerPower needs 1.`,
      'Give memoryCacheStore(), or a store of a plugin.',
    );
  }
  for (const key of defaultsOf) {
    const behavior = options[key];
    if (behavior === undefined || cacheBehaviors.includes(behavior)) continue;
    report(
      `cache.${key} is '${behavior as string}', which is no behaviour.`,
      didYouMean(behavior, cacheBehaviors) ?? `Behaviours are: ${cacheBehaviors.join(', ')}.`,
    );
  }
}

interface Listing {
  readonly listed: Map<string, CacheBehavior>;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly report: Report;
}

function list(name: string, behavior: CacheBehavior, { listed, nodes, report }: Listing): void {
  const node = nodes.get(name);
  const other = listed.get(name);
  if (node === undefined) {
    report(`cache.${behavior} names '${name}', which is no node.`, didYouMean(name, nodes.keys()));
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

function ownBehavior(node: GraphNode, options: CacheOptions): CacheBehavior {
  if (node.cache !== undefined) return node.cache;
  if (isGiven(node)) return 'default';
  if (node.kind === 'loader') return options.defaultLoaderBehavior ?? 'recompute';
  if (node.kind === 'saver') return options.defaultSaverBehavior ?? 'disable';
  return options.defaultBehavior ?? 'default';
}
