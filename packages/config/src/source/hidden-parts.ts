/**
 * What no message shows of a YAML text: the values of `storageOptions`, which may be credentials. Found in the text itself,
 * because frames are also made for texts that cannot be parsed; in doubt more is hidden.
 */

/** Part of one line. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

const keyPattern = /(?:storageOptions|storage_options)["']?\s*:(?=[\s"'[{]|$)/g;

/** In the order of the text; none holds a line break. */
export function hiddenParts(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const match of text.matchAll(keyPattern)) {
    // One within the values of another.
    if (match.index < done) continue;
    const colon = match.index + match[0].length;
    const value = startOfValue(text, colon);
    const isFlow = text[value] === '{' || text[value] === '[';
    const hide = (from: number, to: number) => hideLines(text, { from, to }, parts);
    if (isFlow) {
      done = endOfFlow(text, value);
      hide(value + 1, text[done - 1] === '}' || text[done - 1] === ']' ? done - 1 : done);
    } else {
      const lineEnd = endOfLine(text, colon);
      hide(colon, lineEnd);
      done = hideBlock(text, { from: lineEnd + 1, indent: indentOf(text, match.index) }, hide);
    }
  }
  return parts;
}

/** Behind white space, comments, anchors and tags. */
function startOfValue(text: string, from: number): number {
  const before = /(?:\s+|#[^\n]*|[&!][^\s[\]{},]*(?=\s))*/y;
  before.lastIndex = from;
  return from + (before.exec(text)?.[0].length ?? 0);
}

/** Behind the bracket that closes the one at `from`; the end of the text where none does. */
function endOfFlow(text: string, from: number): number {
  // A quote begins a text only where a value may begin, and `#` a comment only behind white space.
  const token = /[[{]|[\]}]|(?<=[\s,:[{])"(?:[^"\\]|\\[^])*"?|(?<=[\s,:[{])'(?:[^']|'')*'?|(?<=\s)#[^\n]*/g;
  token.lastIndex = from;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [first] = found[0];
    if (first === '[' || first === '{') depth++;
    else if ((first === ']' || first === '}') && --depth === 0) return token.lastIndex;
  }
  return text.length;
}

/**
 * Hides the lines that are indented further than the key, but for keys that stand at their beginning.
 *
 * @returns where the block ends.
 */
function hideBlock(
  text: string,
  { from, indent }: { readonly from: number; readonly indent: number },
  hide: (from: number, to: number) => void,
): number {
  /** Lines indented further than this go on with the value of a key. */
  let valueIndent = Number.POSITIVE_INFINITY;
  let at = from;
  while (at < text.length) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    const column = line.search(/[^\s]/);
    if (column !== -1) {
      const isItem = column === indent && line[column] === '-';
      if (column <= indent && !isItem) break;
      const isValue = column > valueIndent;
      const key = isValue ? null : /^\s*(?:- +)?([A-Za-z_][\w.-]*):(?=\s|$)/.exec(line);
      if (!isValue) {
        const rest = key === null ? '' : line.slice(key[0].length);
        valueIndent = /^\s*(?:[&!]\S*\s*)*(?:#.*)?$/.test(rest) ? Number.POSITIVE_INFINITY : column;
      }
      hide(at + (key?.[0].length ?? 0), end);
    }
    at = end + 1;
  }
  return at;
}

/** The column that what belongs to a key lies behind. */
function indentOf(text: string, key: number): number {
  const lineStart = text.lastIndexOf('\n', key - 1) + 1;
  const before = text.slice(lineStart, key);
  const written = /^(\s*(?:- +)*)(?:\? *)?["']?$/.exec(before);
  // In a flow map the line is all that is known.
  return written === null ? before.search(/\S/) : written[1]!.length;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function hideLines(text: string, { from, to }: Part, into: Part[]): void {
  for (let at = from; at < to; ) {
    const end = Math.min(to, endOfLine(text, at));
    const line = text.slice(at, end);
    const shown = line.trim();
    // What is no more than brackets says nothing.
    if (/[^[\]{},]/.test(shown)) {
      const first = at + line.search(/\S/);
      into.push({ from: first, to: first + shown.length });
    }
    at = end + 1;
  }
}
