/** What the parser says about a text, in the words of people who write YAML and no parsers. */

interface Words {
  readonly pattern: RegExp;
  readonly say: string;
}

/** Without a full stop. `$1` is what the pattern found. */
const sentences: readonly Words[] = [
  {
    pattern: /^Nested mappings are not allowed/,
    say: "a value goes on as a map here: indent its keys below it, or quote a text that holds ': '",
  },
  { pattern: /^All mapping items must start/, say: 'keys of one map must begin in the same column' },
  { pattern: /^All sequence items must start/, say: "the '-' of one list must stand in the same column" },
  {
    pattern: /^Implicit keys need to be on a single line/,
    say: "a key must be followed by ': ' on its line",
  },
  { pattern: /^Implicit map keys need to be followed/, say: "a key must be followed by ': '" },
  { pattern: /^Missing closing (['"])quote/, say: 'a text that begins with $1 is not closed' },
  {
    pattern: /^Plain value cannot start with .* character (.)$/,
    say: 'a text that begins with $1 must be quoted',
  },
  { pattern: /^Tabs are not allowed/, say: 'indent with spaces, not with tabs' },
  { pattern: /^Unexpected block-seq-ind/, say: "the items of a list begin on a line of their own: '- item'" },
  {
    pattern: /^Unexpected (?:scalar|flow-\w+-start) at node end/,
    say: 'something follows where the value has ended',
  },
  { pattern: /^Unexpected [\w-]+ token in YAML \w+: "([\]}])"/, say: "'$1' closes nothing" },
];

const unclosed = /^Flow (?:map|sequence) in block collection must be .* end with a ([\]}])/;

/** @param offset - of the fault, as the parser sees it: for a list that is not closed, where that shows. */
export function inPlainWords(
  text: string,
  message: string,
  offset: number,
): { readonly message: string; readonly offset: number } {
  const close = unclosed.exec(message)?.[1];
  if (close !== undefined) {
    const open = close === ']' ? '[' : '{';
    const what = close === ']' ? 'list' : 'map';
    const said = `the ${what} that begins with ${open} here has no ${close}, or goes on with less indentation`;
    return { message: `${said}.`, offset: openBracket(text, offset, open, close) };
  }
  const found = sentences.find(({ pattern }) => pattern.test(message));
  const said = found === undefined ? message : found.say.replace('$1', found.pattern.exec(message)![1] ?? '');
  return { message: said.endsWith('.') ? said : `${said}.`, offset };
}

/** The last bracket before the offset that nothing closes up to there; the offset itself where there is none. */
function openBracket(text: string, offset: number, open: string, close: string): number {
  let closed = 0;
  for (let at = Math.min(offset, text.length) - 1; at >= 0; at--) {
    if (text[at] === close) closed++;
    else if (text[at] === open && closed-- === 0) return at;
  }
  return offset;
}
