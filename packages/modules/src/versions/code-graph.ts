/** Which pieces of a module reach which, also by what they do to each other's state. */
import type { Piece } from './code-outline.js';
import { evaluationOrder } from './evaluation-order.js';
import { createNameResolver, type NameResolver, type OutlinedFiles } from './name-resolver.js';
import type { Mention } from './read-mentions.js';

interface CodeNode {
  readonly piece: Piece;
  readonly file: string;
  /** Where it stands when the module is evaluated. */
  readonly order: number;
  readonly reads: readonly { readonly mention: Mention; readonly targets: readonly CodeTarget[] }[];
  /** What it reads, and what decides what that holds. */
  readonly reaches: Set<CodeTarget>;
}

/** A piece, or a text that stands for what a package exports. */
export type CodeTarget = CodeNode | string;

export interface CodeGraph {
  readonly resolver: NameResolver<CodeNode>;
  /** What may do anything when the module is evaluated, and what does it. */
  readonly everywhere: readonly CodeTarget[];
}

export function createCodeGraph(root: string, files: OutlinedFiles): CodeGraph {
  const evaluated = evaluationOrder(root, files);
  const byFile = new Map<string, CodeNode[]>();
  const resolver = createNameResolver(files, (file, index) => byFile.get(file)![index]!);
  const nodes: CodeNode[] = [];
  for (const file of new Set([...evaluated, ...files.keys()])) {
    const made = files.get(file)!.outline.pieces.map((piece, index) => ({
      piece,
      file,
      order: nodes.length + index,
      reads: [],
      reaches: new Set<CodeTarget>(),
    }));
    nodes.push(...made);
    byFile.set(file, made);
  }
  for (const node of nodes) {
    const reads = node.piece.reads.map((mention) => ({
      mention,
      targets: resolver.mentioned(node.file, mention),
    }));
    Object.assign(node, { reads });
    for (const target of reads.flatMap(({ targets }) => targets)) node.reaches.add(target);
  }
  const changed = new Set<CodeNode>();
  for (const node of nodes) addChanges(node);
  const anything = new Set(nodes.filter(mayDoAnything));
  // After the effects are known, so that no statement counts as running what only shares state with it.
  const spreading = nodes.filter((node) => node.piece.effect === 'reached' && !anything.has(node));
  const spread = spreading.flatMap((node) => sharedState(node).map((state) => [state, node] as const));
  for (const [state, node] of spread) state.reaches.add(node);
  for (const node of nodes) addImports(node);
  return { resolver, everywhere: effectsOf(evaluated) };

  /** Who changes what a name holds belongs to whoever reads the name. */
  function addChanges(node: CodeNode): void {
    const targets = node.piece.changes.flatMap((mention) => resolver.mentioned(node.file, mention));
    if (node.piece.evaluatesText) {
      const all = byFile.get(node.file)!;
      for (const other of all) node.reaches.add(other);
      targets.push(...all);
    }
    const seen = new Set(targets);
    for (const target of seen) {
      if (typeof target === 'string') continue;
      target.reaches.add(node);
      changed.add(target);
      // What only holds others, as `const all = { list }` does, changes them too.
      if (target.piece.effect !== 'none' || target.piece.holds !== 'state') continue;
      for (const { targets: held } of target.reads) for (const each of held) seen.add(each);
    }
  }

  function mayDoAnything(node: CodeNode): boolean {
    if (node.piece.effect !== 'reached') return node.piece.effect === 'anything';
    return [...reachOf([node])].some(
      (target) =>
        typeof target !== 'string' &&
        (target.piece.changesGlobals || target.piece.evaluatesText || target.piece.importsUnknown),
    );
  }

  /** What evaluating a piece may change: the state that it reaches, and functions that it hands to others. */
  function sharedState(node: CodeNode): CodeNode[] {
    const shared = new Set<CodeNode>();
    for (const reached of reachOf([node])) {
      if (typeof reached === 'string') continue;
      for (const { mention, targets } of reached.reads) {
        for (const target of targets) {
          if (typeof target !== 'string' && target !== node && canHold(target, mention)) shared.add(target);
        }
      }
    }
    return [...shared];
  }

  function canHold(target: CodeNode, { isCalled }: Mention): boolean {
    if (changed.has(target)) return true;
    return target.piece.holds === 'state' || (target.piece.holds === 'code' && !isCalled);
  }

  function addImports(node: CodeNode): void {
    if (node.piece.importsUnknown) for (const other of nodes) node.reaches.add(other);
    for (const specifier of node.piece.imports) {
      const requests = files.get(node.file)!.requests.filter((request) => request.specifier === specifier);
      for (const target of resolver.module(node.file, specifier)) node.reaches.add(target);
      for (const { target } of requests) {
        if ('file' in target) {
          for (const effect of effectsOf(evaluationOrder(target.file, files))) node.reaches.add(effect);
        }
      }
    }
  }

  function effectsOf(order: Iterable<string>): CodeTarget[] {
    return [...order].flatMap((file) => [
      ...files
        .get(file)!
        .outline.bare.flatMap((specifier) =>
          resolver.module(file, specifier).filter((target) => typeof target === 'string'),
        ),
      ...byFile.get(file)!.filter((node) => anything.has(node)),
    ]);
  }
}

/** Everything that some targets reach, themselves included. */
export function reachOf(targets: Iterable<CodeTarget>): Set<CodeTarget> {
  const reached = new Set(targets);
  for (const target of reached) {
    if (typeof target !== 'string') for (const next of target.reaches) reached.add(next);
  }
  return reached;
}
