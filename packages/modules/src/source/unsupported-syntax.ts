import { codeFrame } from '@flowerpower/core';
import { formatPlace, type ModuleErrorCode, type ModuleProblem } from '../errors/catalogue.js';
import type { Toolchain } from '../toolchain.js';
import { literalText } from './literal-text.js';
import type { ParsedSource } from './parse-source.js';

interface Finding {
  readonly code: ModuleErrorCode;
  readonly start: number;
  readonly message: string;
  readonly hint: string;
}

/** Finds syntax that parses but cannot run as an ES module in Node. */
export function unsupportedSyntax(
  parsed: ParsedSource,
  legacyDecorators: boolean,
  tools: Toolchain,
): ModuleProblem[] {
  const { source, lines } = parsed;
  const findings = [
    ...(mayBeUnsupported(parsed) ? unsupportedNodes(parsed, legacyDecorators, tools) : []),
    ...computedPaths(parsed),
  ];
  return findings.map(({ code, start, message, hint }) => {
    const position = lines.position(start);
    const place = { file: source.path, ...position };
    return {
      code,
      message: `${formatPlace(place)}: ${message}\n${codeFrame(source.text, position.line, position.column)}`,
      hint,
      places: [place],
    };
  });
}

/** Looks for the words of such syntax, also in comments and strings: most files need no syntax tree. */
function mayBeUnsupported({ source: { text }, module }: ParsedSource): boolean {
  if (!module.hasModuleSyntax && /\bexports\b/.test(text)) return true;
  if (/\bexport\s*=|\bimport\s+[\p{ID_Continue}$]+\s*=/u.test(text)) return true;
  // A decorator, but neither an address (`a@b`) nor a tag of a doc comment (` * @param`).
  return /(?<![\p{ID_Continue}])(?<!^\s*\*\s*)@[\p{ID_Start}$_(]/mu.test(text);
}

function unsupportedNodes(
  { module, program }: ParsedSource,
  legacyDecorators: boolean,
  { Visitor }: Toolchain,
): Finding[] {
  const findings: Finding[] = [];
  const add = (start: number, message: string, hint: string): void => {
    findings.push({ code: 'FP_MODULE_UNSUPPORTED_SYNTAX', start, message, hint });
  };
  const commonJs = (start: number): void => {
    // Next to imports or exports, `module` and `exports` are ordinary names.
    if (module.hasModuleSyntax) return;
    add(
      start,
      'This is a CommonJS module: it assigns to module.exports.',
      "Write 'export' instead, or load the file with createRequire(import.meta.url).",
    );
  };
  let decorated = legacyDecorators;
  new Visitor({
    Decorator({ start }) {
      if (decorated) return;
      decorated = true;
      add(
        start,
        'Standard decorators do not run in Node.',
        'Set "experimentalDecorators": true in tsconfig.json for the TypeScript kind, or call a function instead.',
      );
    },
    TSImportEqualsDeclaration({ start, importKind, moduleReference }) {
      if (importKind === 'type' || moduleReference.type !== 'TSExternalModuleReference') return;
      const specifier = moduleReference.expression.raw ?? "'…'";
      add(start, "'import … = require(…)' needs CommonJS.", `Write 'import name from ${specifier}' instead.`);
    },
    TSExportAssignment({ start }) {
      add(start, "'export =' needs CommonJS.", "Write named exports, or 'export default'.");
    },
    AssignmentExpression({ start, left }) {
      if (left.type !== 'MemberExpression' || left.computed || left.object.type !== 'Identifier') return;
      if (left.object.name === 'exports') commonJs(start);
      if (left.object.name === 'module' && left.property.name === 'exports') commonJs(start);
    },
  }).visit(program);
  return findings;
}

/** Dynamic imports whose path is visibly relative but not a literal. */
function computedPaths({ source, module }: ParsedSource): Finding[] {
  return module.dynamicImports.flatMap(({ moduleRequest: { start, end } }): Finding[] => {
    const text = source.text.slice(start, end);
    if (!/^['"`]\.{1,2}\//.test(text) || literalText(text) !== undefined) return [];
    return [
      {
        code: 'FP_MODULE_DYNAMIC_IMPORT',
        start,
        message: `The file of import(${text}) is only known at run time.`,
        hint: 'Import the files one by one with literal paths, for example from a map of functions: { a: () => import("./a.js") }.',
      },
    ];
  });
}
