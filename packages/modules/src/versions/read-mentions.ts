/** What a piece of a module says of the names of that module: which it reads, and which it may change. */
import { blockNames, hoistedNames, patternNames, variableNames } from './declared-names.js';
import { childrenOf, isClass, isFunction, isTree, listOf, nameOf, type Tree } from './syntax-tree.js';

export interface Mention {
  /** A name at the top of the module. */
  readonly name: string;
  /** Which of its members, where the name is that of a namespace import. Absent for all of it. */
  readonly member?: string;
  /** True where it is called and nothing else. */
  readonly isCalled: boolean;
}

export interface Mentions {
  readonly reads: readonly Mention[];
  /** May be given another value or content. They are among `reads` too. */
  readonly changes: readonly Mention[];
  /** Runs text as code, which may read and change every name. */
  readonly evaluatesText: boolean;
  /** Changes something that the whole program shares, as `globalThis.rate = 1` does. */
  readonly changesGlobals: boolean;
  /** Modules that are imported while it runs. */
  readonly imports: readonly string[];
  /** True when it imports modules of which only running it tells the names. */
  readonly importsUnknown: boolean;
}

export interface ModuleNames {
  has(name: string): boolean;
  isNamespace(name: string): boolean;
}

/** Methods that change what they are called on, in the standard library. */
const changing = new Set(
  'add append clear copyWithin delete fill pop push reverse set shift sort splice unshift'.split(' '),
);
/** Functions that change their first argument: of `Object` and `Reflect`. */
const changingFirst = new Set(
  'assign defineProperties defineProperty deleteProperty set setPrototypeOf'.split(' '),
);
const globalObjects = new Set(['globalThis', 'global', 'window', 'self']);

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

export function readMentions(tree: Tree, names: ModuleNames): Mentions {
  const reads = new Map<string, Mention>();
  const changes = new Map<string, Mention>();
  const imports = new Set<string>();
  let evaluatesText = false;
  let changesGlobals = false;
  let importsUnknown = false;

  visit(tree, undefined, false);
  return {
    reads: [...reads.values()],
    changes: [...changes.values()],
    evaluatesText,
    changesGlobals,
    imports: [...imports],
    importsUnknown,
  };

  function visit(node: Tree, scope: Scope | undefined, isCalled: boolean): void {
    if (isFunction(node)) {
      visitFunction(node, scope);
      return;
    }
    if (isClass(node)) {
      visitChildren(node, within(scope, patternNames(node['id'])), new Set(['id']));
      return;
    }
    switch (node.type) {
      case 'Identifier':
        mention(reads, { name: node['name'] as string, isCalled }, scope);
        return;
      case 'MemberExpression':
        visitMember(node, scope, isCalled);
        return;
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        visitChildren(node, scope, new Set(node['computed'] === true ? [] : ['key']));
        return;
      case 'LabeledStatement':
      case 'BreakStatement':
      case 'ContinueStatement':
        visitChildren(node, scope, new Set(['label']));
        return;
      case 'MetaProperty':
        return;
      case 'BlockStatement':
        visitChildren(node, within(scope, blockNames(listOf(node['body']))));
        return;
      case 'StaticBlock': {
        const body = listOf(node['body']);
        visitChildren(
          node,
          within(scope, [...blockNames(body), ...body.flatMap((one) => [...hoistedNames(one)])]),
        );
        return;
      }
      case 'SwitchStatement': {
        const statements = listOf(node['cases']).flatMap((one) => listOf(one['consequent']));
        visitChildren(node, within(scope, blockNames(statements)));
        return;
      }
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement': {
        const head = [node['init'], node['left']].filter(isTree);
        for (const left of listOf([node['left']])) change(left, scope);
        visitChildren(node, within(scope, blockNames(head)));
        return;
      }
      case 'CatchClause':
        visitChildren(node, within(scope, patternNames(node['param'])));
        return;
      case 'VariableDeclarator':
        visitPattern(node['id'], scope);
        if (isTree(node['init'])) visit(node['init'], scope, false);
        return;
      case 'AssignmentExpression':
        change(node['left'], scope);
        break;
      case 'UpdateExpression':
        change(node['argument'], scope);
        break;
      case 'UnaryExpression':
        if (node['operator'] === 'delete') change(node['argument'], scope);
        break;
      case 'CallExpression':
      case 'NewExpression':
        visitCall(node, scope);
        return;
      case 'TaggedTemplateExpression':
        visit(node['tag'] as Tree, scope, true);
        visit(node['quasi'] as Tree, scope, false);
        return;
      case 'ImportExpression': {
        const source = node['source'] as Tree;
        const specifier = fixedText(source);
        if (specifier === undefined) importsUnknown = true;
        else imports.add(specifier);
        break;
      }
      // No default: every other kind says nothing of names by itself.
    }
    visitChildren(node, scope);
  }

  function visitChildren(node: Tree, scope: Scope | undefined, skip?: ReadonlySet<string>): void {
    for (const key in node) {
      if (skip?.has(key)) continue;
      const value = node[key];
      if (Array.isArray(value)) for (const item of listOf(value)) visit(item, scope, false);
      else if (isTree(value)) visit(value, scope, false);
    }
  }

  /** Defaults of parameters do not see what the body declares. */
  function visitFunction(node: Tree, scope: Scope | undefined): void {
    const own = node.type === 'FunctionExpression' ? within(scope, patternNames(node['id'])) : scope;
    const params = listOf(node['params']);
    const head = within(
      own,
      params.flatMap((param) => [...patternNames(param)]),
    );
    for (const param of params) visitPattern(param, head);
    const body = node['body'] as Tree;
    if (body.type !== 'BlockStatement') visit(body, head, false);
    else {
      const statements = listOf(body['body']);
      const declared = [...blockNames(statements), ...statements.flatMap((one) => [...hoistedNames(one)])];
      visitChildren(body, within(head, declared));
    }
  }

  /** A pattern that declares: its names are no mentions, its defaults and computed keys hold some. */
  function visitPattern(pattern: unknown, scope: Scope | undefined): void {
    if (!isTree(pattern) || pattern.type === 'Identifier') return;
    if (pattern.type === 'AssignmentPattern') {
      visitPattern(pattern['left'], scope);
      visit(pattern['right'] as Tree, scope, false);
    } else if (pattern.type === 'Property') {
      if (pattern['computed'] === true) visit(pattern['key'] as Tree, scope, false);
      visitPattern(pattern['value'], scope);
    } else for (const child of childrenOf(pattern)) visitPattern(child, scope);
  }

  function visitMember(node: Tree, scope: Scope | undefined, isCalled: boolean): void {
    const object = node['object'] as Tree;
    const member = memberName(node);
    const name = nameOf(object);
    if (name !== undefined && member !== undefined && names.isNamespace(name)) {
      mention(reads, { name, member, isCalled }, scope);
      return;
    }
    visit(object, scope, false);
    if (node['computed'] === true) visit(node['property'] as Tree, scope, false);
  }

  function visitCall(node: Tree, scope: Scope | undefined): void {
    const callee = node['callee'] as Tree;
    if (nameOf(callee) === 'eval' && !isLocal('eval', scope)) evaluatesText = true;
    const method = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    if (method !== undefined) {
      const owner = nameOf(callee['object']) ?? '';
      const isStandard = /^(?:Object|Reflect)$/.test(owner);
      // A function of a namespace import changes nothing by its name.
      if (changing.has(method) && !isStandard && !names.isNamespace(owner)) change(callee, scope);
      if (changingFirst.has(method) && isStandard) changeContent(listOf(node['arguments'])[0], scope);
    }
    visit(callee, scope, true);
    for (const argument of listOf(node['arguments'])) {
      if (globalObjects.has(nameOf(argument) ?? '')) changesGlobals = true;
      visit(argument, scope, false);
    }
  }

  /** @param target - what is assigned to: a name, a member, or a pattern of them. */
  function change(target: unknown, scope: Scope | undefined): void {
    if (!isTree(target)) return;
    switch (target.type) {
      case 'ChainExpression':
        change(target['expression'], scope);
        break;
      case 'Identifier':
        mention(changes, { name: target['name'] as string, isCalled: false }, scope);
        break;
      case 'MemberExpression':
        changeContent(target['object'], scope, target);
        break;
      case 'VariableDeclaration':
        // `for (var x of …)` at the top of a module gives a name of the module a value again and again.
        if (target['kind'] === 'var') {
          for (const name of variableNames(target)) mention(changes, { name, isCalled: false }, scope);
        }
        break;
      case 'AssignmentPattern':
        change(target['left'], scope);
        break;
      case 'Property':
        change(target['value'], scope);
        break;
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
        for (const child of childrenOf(target)) change(child, scope);
        break;
      // No default: nothing else can be assigned to.
    }
  }

  /** What holds a member that changes: the name at the root of `a.b.c`. */
  function changeContent(object: unknown, scope: Scope | undefined, whole?: Tree): void {
    let at: unknown = object;
    let last = whole;
    while (isTree(at) && (at.type === 'MemberExpression' || at.type === 'ChainExpression')) {
      last = at.type === 'MemberExpression' ? at : last;
      at = at.type === 'MemberExpression' ? at['object'] : at['expression'];
    }
    const name = nameOf(at);
    if (name === undefined || isLocal(name, scope)) return;
    if (!names.has(name)) {
      changesGlobals = true;
      return;
    }
    const member = names.isNamespace(name) && last !== undefined ? memberName(last) : undefined;
    mention(changes, { name, isCalled: false, ...(member !== undefined && { member }) }, scope);
  }

  function mention(into: Map<string, Mention>, made: Mention, scope: Scope | undefined): void {
    if (!names.has(made.name) || isLocal(made.name, scope)) return;
    into.set(JSON.stringify([made.name, made.member, made.isCalled]), made);
  }
}

function within(parent: Scope | undefined, names: Iterable<string>): Scope {
  return { names: new Set(names), parent };
}

function isLocal(name: string, scope: Scope | undefined): boolean {
  for (let at = scope; at !== undefined; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

/** Undefined where only running the code tells. */
function memberName({ computed, property }: Tree): string | undefined {
  return computed === true ? undefined : nameOf(property);
}

function fixedText(tree: Tree): string | undefined {
  if (tree.type === 'Literal' && typeof tree['value'] === 'string') return tree['value'];
  if (tree.type !== 'TemplateLiteral' || listOf(tree['expressions']).length > 0) return undefined;
  const quasi = (tree['quasis'] as readonly { readonly value: { readonly cooked: string } }[])[0];
  return quasi?.value.cooked;
}
