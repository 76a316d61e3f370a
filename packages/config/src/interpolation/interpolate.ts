/**
 * `${…}` references in a text. Grammar:
 *
 *     $$                  a dollar sign
 *     $NAME  ${NAME}      the variable; unset is a fault     ${env:NAME} is the same
 *     ${secret:NAME}      the variable, whose value is a secret
 *     ${file:path}        the text of a file, without the line break at its end
 *     ${run.inputs.day}   another value of the configuration
 *     ${…:-text}          text when unset or empty           ${…-text}   text when unset
 *     ${…:?why}           fault `why` when unset or empty    ${…?why}    fault `why` when unset
 *
 * The operator is the first thing after the name. `text` may hold references of its own; it ends at the `}`
 * that balances, so braces in pairs are fine. A text that is not needed is not evaluated. A dollar sign
 * before anything else is literal. What a reference gives is never read again for references.
 */
import { didYouMean } from '@flowerpower/core';
import type { ConfigErrorCode } from '../errors/catalogue.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface InterpolationFault {
  readonly code: ConfigErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What a reference gave. */
export interface ReferenceText {
  readonly text: string;
  /** `${DB_PASSWORD}`. */
  readonly reference: string;
  readonly isSecret?: boolean | undefined;
}

/** What a reference to a file or to another key gives; a fault names what is wrong with it. */
export type Found =
  | { readonly text: string; readonly texts?: readonly ReferenceText[] | undefined }
  | { readonly fault: InterpolationFault }
  /** No value; a sentence says what was probably meant. */
  | { readonly near: string };

/** What references are looked up in. */
export interface Surroundings {
  readonly environment: Environment;
  readonly file: (path: string) => Found;
  /** Undefined for a key that has no value. Without this, a text that refers to a key is left for later: `isOpen`. */
  readonly key?: ((path: string) => Found | undefined) | undefined;
}

export interface Interpolation {
  readonly text: string;
  /** The whole text was one reference, so its value may be more than text. */
  readonly isWhole: boolean;
  /** The text refers to keys, which were not given. */
  readonly isOpen: boolean;
  /** A secret, or a text that holds one. */
  readonly isSecret: boolean;
  /** The text comes from a file. */
  readonly isFromFile: boolean;
  /** The text with `${NAME}` for each reference, without operators and defaults. */
  readonly shown: string;
  /** What each reference to the environment gave. */
  readonly texts: readonly ReferenceText[];
  readonly faults: readonly InterpolationFault[];
}

/** References inside defaults inside defaults: enough for anyone, and the parser is recursive. */
const maxDepth = 16;

export function interpolate(text: string, surroundings: Surroundings): Interpolation {
  const reader = new Reader(text, surroundings);
  const result = reader.readText(true, 0);
  return {
    text: result,
    isWhole: reader.isWhole,
    isOpen: reader.isOpen,
    isSecret: reader.texts.some(({ isSecret }) => isSecret),
    isFromFile: reader.isFromFile,
    shown: reader.shown,
    texts: reader.texts,
    faults: reader.faults,
  };
}

/** What a reference names. */
interface Target {
  readonly kind: 'variable' | 'secret' | 'file' | 'key';
  readonly name: string;
}

class Reader {
  readonly faults: InterpolationFault[] = [];
  readonly texts: ReferenceText[] = [];
  isWhole = false;
  isOpen = false;
  isFromFile = false;
  shown = '';
  #at = 0;
  #hasGivenUp = false;
  /** Of the key that was looked up last. */
  #near: string | undefined;
  readonly #text: string;
  readonly #surroundings: Surroundings;

  constructor(text: string, surroundings: Surroundings) {
    this.#text = text;
    this.#surroundings = surroundings;
  }

  /** Reads to the end, or inside a reference (depth > 0) to the closing brace. */
  readText(isNeeded: boolean, depth: number): string {
    let out = '';
    let openBraces = 0;
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const char = this.#text[start];
      if (char === '$') {
        out += this.#readDollar(isNeeded, depth);
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

  #readDollar(isNeeded: boolean, depth: number): string {
    this.#at++;
    const next = this.#text[this.#at];
    if (next === '$') {
      this.#at++;
      if (depth === 0) this.shown += '$';
      return '$';
    }
    if (next === '{') {
      this.#at++;
      return this.#readReference(isNeeded, depth + 1);
    }
    const name = this.#match(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (name === '') {
      if (depth === 0) this.shown += '$';
      return '$';
    }
    const target: Target = { kind: 'variable', name };
    const value = isNeeded ? this.#lookUp(target) : undefined;
    if (value === undefined && isNeeded) this.#unset(target);
    if (depth === 0) this.#show(target, value ?? '');
    return value ?? '';
  }

  #readReference(isNeeded: boolean, depth: number): string {
    if (depth > maxDepth) return this.#malformed(`nests deeper than ${maxDepth} levels`);
    this.#match(/ +/y);
    const target = this.#readTarget();
    if (target === undefined) return this.#malformed('has no variable name after ${');
    this.#match(/ +/y);
    const operator = this.#match(/:?[-?]/y);
    // Where a fault was found nothing is absent: that is what is wrong.
    const before = this.faults.length;
    const value = isNeeded ? this.#lookUp(target) : undefined;
    const isFaulty = this.faults.length > before || (this.isOpen && target.kind === 'key');
    const isUnset = operator.startsWith(':') ? value === undefined || value === '' : value === undefined;
    const isAbsent = isUnset && !isFaulty;
    let result = value ?? '';
    if (operator.endsWith('-')) {
      const fallback = this.readText(isNeeded && isAbsent, depth);
      if (isAbsent) result = fallback;
    } else if (operator.endsWith('?')) {
      const start = this.#at;
      this.readText(false, depth);
      const why = this.#text.slice(start, this.#at).trim();
      if (isAbsent && isNeeded) this.#required(target, value, why);
    } else if (this.#text[this.#at] === '}') {
      if (isAbsent && isNeeded) this.#unset(target);
    } else if (this.#at < this.#text.length) {
      return this.#malformed(`has no known operator after '${target.name}'`);
    }
    if (this.#text[this.#at] !== '}') return this.#malformed('is not closed');
    this.#at++;
    if (depth === 1) this.#show(target, result);
    return result;
  }

  #readTarget(): Target | undefined {
    const name = this.#match(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (name === '') return undefined;
    if (name === 'file') {
      const path = this.#match(/:(?![-?])[^{}$]+/y);
      if (path !== '') return { kind: 'file', name: path.slice(1).trim() };
    }
    if (name === 'env' || name === 'secret') {
      const variable = this.#match(/:[A-Za-z_][A-Za-z0-9_]*/y);
      if (variable !== '') return { kind: name === 'env' ? 'variable' : name, name: variable.slice(1) };
    }
    const keys = this.#match(/(?:\.[A-Za-z0-9_]+)+/y);
    return keys === '' ? { kind: 'variable', name } : { kind: 'key', name: name + keys };
  }

  /** Shows a reference by its name alone. */
  #show({ kind, name }: Target, given: string): void {
    const reference = kind === 'variable' || kind === 'key' ? `\${${name}}` : `\${${kind}:${name}}`;
    this.shown += reference;
    // A secret has told of itself, and what a key holds comes with what that was made of.
    if (kind === 'variable' && given !== '') this.texts.push({ text: given, reference });
  }

  /** Undefined where there is no value, which may be a fault or not. */
  #lookUp({ kind, name }: Target): string | undefined {
    const { environment, file, key } = this.#surroundings;
    if (kind === 'file' || kind === 'key') {
      if (kind === 'key' && key === undefined) {
        this.isOpen = true;
        return undefined;
      }
      if (kind === 'file') this.isFromFile = true;
      const found = kind === 'file' ? file(name) : key?.(name);
      this.#near = undefined;
      if (found === undefined) return undefined;
      if ('fault' in found) {
        this.faults.push(found.fault);
        return undefined;
      }
      if ('near' in found) {
        this.#near = found.near;
        return undefined;
      }
      this.texts.push(...(found.texts ?? []));
      return found.text;
    }
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (kind === 'secret' && value !== undefined && value !== '')
      this.texts.push({ text: value, reference: `\${secret:${name}}`, isSecret: true });
    return value;
  }

  #unset({ kind, name }: Target): void {
    if (kind === 'key') {
      this.faults.push({
        code: 'FP_CONFIG_REFERENCE',
        message: `'${name}' has no value.${this.#near === undefined ? '' : ` ${this.#near}`}`,
        hint: `Give it one, or a default: \${${name}:-text}.`,
      });
      return;
    }
    const { environment } = this.#surroundings;
    const known = Object.keys(environment).filter((other) => environment[other] !== undefined);
    const suggestion = didYouMean(name, known);
    const what = kind === 'secret' ? 'secret' : 'environment variable';
    this.faults.push({
      code: 'FP_CONFIG_VARIABLE_UNSET',
      message: `${what} '${name}' is not set.${suggestion ? ` ${suggestion}` : ''}`,
      hint:
        kind === 'secret'
          ? `Set the environment variable ${name} where the run is started, or in the file .env.`
          : `Set it, or give a default: \${${name}:-text}. \${${name}:-} stands for the empty text.`,
    });
  }

  #required({ kind, name }: Target, value: string | undefined, why: string): void {
    const state = value === undefined ? 'not set' : 'empty';
    const what = { variable: 'environment variable', secret: 'secret', file: 'file', key: 'key' }[kind];
    this.faults.push({
      code: kind === 'key' ? 'FP_CONFIG_REFERENCE' : 'FP_CONFIG_VARIABLE_UNSET',
      message: `${what} '${name}' is ${state}${why ? `: ${why}` : ''}.`,
      hint: `Set ${name} to a value that is not empty.`,
    });
  }

  #malformed(what: string): string {
    return this.#giveUp({
      code: 'FP_CONFIG_INTERPOLATION',
      message: `a reference ${what}.`,
      hint: 'Known forms: ${NAME}, ${secret:NAME}, ${file:path}, ${run.inputs.name}, and behind a name :-default, -default, :?message, ?message. Write $$ for a dollar sign.',
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
