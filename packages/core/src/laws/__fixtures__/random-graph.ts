/**
 * Random graphs with everything that the engine offers: fan-outs (nested, re-entered, collected several times, as
 * lists, streams and settled results), branches, optional inputs, variants, nodes that fail, all ways to give a value.
 * Acyclic and well-scoped by construction: a node uses only nodes before it, and only those that it may.
 */
import fc from 'fast-check';

export interface RandomEdge {
  readonly from: string;
  readonly collect?: {
    readonly as: 'array' | 'iterable' | 'asyncIterable';
    readonly settled: boolean;
    /** How many of the results are read; undefined for all. */
    readonly take: number | undefined;
  };
}

export interface RandomNode {
  readonly name: string;
  readonly edges: readonly RandomEdge[];
  /** The fan-outs around it, the outermost first. */
  readonly scope: readonly string[];
  /** - `choice`: gives the number of a side as text. - `branch`: the first edge chooses among the others. */
  readonly kind: 'plain' | 'expander' | 'choice' | 'branch';
  readonly timing: 'sync' | 'microtask' | 'later' | 'thenable';
  readonly listing: 'array' | 'set' | 'generator' | 'asyncGenerator';
  /** Of an expander: fewer items than this, if it may be empty. */
  readonly maxItems: number;
  readonly fails: 'never' | 'always' | 'sometimes';
  readonly style: 'object' | 'positional';
  readonly takesContext: boolean;
  /** The node exists in two variants, of which the configuration chooses one. */
  readonly hasVariants: boolean;
  readonly concurrency: number | undefined;
}

export interface RandomGraph {
  readonly nodes: readonly RandomNode[];
  /** Names of inputs; some are not given. */
  readonly inputs: readonly string[];
  readonly given: Readonly<Record<string, string>>;
  readonly variant: 'a' | 'b';
  readonly mayBeEmpty: boolean;
}

export interface GraphOptions {
  /** Where nodes may fail. Fan-outs then have at least one item, so that every failure reaches somebody. */
  readonly failing?: 'outside fan-outs' | 'anywhere';
  /** Whether fan-outs may have no items at all. Default: true, unless nodes fail. */
  readonly empty?: boolean;
  readonly synchronous?: boolean;
  readonly fanOuts?: boolean;
  readonly branches?: boolean;
  /** Collectors may stop reading. */
  readonly takes?: boolean;
  readonly maxNodes?: number;
}

const inputNames = ['i0', 'i1', 'i2'];
const depthLimit = 3;

const genes = fc.record({
  uses: fc.array(
    fc.record({
      at: fc.nat({ max: 999 }),
      collect: fc.boolean(),
      as: fc.constantFrom('array', 'iterable', 'asyncIterable'),
      settled: fc.boolean(),
      take: fc.option(fc.nat({ max: 2 }), { nil: undefined, freq: 3 }),
    }),
    { maxLength: 4 },
  ),
  input: fc.option(fc.constantFrom(...inputNames), { nil: undefined, freq: 3 }),
  kind: fc.constantFrom('plain', 'plain', 'plain', 'expander', 'expander', 'branch'),
  timing: fc.constantFrom('sync', 'sync', 'microtask', 'later', 'thenable'),
  listing: fc.constantFrom('array', 'set', 'generator', 'asyncGenerator'),
  maxItems: fc.integer({ min: 1, max: 3 }),
  fails: fc.constantFrom('never', 'never', 'never', 'always', 'sometimes'),
  style: fc.constantFrom('object', 'positional'),
  takesContext: fc.boolean(),
  hasVariants: fc.boolean(),
  concurrency: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
} as const);

type Genes = typeof genes extends fc.Arbitrary<infer T> ? T : never;

export function randomGraphs(options: GraphOptions = {}): fc.Arbitrary<RandomGraph> {
  return fc
    .record({
      all: fc.array(genes, { minLength: 1, maxLength: options.maxNodes ?? 16 }),
      given: fc.subarray(inputNames),
      variant: fc.constantFrom('a', 'b'),
    } as const)
    .map(({ all, given, variant }) => ({
      nodes: tame(grow(all, options), options),
      inputs: inputNames,
      given: Object.fromEntries(given.map((name) => [name, `${name} is given`])),
      variant,
      mayBeEmpty: options.empty ?? options.failing === undefined,
    }));
}

/** The scope that a plain use of the node's value needs. */
export function itemScope({ name, kind, scope }: RandomNode): readonly string[] {
  return kind === 'expander' ? [...scope, name] : scope;
}

function grow(all: readonly Genes[], options: GraphOptions): RandomNode[] {
  const nodes: RandomNode[] = [];
  for (const [index, gene] of all.entries()) {
    const { input, ...rest } = gene;
    const name = `n${index}`;
    const { edges, scope } = connect(gene, nodes, options);
    const isExpander = gene.kind === 'expander' && options.fanOuts !== false && scope.length < depthLimit;
    const sides = edges.filter(({ collect }) => collect === undefined);
    const isBranch = gene.kind === 'branch' && options.branches !== false && sides.length > 1;
    const common = { ...rest, timing: options.synchronous ? 'sync' : gene.timing } as const;
    if (isBranch) {
      const choice = `c${index}`;
      const [on, ...others] = sides;
      const choiceScope = itemScope(nodes.find((one) => one.name === on!.from)!);
      nodes.push({ ...common, name: choice, edges: [on!], scope: choiceScope, kind: 'choice' });
      const needed = others.map(({ from }) => itemScope(nodes.find((one) => one.name === from)!));
      const branchScope = [choiceScope, ...needed].reduce((a, b) => (b.length > a.length ? b : a));
      const choices = [{ from: choice }, ...others];
      nodes.push({ ...common, name, edges: choices, scope: branchScope, kind: 'branch', fails: 'never' });
      continue;
    }
    const inputs = input === undefined ? [] : [{ from: input }];
    const kind = isExpander ? 'expander' : 'plain';
    nodes.push({ ...common, name, edges: [...edges, ...inputs], scope, kind });
  }
  return nodes;
}

function connect({ uses }: Genes, nodes: readonly RandomNode[], { synchronous, takes }: GraphOptions) {
  let scope: readonly string[] = [];
  const edges: RandomEdge[] = [];
  for (const { at, collect: prefersCollect, as, settled, take } of nodes.length === 0 ? [] : uses) {
    // Nodes just before are taken more often than those far away, which makes deep graphs.
    const source = nodes[Math.max(0, nodes.length - 1 - (at % Math.min(nodes.length, 6)))]!;
    if (edges.some(({ from }) => from === source.name)) continue;
    const around = itemScope(source);
    const wanted =
      around.length > 0 && prefersCollect ? [true, false] : around.length > 0 ? [false, true] : [false];
    for (const collects of wanted) {
      const needed = collects ? around.slice(0, -1) : around;
      const [inner, outer] = needed.length > scope.length ? [needed, scope] : [scope, needed];
      if (!outer.every((name, depth) => inner[depth] === name)) continue;
      scope = inner;
      const how = as === 'asyncIterable' && synchronous ? 'iterable' : as;
      const part = takes ? take : undefined;
      edges.push(
        collects ? { from: source.name, collect: { as: how, settled, take: part } } : { from: source.name },
      );
      break;
    }
  }
  return { edges, scope };
}

/** Takes back what the contract excludes. */
function tame(nodes: readonly RandomNode[], { failing, synchronous }: GraphOptions): RandomNode[] {
  const isSync = ({ timing, edges }: RandomNode) =>
    timing === 'sync' && edges.every(({ collect }) => collect?.as !== 'asyncIterable');
  const facts: Facts = {
    hasBranches: nodes.some(({ kind }) => kind === 'branch'),
    hasFanOuts: nodes.some(({ kind }) => kind === 'expander'),
  };
  return nodes.map((node): RandomNode => {
    const listing = synchronous && node.listing === 'asyncGenerator' ? 'generator' : node.listing;
    const edges = node.edges.map((edge): RandomEdge => {
      if (edge.collect?.as !== 'iterable') return edge;
      // Nothing can be awaited while a synchronous stream is read.
      const expander = itemScope(nodes.find(({ name }) => name === edge.from)!).at(-1)!;
      const inside = nodes.filter(({ name, scope }) => name === expander || scope.includes(expander));
      const isPossible = inside.every(
        (one) => isSync(one) && (synchronous || one.kind !== 'expander' || one.listing !== 'asyncGenerator'),
      );
      return isPossible ? edge : { ...edge, collect: { ...edge.collect, as: 'array' } };
    });
    const mayFail =
      failing === 'outside fan-outs'
        ? node.kind !== 'branch' && node.scope.length === 0
        : failing === 'anywhere' && failureIsContained(node, facts);
    return { ...node, edges, listing, fails: mayFail ? node.fails : 'never' };
  });
}

/** What a fan-out takes from around it is there before any item chooses, also what no item then needs. */
function failureIsContained({ kind }: RandomNode, { hasBranches, hasFanOuts }: Facts): boolean {
  return kind !== 'branch' && !(hasBranches && hasFanOuts);
}

interface Facts {
  readonly hasBranches: boolean;
  readonly hasFanOuts: boolean;
}
