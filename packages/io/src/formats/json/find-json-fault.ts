/**
 * The offset of the first character at which a text stops being JSON (RFC 8259), or its length when it ends too
 * early. Called for texts that `JSON.parse` has refused, whose message does not always tell the position.
 */
export function findJsonFault(text: string): number {
  const scanner = new JsonScanner(text);
  return scanner.scan();
}

const space = /[ \t\n\r]*/y;
/** The longest run that begins a word or a number. */
const literalStart =
  /t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?|-?(?:0|[1-9]\d*)?(?:(?<=\d)\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?/y;
const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

class JsonScanner {
  readonly #text: string;
  #at = 0;
  /** Closing brackets still expected, innermost last. */
  readonly #open: ('}' | ']')[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  scan(): number {
    // What may come next: a value, a key, or what follows a value.
    let expects: 'value' | 'value or ]' | 'key' | 'key or }' | 'after' = 'value';
    for (;;) {
      this.#skip(space);
      const character = this.#text[this.#at];
      if (character === undefined) return this.#at;
      if (expects === 'after') {
        const closing = this.#open.at(-1);
        if (closing === undefined) return this.#at;
        this.#at++;
        if (character === closing) this.#open.pop();
        else if (character === ',') expects = closing === '}' ? 'key' : 'value';
        else return this.#at - 1;
      } else if (character === this.#open.at(-1) && (expects === 'value or ]' || expects === 'key or }')) {
        this.#at++;
        this.#open.pop();
        expects = 'after';
      } else if (expects === 'key' || expects === 'key or }') {
        if (character !== '"' || !this.#string()) return this.#at;
        this.#skip(space);
        if (this.#text[this.#at] !== ':') return this.#at;
        this.#at++;
        expects = 'value';
      } else if (character === '{' || character === '[') {
        this.#at++;
        this.#open.push(character === '{' ? '}' : ']');
        expects = character === '{' ? 'key or }' : 'value or ]';
      } else {
        if (character === '"' ? !this.#string() : !this.#literal()) return this.#at;
        expects = 'after';
      }
    }
  }

  /** Steps over what a sticky pattern matches and returns it. */
  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** Steps over a number or word; on a fault stops at the faulty character. */
  #literal(): boolean {
    return literal.test(this.#skip(literalStart));
  }

  /** Steps over a string; on a fault stops at the faulty character. */
  #string(): boolean {
    this.#at++;
    for (; ; this.#at++) {
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at++;
        return true;
      }
      if (character === undefined || character < ' ') return false;
      if (character !== '\\') continue;
      this.#at++;
      const escaped = this.#text[this.#at];
      if (escaped === 'u') {
        for (let digit = 0; digit < 4; digit++) {
          if (!/[0-9a-fA-F]/.test(this.#text[this.#at + 1] ?? '')) {
            this.#at++;
            return false;
          }
          this.#at++;
        }
      } else if (escaped === undefined || !'"\\/bfnrt'.includes(escaped)) {
        return false;
      }
    }
  }
}
