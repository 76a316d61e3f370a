/**
 * `${…}` references in a text. Grammar:
 *
 *     $$               a dollar sign
 *     $NAME  ${NAME}   the variable; unset is a fault
 *     ${NAME:-text}    text when unset or empty         ${NAME-text}   text when unset
 *     ${NAME:?why}     fault `why` when unset or empty  ${NAME?why}    fault `why` when unset
 *
 * The operator is the first thing after the name. `text` may hold references of its own; it ends at the `}`
 * that balances, so braces in pairs are fine. A text that is not needed is not evaluated. A dollar sign
 * before anything else is literal. What a variable holds is never read again for references.
 */
import { didYouMean } from '@flowerpower/core';
import type { ConfigErrorCode } from '../errors/catalogue.js';

export type Environment = Readonly<Record<string, string | undefined>>;

interface InterpolationFault {
  readonly code: ConfigErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

export interface Interpolation {
  readonly text: string;
  /** The whole text was one reference, so its value may be more than text. */
  readonly isWhole: boolean;
  /** The text with `${NAME}` for each reference, without operators and defaults. */
  readonly shown: string;
  /** What each reference gave. */
  readonly texts: readonly { readonly text: string; readonly reference: string }[];
  readonly faults: readonly InterpolationFault[];
}

/** References inside defaults inside defaults: enough for anyone, and the parser is recursive. */
const maxDepth = 16;

export function interpolate(text: string, environment: Environment): Interpolation {
  const reader = new Reader(text, environment);
  const result = reader.readText(true, 0);
  return {
    text: result,
    isWhole: reader.isWhole,
    shown: reader.shown,
    texts: reader.texts,
    faults: reader.faults,
  };
}

class Reader {
  readonly faults: InterpolationFault[] = [];
  readonly texts: { text: string; reference: string }[] = [];
  isWhole = false;
  shown = '';
  #at = 0;
  #hasGivenUp = false;
  readonly #text: string;
  readonly #environment: Environment;

  constructor(text: string, environment: Environment) {
    this.#text = text;
    this.#environment = environment;
  }

  /** Reads to the end, or inside a reference (depth > 0) to the closing brace. */
  readText(isNeeded: boolean, depth: number): string {
    let out = '';
    let openBraces = 0;
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const char = this.#text[start];
      if (char === '$') {
        const given = this.#readDollar(isNeeded, depth);
        out += given;
        if (depth === 0) this.#show(this.#text.slice(start, this.#at), given);
        if (depth === 0 && start === 0 && this.#at === this.#text.length)
          this.isWhole = this.#text[1] !== '$';
      } else if (depth > 0 && char === '}' && openBraces === 0) {
        return out;
      } else if (char === '{' || char === '}') {
        openBraces += char === '{' ? 1 : -1;
        out += char;
        if (depth === 0) this.shown += char;
        this.#at++;
      } else {
        const literal = this.#match(/[^${}]+/y);
        out += literal;
        if (depth === 0) this.shown += literal;
      }
    }
    return out;
  }

  /** Shows a reference by its name alone; a dollar sign that is none is a dollar sign. */
  #show(written: string, given: string): void {
    const name = /^\$\{? *([A-Za-z_][A-Za-z0-9_]*)/.exec(written)?.[1];
    const reference = name === undefined ? given : `\${${name}}`;
    this.shown += reference;
    if (name !== undefined && given !== '') this.texts.push({ text: given, reference });
  }

  #readDollar(isNeeded: boolean, depth: number): string {
    this.#at++;
    const next = this.#text[this.#at];
    if (next === '$') {
      this.#at++;
      return '$';
    }
    if (next === '{') {
      this.#at++;
      return this.#readReference(isNeeded, depth + 1);
    }
    const name = this.#match(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (name === '') return '$';
    return this.#lookUp(name) ?? this.#unset(name, isNeeded);
  }

  #readReference(isNeeded: boolean, depth: number): string {
    if (depth > maxDepth) return this.#malformed(`nests deeper than ${maxDepth} levels`);
    this.#match(/ +/y);
    const name = this.#match(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (name === '') return this.#malformed('has no variable name after ${');
    this.#match(/ +/y);
    const operator = this.#match(/:?[-?]/y);
    const value = this.#lookUp(name);
    const isAbsent = operator.startsWith(':') ? value === undefined || value === '' : value === undefined;
    let result = value ?? '';
    if (operator.endsWith('-')) {
      const fallback = this.readText(isNeeded && isAbsent, depth);
      if (isAbsent) result = fallback;
    } else if (operator.endsWith('?')) {
      const start = this.#at;
      this.readText(false, depth);
      const why = this.#text.slice(start, this.#at).trim();
      if (isAbsent && isNeeded) this.#required(name, value, why);
    } else if (this.#text[this.#at] === ':' && ['secret', 'env', 'file'].includes(name)) {
      return this.#unavailable(name);
    } else if (this.#text[this.#at] === '}') {
      if (isAbsent) this.#unset(name, isNeeded);
    } else if (this.#at < this.#text.length) {
      return this.#malformed(`has no known operator after '${name}'`);
    }
    if (this.#text[this.#at] !== '}') return this.#malformed('is not closed');
    this.#at++;
    return result;
  }

  #lookUp(name: string): string | undefined {
    return Object.hasOwn(this.#environment, name) ? this.#environment[name] : undefined;
  }

  #unset(name: string, isNeeded: boolean): string {
    if (!isNeeded) return '';
    const known = Object.keys(this.#environment).filter((other) => this.#environment[other] !== undefined);
    const suggestion = didYouMean(name, known);
    this.faults.push({
      code: 'FP_CONFIG_VARIABLE_UNSET',
      message: `environment variable '${name}' is not set.${suggestion ? ` ${suggestion}` : ''}`,
      hint: `Set it, or give a default: \${${name}:-text}. \${${name}:-} stands for the empty text.`,
    });
    return '';
  }

  #required(name: string, value: string | undefined, why: string): void {
    const state = value === undefined ? 'not set' : 'empty';
    this.faults.push({
      code: 'FP_CONFIG_VARIABLE_UNSET',
      message: `environment variable '${name}' is ${state}${why ? `: ${why}` : ''}.`,
      hint: `Set ${name} to a value that is not empty.`,
    });
  }

  #unavailable(kind: string): string {
    return this.#giveUp({
      code: 'FP_CONFIG_INTERPOLATION',
      message: `\${${kind}:…} references are not part of this version.`,
      hint: 'Put the value in an environment variable and write ${NAME}.',
    });
  }

  #malformed(what: string): string {
    return this.#giveUp({
      code: 'FP_CONFIG_INTERPOLATION',
      message: `a reference ${what}.`,
      hint: 'Known forms: ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?message}, ${NAME?message}. Write $$ for a dollar sign.',
    });
  }

  /** Nothing after a malformed reference can be read with confidence, and nothing around it is closed. */
  #giveUp(fault: InterpolationFault): string {
    this.#at = this.#text.length;
    if (!this.#hasGivenUp) this.faults.push(fault);
    this.#hasGivenUp = true;
    return '';
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
