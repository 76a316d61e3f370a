/** What the annotation of an input says of the values that it takes, as far as a text can be judged by it. */

export type Member =
  | { readonly kind: 'scalar'; readonly name: Scalar }
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean }
  | { readonly kind: 'list'; readonly item: string }
  /** Says nothing by which a text could be judged: a type of the user, a record. */
  | { readonly kind: 'other' };

const scalars = ['string', 'number', 'bigint', 'boolean', 'Date'] as const;
export type Scalar = (typeof scalars)[number];

export interface Annotation {
  readonly members: readonly Member[];
  readonly isNullable: boolean;
}

/** @param type - as the source has it, for example `readonly number[] | undefined`. */
export function annotationOf(type: string | undefined): Annotation {
  const all = type === undefined ? [] : splitUnion(type);
  const members = all.filter((member) => member !== 'null' && member !== 'undefined');
  return { members: members.map(memberOf), isNullable: all.includes('null') };
}

function memberOf(text: string): Member {
  const type = withoutParentheses(text);
  const name = scalars.find((each) => each === type);
  if (name !== undefined) return { kind: 'scalar', name };
  const value = literalOf(type);
  if (value !== undefined) return { kind: 'literal', value };
  const item = itemOf(type);
  return item === undefined ? { kind: 'other' } : { kind: 'list', item };
}

function literalOf(type: string): string | number | bigint | boolean | undefined {
  const quoted = /^(['"])([^'"\\]*)\1$/.exec(type)?.[2];
  if (quoted !== undefined) return quoted;
  if (type === 'true' || type === 'false') return type === 'true';
  if (/^-?\d+n$/.test(type)) return BigInt(type.slice(0, -1));
  return /^-?\d+(?:\.\d+)?$/.test(type) ? Number(type) : undefined;
}

function itemOf(type: string): string | undefined {
  const generic = /^(?:Readonly)?Array\s*<(.*)>$/s.exec(type)?.[1];
  if (generic !== undefined) return generic;
  const item = /^(?:readonly\s+)?(.*)\[\s*\]$/s.exec(type)?.[1]?.trim();
  // `keyof X[]` and the like are not lists of their front part.
  if (item === undefined || !(/^[\w.$]+$/.test(item) || /[)\]'"]$/.test(item))) return undefined;
  return withoutParentheses(item);
}

function withoutParentheses(text: string): string {
  const type = text.trim();
  if (!type.startsWith('(') || !type.endsWith(')')) return type;
  const inner = type.slice(1, -1);
  return isBalanced(inner) ? inner.trim() : type;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** Splits at the bars that stand outside of brackets and quotes. */
function splitUnion(type: string): string[] {
  const text = withoutParentheses(type);
  const members: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"' || character === '`') quote = character;
    else if ('([{<'.includes(character)) depth++;
    // The head of an arrow closes nothing.
    else if (')]}>'.includes(character) && !(character === '>' && text[at - 1] === '=')) depth--;
    else if (character === '|' && depth === 0) {
      members.push(text.slice(start, at));
      start = at + 1;
    }
  }
  members.push(text.slice(start));
  return members.map((member) => member.trim()).filter((member) => member !== '');
}
