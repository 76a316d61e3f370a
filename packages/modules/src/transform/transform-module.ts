import { messageOf } from '@flowerpower/core';
import type { ModuleProblem } from '../errors/catalogue.js';
import type { SourceText } from '../files/source-text.js';
import type { CompilerOptions } from '../resolve/project-options.js';
import { duplicateExports } from '../source/duplicate-exports.js';
import { type ModuleFacts, moduleFacts } from '../source/module-facts.js';
import { literalText } from '../source/literal-text.js';
import { languageOf, type ParsedSource, parseSource, syntaxProblem } from '../source/parse-source.js';
import { unsupportedSyntax } from '../source/unsupported-syntax.js';
import type { Toolchain } from '../toolchain.js';
import { type CodeOutline, codeOutline, jsonOutline } from '../versions/code-outline.js';
import { opaqueOutline } from '../versions/opaque-outline.js';
import type { Tree } from '../versions/syntax-tree.js';
import { blankComments } from './blank-comments.js';

/** A module as JavaScript, before its imports are pointed at other transformed modules. */
export interface TransformedModule {
  readonly code: string;
  /** Absent for JSON. */
  readonly map?: { readonly mappings: string; readonly names: readonly string[] };
  readonly requests: readonly ModuleRequest[];
  /** Spans of computed `import(…)` arguments in the code. */
  readonly computedRequests: readonly Span[];
  readonly usesImportMeta: boolean;
  /** What of it reaches what. */
  readonly outline: CodeOutline;
  /** What the source says about the exports. Absent for JSON, which exports no functions. */
  readonly facts?: () => ModuleFacts;
}

/** One import that remains at run time. */
export interface ModuleRequest {
  readonly specifier: string;
  /** The quoted specifier in the transformed code. */
  readonly span: Span;
  /** What follows the specifier up to the end of the import: import attributes. */
  readonly rest: Span;
  readonly dynamic: boolean;
  /** Where the specifier stands in the source. Absent for imports that the transformer added. */
  readonly position?: { readonly line: number; readonly column: number };
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Transforms a TypeScript or JavaScript module. The result is undefined when it has problems. */
export function transformModule(
  source: SourceText,
  options: CompilerOptions,
  tools: Toolchain,
  problems: ModuleProblem[],
): TransformedModule | undefined {
  const parsed = parseSource(source, tools, problems);
  if (parsed === undefined) return undefined;
  const unsupported = unsupportedSyntax(parsed, options.legacyDecorators, tools);
  problems.push(...unsupported);
  if (unsupported.length > 0) return undefined;

  // What a function says of itself (`toString`) is a part of its version, and comments are none.
  const text = /\/[/*]/.test(source.text) ? blankComments(source.text, parsed.comments) : source.text;
  const { code, map, errors } = tools.transformSync(source.path, text, {
    lang: languageOf(source.path),
    sourceType: 'module',
    sourcemap: true,
    // ES2022 is what Node 20 runs in full. The older target makes class fields assignments in the constructor.
    target: options.useDefineForClassFields ? 'es2022' : 'es2021',
    assumptions: { setPublicClassFields: !options.useDefineForClassFields },
    typescript: {
      onlyRemoveTypeImports: options.keepUnusedImports,
      removeClassFieldsWithoutInitializer: !options.useDefineForClassFields,
    },
    // Standard decorators were refused above. The legacy transform is also the one that lowers `accessor` fields.
    decorator: {
      legacy: true,
      emitDecoratorMetadata: options.legacyDecorators && options.emitDecoratorMetadata,
    },
  });
  if (errors.length > 0) {
    for (const { message, labels, helpMessage } of errors) {
      const offset = labels[0]?.start;
      const position = offset === undefined ? undefined : parsed.lines.position(offset);
      problems.push(syntaxProblem(source, message, position, helpMessage ?? undefined));
    }
    return undefined;
  }
  const transformed = tools.parseSync('module.mjs', code, { lang: 'js', sourceType: 'module' });
  const { module } = transformed;
  const duplicates = duplicateExports(module, parsed);
  problems.push(...duplicates);
  if (duplicates.length > 0) return undefined;
  return {
    code,
    map: map!,
    outline: outlineOf(transformed, code),
    facts: lazyFacts(source, tools),
    ...readRequests(code, module, parsed),
  };
}

/** Generated code may nest as deep as it likes, and the stack is what it is. */
function outlineOf(transformed: ReturnType<Toolchain['parseSync']>, code: string): CodeOutline {
  try {
    return codeOutline(transformed.program as unknown as Tree);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return opaqueOutline(code, transformed.module);
  }
}

/**
 * Few files of a closure are asked for their facts. The text is parsed again then: keeping the native result of
 * every file until a reload would take far more memory.
 */
function lazyFacts(source: SourceText, tools: Toolchain): () => ModuleFacts {
  let facts: ModuleFacts | undefined;
  return () => (facts ??= moduleFacts(parseSource(source, tools, [])!));
}

/** Makes a JSON file a module whose default export is the value, as in Node. */
export function transformJson(source: SourceText, problems: ModuleProblem[]): TransformedModule | undefined {
  try {
    JSON.parse(source.text);
  } catch (error) {
    problems.push(syntaxProblem(source, `Not JSON: ${messageOf(error)}`, undefined, undefined));
    return undefined;
  }
  // As a string: parsing is faster than evaluating an object literal, and `__proto__` stays an ordinary key.
  const code = `export default JSON.parse(${JSON.stringify(source.text)});\n`;
  return {
    code,
    requests: [],
    computedRequests: [],
    usesImportMeta: false,
    outline: jsonOutline(source.text),
  };
}

function readRequests(
  code: string,
  module: ParsedSource['module'],
  parsed: ParsedSource,
): Pick<TransformedModule, 'requests' | 'computedRequests' | 'usesImportMeta'> {
  const positions = sourcePositions(parsed);
  const requests = new Map<number, ModuleRequest>();
  const computedRequests: Span[] = [];
  const add = (specifier: string, span: Span, end: number, dynamic: boolean): void => {
    const { start } = span;
    const position = positions.get(specifier);
    requests.set(start, {
      specifier,
      span: { start, end: span.end },
      rest: { start: span.end, end },
      dynamic,
      ...(position && { position: parsed.lines.position(position) }),
    });
  };
  for (const { moduleRequest, end } of module.staticImports) {
    add(moduleRequest.value, moduleRequest, end, false);
  }
  for (const { entries, end } of module.staticExports) {
    for (const { moduleRequest } of entries) {
      // `import { a } from 'x'; export { a }` names the import a second time.
      if (moduleRequest && !requests.has(moduleRequest.start)) {
        add(moduleRequest.value, moduleRequest, end, false);
      }
    }
  }
  for (const { moduleRequest, end } of module.dynamicImports) {
    const literal = literalText(code.slice(moduleRequest.start, moduleRequest.end));
    if (literal === undefined) computedRequests.push(moduleRequest);
    else add(literal, moduleRequest, end - 1, true);
  }
  return {
    requests: [...requests.values()],
    computedRequests,
    usesImportMeta: module.importMetas.length > 0,
  };
}

/** Offset of the first mention of each specifier in the source. */
function sourcePositions({ source, module }: ParsedSource): Map<string, number> {
  const positions = new Map<string, number>();
  const add = (specifier: string | undefined, start: number): void => {
    if (specifier !== undefined && !positions.has(specifier)) positions.set(specifier, start);
  };
  for (const { moduleRequest } of module.staticImports) add(moduleRequest.value, moduleRequest.start);
  for (const { moduleRequest } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) add(moduleRequest.value, moduleRequest.start);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    add(literalText(source.text.slice(moduleRequest.start, moduleRequest.end)), moduleRequest.start);
  }
  return positions;
}
