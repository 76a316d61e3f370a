/** Exports of one name, which Node refuses without saying where they are. */
import { codeFrame } from '@flowerpower/core';
import type { ParseResult } from 'oxc-parser';
import { formatPlace, type ModuleProblem } from '../errors/catalogue.js';
import type { ParsedSource } from './parse-source.js';

/**
 * @param emitted - the module as it will run, without types and without the signatures of overloads.
 * @returns a problem for each name that is exported more than once, with the places in the source.
 */
export function duplicateExports(emitted: ParseResult['module'], parsed: ParsedSource): ModuleProblem[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { entries } of emitted.staticExports) {
    for (const { exportName } of entries) {
      // oxlint-disable-next-line typescript/no-unsafe-enum-comparison -- the enum exists in types only
      const name = exportName.kind === 'Default' ? 'default' : exportName.name;
      if (name === null) continue;
      if (seen.has(name)) twice.add(name);
      seen.add(name);
    }
  }
  return [...twice].map((name) => problemOf(name, parsed));
}

function problemOf(name: string, parsed: ParsedSource): ModuleProblem {
  const { source, lines } = parsed;
  const places = exportOffsets(name, parsed).map((offset) => ({
    file: source.path,
    ...lines.position(offset),
  }));
  const last = places.at(-1) ?? { file: source.path };
  const frame = 'line' in last ? `\n${codeFrame(source.text, last.line, last.column)}` : '';
  return {
    code: 'FP_MODULE_SYNTAX',
    message: `${formatPlace(last)}: '${name}' is exported more than once.${frame}`,
    hint: 'The name of an export is the name of a node: rename one, or keep one.',
    places: places.length > 0 ? places : [last],
  };
}

type Statement = ParsedSource['program']['body'][number];

/** Where the source exports the name, in order. */
function exportOffsets(name: string, { program }: ParsedSource): number[] {
  return program.body.flatMap((statement) =>
    exportedIn(statement).flatMap((each) => (each.name === name ? [each.start] : [])),
  );
}

function exportedIn(statement: Statement): { readonly name: string; readonly start: number }[] {
  if (statement.type === 'ExportDefaultDeclaration') return [{ name: 'default', start: statement.start }];
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const { declaration, specifiers } = statement;
  const named = specifiers.map(({ exported }) => ({
    name: exported.type === 'Literal' ? exported.value : exported.name,
    start: exported.start,
  }));
  switch (declaration?.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return declaration.id ? [{ name: declaration.id.name, start: declaration.id.start }] : [];
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) =>
        id.type === 'Identifier' ? [{ name: id.name, start: id.start }] : [],
      );
    default:
      return named;
  }
}
