/**
 * Reads the tokens of a YAML text before the parser sees it. The lexer is iterative and linear; the parser
 * is recursive, and `yaml` 2.9 under Node 20 and 22 can abort the whole process on deep nesting.
 */
import type { ProblemDetails } from '../errors/problem-at.js';
import { yamlLimits } from './limits.js';
import type { YamlLibrary } from './yaml-library.js';

/** A refusal, with the offset where the limit was passed. */
export interface Refusal extends ProblemDetails {
  readonly offset: number;
}

/** The first limit that the text breaks. Nesting is counted without parsing and never below the truth. */
export function guardYaml(yaml: YamlLibrary, text: string): Refusal | undefined {
  if (utf8Length(text) > yamlLimits.bytes) return refusal(0, 'is larger than 1 MiB');
  const { tokenType } = yaml.CST;
  const nesting = new NestingCounter();
  let offset = 0;
  let lineStart = 0;
  let tokens = 0;
  let aliases = 0;
  let isScalarNext = false;
  for (const token of new yaml.Lexer().lex(text)) {
    if (++tokens > yamlLimits.tokens) return refusal(offset, `has more than ${yamlLimits.tokens} tokens`);
    const type = isScalarNext ? 'scalar' : tokenType(token);
    if (!isScalarNext && isControl(token)) {
      isScalarNext = token === yaml.CST.SCALAR;
      continue;
    }
    isScalarNext = false;
    if (type === 'alias' && ++aliases > yamlLimits.aliases) {
      return refusal(offset, `has more than ${yamlLimits.aliases} aliases`);
    }
    nesting.add(type, offset - lineStart);
    if (nesting.depth > yamlLimits.depth) {
      return refusal(offset, `nests deeper than ${yamlLimits.depth} levels`);
    }
    const newline = token.lastIndexOf('\n');
    if (newline !== -1) lineStart = offset + newline + 1;
    offset += token.length;
  }
  return undefined;
}

/** Tokens that the lexer adds to the text: document start, flow end after an error, scalar ahead. */
function isControl(token: string): boolean {
  return token === '\u0002' || token === '\u0018' || token === '\u001F';
}

/**
 * Depth of block and flow collections from token types and columns. Block collections nest when their
 * first token stands further right; only a list may start at the column of the map that holds it.
 */
class NestingCounter {
  #blocks: { column: number; isList: boolean }[] = [];
  #flow = 0;
  /** Column of the first token of what may turn out to be a key. */
  #keyColumn: number | undefined;

  get depth(): number {
    return this.#blocks.length + this.#flow;
  }

  add(type: string | null, column: number): void {
    switch (type) {
      case 'flow-map-start':
      case 'flow-seq-start':
        if (this.#flow === 0) this.#keyColumn ??= column;
        this.#flow++;
        return;
      case 'flow-map-end':
      case 'flow-seq-end':
        if (this.#flow > 0) this.#flow--;
        return;
      case 'newline':
        this.#keyColumn = undefined;
        return;
      case 'doc-start':
      case 'doc-end':
        this.#blocks = [];
        this.#flow = 0;
        return;
      case 'space':
      case 'comment':
      case 'comma':
        return;
    }
    if (this.#flow > 0) return;
    switch (type) {
      case 'seq-item-ind':
        this.#open(column, true);
        this.#keyColumn = undefined;
        return;
      case 'explicit-key-ind':
        this.#open(column, false);
        this.#keyColumn = undefined;
        return;
      case 'map-value-ind':
        this.#open(this.#keyColumn ?? column, false);
        this.#keyColumn = undefined;
        return;
      default:
        this.#keyColumn ??= column;
    }
  }

  #open(column: number, isList: boolean): void {
    for (let top = this.#blocks.at(-1); top; top = this.#blocks.at(-1)) {
      if (top.column < column || (top.column === column && (isList || !top.isList))) break;
      this.#blocks.pop();
    }
    const top = this.#blocks.at(-1);
    if (top?.column === column && top.isList === isList) return;
    this.#blocks.push({ column, isList });
  }
}

/** Counts no further than needed: a text of more code units than the limit is over it in any case. */
function utf8Length(text: string): number {
  return text.length > yamlLimits.bytes ? text.length : new TextEncoder().encode(text).length;
}

function refusal(offset: number, what: string): Refusal {
  return {
    code: 'FP_CONFIG_YAML_LIMIT',
    offset,
    message: `the YAML text ${what}, so it was not parsed.`,
    hint: 'Configuration is meant to be small: keep data in files and name them here.',
  };
}
