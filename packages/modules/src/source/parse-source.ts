import { codeFrame } from '@flowerpower/core';
import { extname } from 'node:path';
import type { ParseResult } from 'oxc-parser';
import { formatPlace, type ModuleProblem } from '../errors/catalogue.js';
import { LineIndex } from '../files/line-index.js';
import type { SourceText } from '../files/source-text.js';
import type { Toolchain } from '../toolchain.js';

/**
 * A module's text as the parser sees it. The syntax tree and the comments are converted from native memory when they
 * are asked for, which costs ten times the parsing.
 */
export interface ParsedSource extends Pick<ParseResult, 'program' | 'module' | 'comments'> {
  readonly source: SourceText;
  readonly lines: LineIndex;
}

export function languageOf(file: string): 'ts' | 'js' {
  return extname(file).endsWith('ts') ? 'ts' : 'js';
}

/** Parses a module. The result is undefined when it has errors, which are added to `problems`. */
export function parseSource(
  source: SourceText,
  { parseSync }: Toolchain,
  problems: ModuleProblem[],
): ParsedSource | undefined {
  const result = parseSync(source.path, source.text, {
    lang: languageOf(source.path),
    astType: 'ts',
    sourceType: 'module',
    preserveParens: false,
    showSemanticErrors: true,
  });
  const lines = new LineIndex(source.text);
  if (result.errors.length > 0) {
    for (const error of result.errors) {
      const offset = error.labels[0]?.start;
      const position = offset === undefined ? undefined : lines.position(offset);
      problems.push(syntaxProblem(source, error.message, position, error.helpMessage ?? undefined));
    }
    return undefined;
  }
  return {
    source,
    lines,
    module: result.module,
    get program() {
      return result.program;
    },
    get comments() {
      return result.comments;
    },
  };
}

export function syntaxProblem(
  source: SourceText,
  message: string,
  position: { line: number; column: number } | undefined,
  hint: string | undefined,
): ModuleProblem {
  const place = { file: source.path, ...position };
  const frame = position && `\n${codeFrame(source.text, position.line, position.column)}`;
  return {
    code: 'FP_MODULE_SYNTAX',
    message: `${formatPlace(place)}: ${message}${frame ?? ''}`,
    hint,
    places: [place],
  };
}
