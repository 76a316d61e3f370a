/**
 * What the source of one module says about its exports: functions with their signatures, and names that come from
 * other modules. `collect-nodes.ts` joins the facts of several modules.
 */
import type { CallExpression, Expression, Statement, VariableDeclarator } from 'oxc-parser';
import { docBefore } from './doc-comment.js';
import type { ParsedSource } from './parse-source.js';
import {
  explicitSignature,
  type FunctionExpression,
  functionSignature,
  type Signature,
  withoutTypes,
} from './signature.js';
import { type TypeDeclarations, typeDeclarations } from './type-members.js';

/** A name of another module. */
interface ForeignName {
  readonly specifier: string;
  readonly name: string;
}

/** A function of this module. `borrowed` names the function of another module that gives its signature. */
export interface FunctionFact {
  readonly line: number;
  readonly column: number;
  readonly doc?: string | undefined;
  readonly signature?: Signature;
  readonly borrowed?: ForeignName;
}

export interface ModuleFacts {
  /** By export name. */
  readonly functions: ReadonlyMap<string, FunctionFact>;
  readonly reexports: ReadonlyMap<string, ForeignName>;
  /** Own exports that are not functions, or none whose signature the source shows. */
  readonly others: ReadonlySet<string>;
  /** Modules of `export * from`. */
  readonly stars: readonly string[];
}

/** A top-level binding: what it is, and the statement that carries its doc comment. */
interface Binding {
  readonly value: FunctionExpression | Expression;
  readonly at: number;
  readonly statement: number;
}

export function moduleFacts(parsed: ParsedSource): ModuleFacts {
  const bindings = topLevelBindings(parsed.program.body);
  const imports = importedNames(parsed);
  const types = typeDeclarations(parsed.program.body);
  const functions = new Map<string, FunctionFact>();
  const reexports = new Map<string, ForeignName>();
  const others = new Set<string>();
  const stars: string[] = [];

  for (const {
    moduleRequest,
    exportName,
    importName,
    localName,
    isType,
  } of parsed.module.staticExports.flatMap(({ entries }) => entries)) {
    if (isType || exportName.name === 'default') continue;
    const name = exportName.name;
    if (moduleRequest) {
      if (name === null) stars.push(moduleRequest.value);
      else if (importName.name === null) others.add(name);
      else reexports.set(name, { specifier: moduleRequest.value, name: importName.name });
      continue;
    }
    if (name === null || localName.name === null) continue;
    const fact = functionFact(parsed, types, bindings, imports, localName.name);
    if (fact === undefined) others.add(name);
    else functions.set(name, fact);
  }
  return { functions, reexports, others, stars };
}

function functionFact(
  parsed: ParsedSource,
  types: TypeDeclarations,
  bindings: ReadonlyMap<string, Binding>,
  imports: ReadonlyMap<string, ForeignName>,
  name: string,
): FunctionFact | undefined {
  const binding = bindings.get(name);
  if (binding === undefined) return undefined;
  const found = signatureOf(binding.value, new Set([name]));
  if (found === undefined) return undefined;
  const doc = docBefore(parsed, binding.statement) ?? found.doc;
  return { ...parsed.lines.position(binding.at), ...found, doc };

  function signatureOf(
    value: FunctionExpression | Expression,
    visited: Set<string>,
  ): Pick<FunctionFact, 'signature' | 'borrowed' | 'doc'> | undefined {
    if (isFunction(value)) {
      const signature = functionSignature(parsed, types, value);
      return signature && { signature };
    }
    const expression = withoutTypes(value);
    if (expression !== value) return signatureOf(expression, visited);
    if (expression.type === 'Identifier') return helperSignature(expression.name, visited);
    if (expression.type === 'CallExpression' && isNodeCall(expression, imports)) {
      return nodeSignature(expression, visited);
    }
    return undefined;
  }

  /** A function of this file or of another one, given by name. */
  function helperSignature(
    helper: string,
    visited: Set<string>,
  ): Pick<FunctionFact, 'signature' | 'borrowed' | 'doc'> | undefined {
    const foreign = imports.get(helper);
    if (foreign !== undefined) return { borrowed: foreign };
    const local = bindings.get(helper);
    if (local === undefined || visited.has(helper)) return undefined;
    const found = signatureOf(local.value, visited.add(helper));
    return found && { ...found, doc: docBefore(parsed, local.statement) ?? found.doc };
  }

  /** `node(fn, …modifiers)` or `node({ inputs: [...] }, fn, …modifiers)`. */
  function nodeSignature(
    { arguments: [first, second] }: CallExpression,
    visited: Set<string>,
  ): Pick<FunctionFact, 'signature' | 'borrowed' | 'doc'> | undefined {
    if (first === undefined || first.type === 'SpreadElement') return undefined;
    if (first.type !== 'ObjectExpression') return signatureOf(first, visited);
    const inputs = explicitInputs(first);
    if (inputs === undefined || second === undefined || second.type === 'SpreadElement') return undefined;
    const expression = withoutTypes(second);
    const value = expression.type === 'Identifier' ? bindings.get(expression.name)?.value : expression;
    return { signature: explicitSignature(parsed, inputs, value && isFunction(value) ? value : undefined) };
  }
}

function explicitInputs(options: Extract<Expression, { type: 'ObjectExpression' }>): string[] | undefined {
  for (const property of options.properties) {
    if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') continue;
    if (property.key.name !== 'inputs') continue;
    const list = withoutTypes(property.value);
    if (list.type !== 'ArrayExpression') return undefined;
    const names = list.elements.map((element) =>
      element?.type === 'Literal' && typeof element.value === 'string' ? element.value : undefined,
    );
    return names.every((name) => name !== undefined) ? names : undefined;
  }
  return undefined;
}

/** `node(…)` under any import name, or `namespace.node(…)`. */
function isNodeCall({ callee }: CallExpression, imports: ReadonlyMap<string, ForeignName>): boolean {
  if (callee.type === 'Identifier') return imports.get(callee.name)?.name === 'node';
  return (
    callee.type === 'MemberExpression' &&
    !callee.computed &&
    callee.property.name === 'node' &&
    callee.object.type === 'Identifier' &&
    imports.get(callee.object.name)?.name === '*'
  );
}

function isFunction(value: FunctionExpression | Expression): value is FunctionExpression {
  return (
    value.type === 'ArrowFunctionExpression' ||
    value.type === 'FunctionExpression' ||
    value.type === 'FunctionDeclaration'
  );
}

function importedNames({ module }: ParsedSource): Map<string, ForeignName> {
  const names = new Map<string, ForeignName>();
  for (const { moduleRequest, entries } of module.staticImports) {
    for (const { importName, localName } of entries) {
      const name = (importName.kind as string) === 'Default' ? 'default' : (importName.name ?? '*');
      names.set(localName.value, { specifier: moduleRequest.value, name });
    }
  }
  return names;
}

function topLevelBindings(statements: readonly Statement[]): Map<string, Binding> {
  const bindings = new Map<string, Binding>();
  // The doc comment of an overloaded function stands before its first signature.
  const overloads = new Map<string, number>();
  for (const statement of statements) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? statement) : statement;
    if (declaration.type === 'TSDeclareFunction' && declaration.id) {
      if (!overloads.has(declaration.id.name)) overloads.set(declaration.id.name, statement.start);
    } else if (declaration.type === 'FunctionDeclaration' && declaration.id) {
      const { name, start } = declaration.id;
      bindings.set(name, {
        value: declaration,
        at: start,
        statement: overloads.get(name) ?? statement.start,
      });
    } else if (declaration.type === 'VariableDeclaration') {
      for (const declarator of declaration.declarations) addVariable(bindings, declarator, statement.start);
    }
  }
  return bindings;
}

function addVariable(
  bindings: Map<string, Binding>,
  { id, init }: VariableDeclarator,
  statement: number,
): void {
  if (id.type === 'Identifier' && init) bindings.set(id.name, { value: init, at: id.start, statement });
}
