/** Which names a piece of code declares, by the scoping rules of strict code. */
import { childrenOf, isClass, isFunction, isTree, listOf, nameOf, type Tree } from './syntax-tree.js';

/** The names that a pattern binds, as `{ a, b: [c] = d, ...e }`. */
export function* patternNames(pattern: unknown): Generator<string> {
  if (!isTree(pattern)) return;
  switch (pattern.type) {
    case 'Identifier':
      yield pattern['name'] as string;
      break;
    case 'ObjectPattern':
      for (const property of listOf(pattern['properties'])) {
        yield* patternNames(property.type === 'RestElement' ? property : property['value']);
      }
      break;
    case 'ArrayPattern':
      for (const element of listOf(pattern['elements'])) yield* patternNames(element);
      break;
    case 'AssignmentPattern':
      yield* patternNames(pattern['left']);
      break;
    case 'RestElement':
      yield* patternNames(pattern['argument']);
      break;
    // No default: assignments have members among their targets, which bind no names.
  }
}

/** What `let`, `const`, `using`, `class` and `function` declare right in a list of statements. */
export function* blockNames(statements: readonly Tree[]): Generator<string> {
  for (const statement of statements) {
    if (statement.type === 'VariableDeclaration' && statement['kind'] !== 'var')
      yield* variableNames(statement);
    else if (isClass(statement) || isFunction(statement)) {
      const name = nameOf(statement['id']);
      if (name !== undefined) yield name;
    }
  }
}

/** What `var` declares anywhere within, without the functions within. */
export function* hoistedNames(tree: Tree): Generator<string> {
  if (isFunction(tree) || tree.type === 'StaticBlock') return;
  if (tree.type === 'VariableDeclaration' && tree['kind'] === 'var') yield* variableNames(tree);
  for (const child of childrenOf(tree)) yield* hoistedNames(child);
}

export function* variableNames(declaration: Tree): Generator<string> {
  for (const { id } of listOf(declaration['declarations'])) yield* patternNames(id);
}
