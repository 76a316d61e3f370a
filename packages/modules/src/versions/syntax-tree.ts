/** A syntax tree of JavaScript (ESTree), read without caring which kinds of nodes there are. */
export interface Tree {
  readonly type: string;
  readonly [key: string]: unknown;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && typeof (value as Tree).type === 'string';
}

/** The nodes right below one, in the order of the source as far as the tree tells it. */
export function* childrenOf(tree: Tree): Generator<Tree> {
  for (const key in tree) {
    const value = tree[key];
    if (Array.isArray(value)) for (const item of value) if (isTree(item)) yield item;
    if (isTree(value)) yield value;
  }
}

export function listOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}

export function isFunction({ type }: Tree): boolean {
  return (
    type === 'ArrowFunctionExpression' || type === 'FunctionExpression' || type === 'FunctionDeclaration'
  );
}

export function isClass({ type }: Tree): boolean {
  return type === 'ClassDeclaration' || type === 'ClassExpression';
}

/** The name of an identifier; undefined for anything else. */
export function nameOf(value: unknown): string | undefined {
  return isTree(value) && value.type === 'Identifier' ? (value['name'] as string) : undefined;
}

/** A name as it is written between modules, which may be a text: `export { a as 'any text' }`. */
export function moduleNameOf(value: unknown): string {
  return nameOf(value) ?? String((value as Tree)['value']);
}
