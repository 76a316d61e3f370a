/** A module as pieces that a node may or may not reach: its declarations and statements, and its names. */
import { sha256 } from '../files/source-text.js';
import { canonicalTree } from './canonical-tree.js';
import { blockNames, hoistedNames, patternNames } from './declared-names.js';
import { hasStaticState, isConstant, isInert } from './inert.js';
import { type Mentions, readMentions } from './read-mentions.js';
import { isClass, isFunction, isTree, listOf, moduleNameOf, nameOf, type Tree } from './syntax-tree.js';

/** A declared variable, function or class, or any other statement at the top of a module. */
export interface Piece extends Mentions {
  /** Of its syntax tree. */
  readonly hash: string;
  readonly names: readonly string[];
  /**
   * What evaluating the module does with it: nothing but making a value; perhaps changing what it reaches; or anything
   * at all, as a statement may that declares nothing.
   */
  readonly effect: 'none' | 'reached' | 'anything';
  /** What its names hold: code that has no content of its own, a primitive that never changes, or anything. */
  readonly holds: 'code' | 'constant' | 'state';
}

export interface ForeignName {
  readonly specifier: string;
  /** `*` is all of it. */
  readonly name: string;
}

export interface CodeOutline {
  /** In the order of the source. */
  readonly pieces: readonly Piece[];
  /** By the name in the module: the index of the piece, or where it was imported from. */
  readonly names: ReadonlyMap<string, number | ForeignName>;
  /** By the name outside. */
  readonly exports: ReadonlyMap<string, string | ForeignName>;
  /** Modules of `export * from`. */
  readonly stars: readonly string[];
  /** Modules that are imported for what evaluating them does. */
  readonly bare: readonly string[];
}

/** No identifier is called like this. */
const defaultName = '*default*';

interface Draft {
  readonly tree: Tree;
  readonly names: readonly string[];
  readonly effect: Piece['effect'];
  readonly holds: Piece['holds'];
  /** What tells apart pieces of the same tree. */
  readonly kind?: unknown;
}

/** @param program - the tree of JavaScript: types are gone. */
export function codeOutline(program: Tree): CodeOutline {
  const drafts: Draft[] = [];
  const imported = new Map<string, ForeignName>();
  const exports = new Map<string, string | ForeignName>();
  const stars: string[] = [];
  const bare: string[] = [];
  const statements = listOf(program['body']);

  // Imports first: they tell which calls are harmless, and may stand below those.
  for (const statement of statements) if (statement.type === 'ImportDeclaration') readImport(statement);
  for (const statement of statements) readStatement(statement);

  const names = new Map<string, number | ForeignName>(imported);
  const again = drafts.map(({ names: declared }, index) =>
    declared.filter((name) => {
      const isAgain = names.has(name);
      if (!isAgain) names.set(name, index);
      return isAgain;
    }),
  );
  const known = {
    has: (name: string) => names.has(name),
    isNamespace: (name: string) => imported.get(name)?.name === '*',
  };
  const pieces = drafts.map(({ tree, kind, ...rest }, index) => {
    const mentions = readMentions(tree, known);
    // `var` may declare a name once more, which gives it a value once more.
    const redeclared = again[index]!.map((name) => ({ name, isCalled: false }));
    return {
      ...rest,
      ...mentions,
      reads: [...mentions.reads, ...redeclared],
      changes: [...mentions.changes, ...redeclared],
      hash: sha256(JSON.stringify([kind, canonicalTree(tree)])).slice(0, 40),
    };
  });
  return { pieces, names, exports, stars, bare };

  function readImport(statement: Tree): void {
    const specifier = specifierOf(statement);
    const specifiers = listOf(statement['specifiers']);
    if (specifiers.length === 0) bare.push(specifier);
    for (const { type, local, imported: name } of specifiers) {
      const foreign =
        type === 'ImportNamespaceSpecifier'
          ? '*'
          : type === 'ImportDefaultSpecifier'
            ? 'default'
            : moduleNameOf(name);
      imported.set(nameOf(local)!, { specifier, name: foreign });
    }
  }

  function readStatement(statement: Tree): void {
    switch (statement.type) {
      case 'ImportDeclaration':
      case 'EmptyStatement':
        break;
      case 'ExportAllDeclaration': {
        const specifier = specifierOf(statement);
        if (isTree(statement['exported'])) {
          exports.set(moduleNameOf(statement['exported']), { specifier, name: '*' });
        } else stars.push(specifier);
        break;
      }
      case 'ExportNamedDeclaration':
        readNamedExport(statement);
        break;
      case 'ExportDefaultDeclaration': {
        const value = statement['declaration'] as Tree;
        const own = isFunction(value) || isClass(value) ? nameOf(value['id']) : undefined;
        exports.set('default', defaultName);
        drafts.push(draftValue(value, [defaultName, ...(own === undefined ? [] : [own])]));
        break;
      }
      default:
        readDeclaration(statement);
    }
  }

  function readNamedExport(statement: Tree): void {
    const specifier = isTree(statement['source']) ? specifierOf(statement) : undefined;
    for (const { local, exported } of listOf(statement['specifiers'])) {
      const name = moduleNameOf(local);
      exports.set(moduleNameOf(exported), specifier === undefined ? name : { specifier, name });
    }
    // `export {} from 'x'` evaluates it.
    if (specifier !== undefined) bare.push(specifier);
    const declaration = statement['declaration'];
    if (!isTree(declaration)) return;
    const before = drafts.length;
    readDeclaration(declaration);
    for (const name of drafts.slice(before).flatMap((draft) => draft.names)) exports.set(name, name);
  }

  function readDeclaration(statement: Tree): void {
    if (isFunction(statement) || isClass(statement)) {
      drafts.push(draftValue(statement, [...blockNames([statement])]));
    } else if (statement.type === 'VariableDeclaration' && !String(statement['kind']).includes('using')) {
      for (const declarator of listOf(statement['declarations']))
        drafts.push(draftVariable(statement, declarator));
    } else {
      const declared =
        statement.type === 'VariableDeclaration' ? blockNames([statement]) : hoistedNames(statement);
      const effect = typeof statement['directive'] === 'string' ? 'none' : 'anything';
      drafts.push({ tree: statement, names: [...declared], effect, holds: 'state' });
    }
  }

  function draftVariable({ kind }: Tree, declarator: Tree): Draft {
    const { id, init } = declarator;
    const names = [...patternNames(id)];
    const simple = nameOf(id) !== undefined;
    if (!isTree(init)) return { tree: declarator, names, kind, effect: 'none', holds: 'state' };
    const { effect, holds } = draftValue(init, names);
    return {
      tree: declarator,
      names,
      kind,
      effect: simple ? effect : 'reached',
      holds: simple ? holds : 'state',
    };
  }

  function draftValue(value: Tree, names: readonly string[]): Draft {
    const effect = isInert(value, isHarmless) ? 'none' : 'reached';
    return { tree: value, names, effect, holds: holdsOf(value) };
  }

  /** What makes nodes: it neither runs nor changes what it is given. */
  function isHarmless(callee: Tree): boolean {
    const name = nameOf(callee.type === 'MemberExpression' ? callee['object'] : callee);
    const from = name === undefined ? undefined : imported.get(name);
    if (from === undefined || !/^(?:@flowerpower\/|flowerpower(?:\/|$))/.test(from.specifier)) return false;
    return callee.type !== 'MemberExpression' || from.name === '*';
  }
}

function holdsOf(value: Tree): Piece['holds'] {
  if (isFunction(value)) return 'code';
  if (isClass(value)) return hasStaticState(value) ? 'state' : 'code';
  return isConstant(value) ? 'constant' : 'state';
}

function specifierOf(statement: Tree): string {
  return String((statement['source'] as Tree)['value']);
}

/** JSON has one value, whatever its formatting. */
export function jsonOutline(text: string): CodeOutline {
  const piece: Piece = {
    hash: sha256(JSON.stringify(JSON.parse(text))).slice(0, 40),
    names: [defaultName],
    effect: 'none',
    holds: 'state',
    reads: [],
    changes: [],
    evaluatesText: false,
    changesGlobals: false,
    imports: [],
    importsUnknown: false,
  };
  return {
    pieces: [piece],
    names: new Map([[defaultName, 0]]),
    exports: new Map([['default', defaultName]]),
    stars: [],
    bare: [],
  };
}
