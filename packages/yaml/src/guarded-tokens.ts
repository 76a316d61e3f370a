/**
 * Parses a YAML text step by step and stops where a limit is passed. The lexer is iterative and linear. The parser takes
 * one lexical token at a time and keeps what is open on a stack of its own, so its depth is known before anything
 * recurses to that depth: under Node 20 and 22 such a recursion can end the whole process.
 */
import type { CST } from 'yaml';
import type { YamlLimits } from './limits.js';
import type { YamlLibrary } from './yaml-library.js';

/** Thrown where a text passes a limit. */
export class YamlExcess extends Error {
  override readonly name = 'YamlExcess';
  readonly offset: number;

  /** @param what - the limit, as the end of a sentence. */
  constructor(offset: number, what: string) {
    super(what);
    this.offset = offset;
  }
}

/** What the parser makes of a text, document by document. @throws YamlExcess */
export function* guardedTokens(
  yaml: YamlLibrary,
  text: string,
  limits: YamlLimits,
): Generator<CST.Token, void> {
  const { depth, bytes = Infinity, tokens: maxTokens = Infinity, aliases: maxAliases = Infinity } = limits;
  if (isLongerThan(text, bytes)) throw new YamlExcess(0, `is larger than ${sizeText(bytes)}`);
  const parser = new yaml.Parser();
  let tokens = 0;
  let aliases = 0;
  let isScalar = false;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    const { offset } = parser;
    if (++tokens > maxTokens) throw new YamlExcess(offset, `has more than ${maxTokens} tokens`);
    // The lexer puts a mark in front of every scalar, which may begin with anything.
    if (!isScalar && lexeme.startsWith('*') && ++aliases > maxAliases) {
      throw new YamlExcess(offset, `has more than ${maxAliases} aliases`);
    }
    isScalar = !isScalar && lexeme === yaml.CST.SCALAR;
    yield* parser.next(lexeme);
    if (parser.stack.length > depth && parser.stack.filter(isCollection).length > depth) {
      throw new YamlExcess(offset, `nests deeper than ${depth} levels`);
    }
  }
  yield* parser.end();
}

function isCollection({ type }: CST.Token): boolean {
  return type === 'block-map' || type === 'block-seq' || type === 'flow-collection';
}

/** Encodes no further than needed: a text of more code units than the limit is over it in any case. */
function isLongerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  // No code unit takes more than three bytes.
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

function sizeText(bytes: number): string {
  return bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : `${bytes} bytes`;
}
