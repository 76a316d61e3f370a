/** The content version of a value: equal content has equal fingerprints, different content has different ones. */
import {
  type ClassFacts,
  describeClass,
  errorBrand,
  fingerprintKey,
  hiddenOfErrors,
} from './describe-class.js';
import { isError } from '../errors/is-error.js';
import { messageOf } from '../errors/message-of.js';
import { HashWriter } from './hash-writer.js';

export type Fingerprint =
  | {
      /** SHA-256 of the typed content, 64 hexadecimal digits. */
      readonly hash: string;
      /** The size of what was hashed: about the size of the value. */
      readonly sizeBytes: number;
      /** The first part that structured serialisation would lose or change, such as an instance of a class. */
      readonly rich?: string | undefined;
    }
  | {
      /** Why the value has no fingerprint, naming the part, for example "`rows[3].client` is a function". */
      readonly uncacheable: string;
    };

/**
 * The fingerprint of any value. Synchronous, deterministic on every platform and in every process, without recursion.
 *
 * - Types count: `1`, `'1'`, `1n`, `true`, `0` and `-0`, `null` and `undefined`, a hole and `undefined`, a `Uint8Array`
 *   and a `Buffer` differ. All NaNs are one.
 * - Order counts: of elements, of keys in objects and maps, of elements in sets. So does being frozen.
 * - Circles are allowed. Sharing counts: `[a, a]` differs from two objects of the same content.
 * - An error, one of FlowerPower's too, counts with its message, cause, stack and all of its fields, a typed array by the part of the memory that it shows.
 * - An object with a method `Symbol.for('flowerpower.fingerprint')` counts by the names of its classes and what the
 *   method returns, whatever else it holds.
 * - No fingerprint, because it could not be told from another value, or not be made again: functions, promises, streams,
 *   iterators, weak collections, symbols outside of `Symbol.for`, shared or resizable memory, two views on the same
 *   memory, instances of every other class, and objects with accessors, with properties that are hidden or read-only,
 *   or that are sealed without being frozen.
 * - A proxy, and an accessor among the elements of an array, count by what they give. A view with properties of its own
 *   has no fingerprint; names on a typed array of more than 1024 elements are unseen, since only a list of all its
 *   indices would tell.
 *
 * @example
 * ```ts
 * import { fingerprint } from '@flowerpower/core';
 *
 * const a = fingerprint({ rows: [1, 2], name: 'x' });
 * const b = fingerprint({ rows: [1, 2], name: 'x' });
 * console.log('hash' in a && 'hash' in b && a.hash === b.hash); // true
 * console.log(fingerprint({ client: { send() {} } })); // { uncacheable: '`client.send` is a function' }
 * ```
 */
export function fingerprint(value: unknown): Fingerprint {
  const writer = spare ?? new HashWriter();
  spare = undefined;
  writer.reset();
  try {
    return new Encoder(writer).run(value);
  } finally {
    spare = writer;
  }
}

/** Scratch memory between calls; a call inside a call (from a protocol method) makes its own. */
let spare: HashWriter | undefined;

// Tags of the encoding. They are part of every stored key: never renumber them.
const tag = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  number: 4,
  bigint: 5,
  text: 6,
  symbol: 7,
  seen: 8,
  hole: 9,
  array: 10,
  sparse: 11,
  object: 12,
  map: 13,
  set: 14,
  date: 15,
  regexp: 16,
  error: 17,
  url: 18,
  view: 19,
  buffer: 20,
  protocol: 21,
  frozen: 22,
} as const;

/** An object whose parts are being written: `parts[next]`, or the property `keys[next]` of `source`. */
interface Frame {
  readonly source: object;
  readonly keys: readonly PropertyKey[] | undefined;
  readonly parts: readonly unknown[];
  readonly form: 'array' | 'properties' | 'map' | 'set' | 'protocol';
  next: number;
}

class Encoder {
  readonly #writer: HashWriter;
  readonly #frames: Frame[] = [];
  #seen: Map<object, number> | undefined;
  #rich: string | undefined;
  /** The parts of memory that were written, by the memory. */
  #shown: Map<ArrayBuffer, (readonly [from: number, to: number])[]> | undefined;

  constructor(writer: HashWriter) {
    this.#writer = writer;
  }

  run(value: unknown): Fingerprint {
    try {
      let problem = this.#write(value);
      for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
        if (problem !== undefined) return { uncacheable: `${this.#path()} ${problem}` };
        problem = this.#step(frame);
      }
      if (problem !== undefined) return { uncacheable: `${this.#path()} ${problem}` };
    } catch (error) {
      return { uncacheable: `${this.#path()} cannot be read: ${textOf(error)}` };
    }
    const { hash, sizeBytes } = this.#writer.finish();
    return this.#rich === undefined ? { hash, sizeBytes } : { hash, sizeBytes, rich: this.#rich };
  }

  /** Writes the next part of a frame, or leaves it. */
  #step(frame: Frame): string | undefined {
    const { source, keys, parts } = frame;
    const index = frame.next++;
    if (keys !== undefined) {
      if (index === keys.length) return this.#leave();
      const key = keys[index]!;
      if (typeof key === 'symbol') {
        this.#note('has a symbol as a key');
        const problem = this.#symbol(key);
        if (problem !== undefined) return `has a key that ${problem}`;
      } else this.#writer.text(key as string);
      return this.#write((source as Record<PropertyKey, unknown>)[key]);
    }
    if (index === parts.length) return this.#leave();
    const part = parts[index];
    if (part === undefined && !(index in parts)) {
      this.#writer.byte(tag.hole);
      return undefined;
    }
    return this.#write(part);
  }

  #leave(): undefined {
    this.#frames.pop();
  }

  /** @returns why it cannot be written; reads on after the name of the part. */
  #write(value: unknown): string | undefined {
    const writer = this.#writer;
    switch (typeof value) {
      case 'number':
        writer.byte(tag.number);
        writer.number(value);
        return undefined;
      case 'string':
        writer.byte(tag.text);
        writer.text(value);
        return undefined;
      case 'boolean':
        writer.byte(value ? tag.true : tag.false);
        return undefined;
      case 'undefined':
        writer.byte(tag.undefined);
        return undefined;
      case 'bigint':
        writer.byte(tag.bigint);
        writer.text(value.toString(16));
        return undefined;
      case 'symbol':
        this.#note('is a symbol');
        return this.#symbol(value);
      case 'function':
        return 'is a function';
      default:
    }
    if (value === null) {
      writer.byte(tag.null);
      return undefined;
    }
    return this.#object(value as object);
  }

  #symbol(value: symbol): string | undefined {
    const key = Symbol.keyFor(value);
    if (key === undefined) return `is the symbol ${String(value)}, which is not from Symbol.for`;
    this.#writer.byte(tag.symbol);
    this.#writer.text(key);
    return undefined;
  }

  #object(value: object): string | undefined {
    const facts = describeClass(value);
    const { builtIn, name, isPlain } = facts;
    const stands = (value as { [fingerprintKey]?: unknown })[fingerprintKey];
    const standsForItself = typeof stands === 'function';
    if (facts.refusal !== undefined && !standsForItself) return facts.refusal;
    this.#seen ??= new Map();
    const number = this.#seen.get(value);
    if (number !== undefined) {
      this.#writer.byte(tag.seen);
      this.#writer.size(number);
      return undefined;
    }
    this.#seen.set(value, this.#seen.size);
    if (!isPlain) this.#note(name === 'null' ? 'has no prototype' : `is an instance of ${name || 'URL'}`);
    if (standsForItself) {
      this.#begin(tag.protocol, name);
      const parts = [stands.call(value)];
      this.#frames.push({ source: value, keys: undefined, parts, form: 'protocol', next: 0 });
      return undefined;
    }
    if (Array.isArray(value) !== (builtIn === 'array')) return 'has a prototype that is not its own';
    if (!Object.isExtensible(value)) {
      if (!Object.isFrozen(value)) return 'is sealed or cannot be extended';
      this.#note('is frozen');
      this.#writer.byte(tag.frozen);
    }
    return this.#content(value, facts);
  }

  #begin(kind: number, name: string): void {
    this.#writer.byte(kind);
    this.#writer.text(name);
  }

  #content(value: object, { builtIn, name }: ClassFacts): string | undefined {
    const writer = this.#writer;
    switch (builtIn) {
      case 'array':
        return this.#array(value as readonly unknown[], name);
      case 'map': {
        const parts = [...(value as ReadonlyMap<unknown, unknown>)].flat(1);
        this.#begin(tag.map, name);
        return this.#properties(value) ?? this.#enter(value, parts, 'map');
      }
      case 'set': {
        const parts = [...(value as ReadonlySet<unknown>)];
        this.#begin(tag.set, name);
        return this.#properties(value) ?? this.#enter(value, parts, 'set');
      }
      case 'date':
        this.#begin(tag.date, name);
        writer.number((value as Date).getTime());
        return this.#properties(value);
      case 'regexp':
        this.#begin(tag.regexp, name);
        writer.text((value as RegExp).source);
        writer.text((value as RegExp).flags);
        if ((value as RegExp).lastIndex !== 0) this.#note('is a regular expression in use');
        writer.number((value as RegExp).lastIndex);
        return this.#properties(value, ['lastIndex']);
      case 'url':
        this.#begin(tag.url, name);
        writer.text((value as URL).href);
        return this.#properties(value);
      case 'error': {
        if (Object.prototype.toString.call(value) !== '[object Error]') return 'is not an error of its own';
        const unusual = unusualOfErrors(value);
        if (unusual !== undefined) return unusual;
        const hidden = hiddenOfErrors.filter(
          (key) => !Object.prototype.propertyIsEnumerable.call(value, key),
        );
        const parts = hiddenOfErrors.map((key) => (value as unknown as Record<string, unknown>)[key]);
        this.#begin(tag.error, name);
        for (const key of [...hidden, errorBrand]) writer.byte(Object.hasOwn(value, key) ? 1 : 0);
        return this.#properties(value, [...hidden, errorBrand]) ?? this.#enter(value, parts, 'array');
      }
      case 'buffer':
        this.#begin(tag.buffer, name);
        writer.raw(new Uint8Array(value as ArrayBuffer));
        return (
          this.#memory(value as ArrayBuffer, 0, (value as ArrayBuffer).byteLength) ?? this.#properties(value)
        );
      case 'view': {
        const { buffer, byteOffset, byteLength } = value as ArrayBufferView;
        if (!(buffer instanceof ArrayBuffer)) return 'is a view on shared memory';
        if (hasOwnNames(value as ArrayBufferView)) return 'has properties of its own';
        this.#begin(tag.view, name);
        writer.raw(new Uint8Array(buffer, byteOffset, byteLength));
        return this.#memory(buffer, byteOffset, byteLength);
      }
      default:
        this.#begin(tag.object, name);
        return this.#properties(value);
    }
  }

  /** Holes, and names among the elements, count. */
  #array(value: readonly unknown[], name: string): string | undefined {
    const { length } = value;
    const names = Object.getOwnPropertyNames(value);
    // Elements come first, in their order, then `length`.
    const isDense = names.length === length + 1 && (length === 0 || names[length - 1] === `${length - 1}`);
    if (isDense && Object.getOwnPropertySymbols(value).length === 0) {
      this.#begin(tag.array, name);
      this.#writer.size(length);
      this.#frames.push({ source: value, keys: undefined, parts: value, form: 'array', next: 0 });
      return undefined;
    }
    this.#begin(tag.sparse, name);
    this.#writer.size(length);
    return this.#properties(value, ['length']);
  }

  /** Memory that two parts show cannot be told from two pieces of memory of the same content. */
  #memory(buffer: ArrayBuffer, from: number, size: number): string | undefined {
    if ((buffer as { readonly resizable?: boolean }).resizable === true)
      return 'is memory that can be resized';
    const shown = (this.#shown ??= new Map());
    const parts = shown.get(buffer) ?? [];
    const to = from + size;
    if (parts.some((part: readonly [number, number]) => from < part[1] && part[0] < to))
      return 'shares its memory with another part';
    shown.set(buffer, [...parts, [from, to]]);
    return undefined;
  }

  #enter(source: object, parts: readonly unknown[], form: Frame['form']): undefined {
    this.#writer.size(parts.length);
    this.#frames.push({ source, keys: undefined, parts, form, next: 0 });
  }

  /**
   * Own properties, by names and by symbols.
   *
   * @param hidden - keys that need not be there and count elsewhere.
   */
  #properties(source: object, hidden: readonly PropertyKey[] = []): string | undefined {
    let keys: readonly PropertyKey[] = Object.getOwnPropertyNames(source);
    const symbols = Object.getOwnPropertySymbols(source);
    if (symbols.length > 0) keys = [...keys, ...symbols];
    if (hidden.length > 0) keys = keys.filter((key) => !hidden.includes(key));
    this.#writer.size(keys.length);
    if (keys.length === 0) return undefined;
    const isFrozen = !Object.isExtensible(source);
    for (const key of keys) {
      const property = Object.getOwnPropertyDescriptor(source, key)!;
      const what = isFrozen ? property.enumerable && 'value' in property : isOrdinary(property);
      if (!what) return `has ${describeProperty(property)} '${String(key)}'`;
    }
    if (!Array.isArray(source) && describeClass(source).builtIn !== 'object') {
      this.#note('has properties of its own');
    }
    this.#frames.push({ source, keys, parts: [], form: 'properties', next: 0 });
    return undefined;
  }

  #note(what: string): void {
    this.#rich ??= `${this.#path()} ${what}`;
  }

  /** Where the writing stands, as it would be written in code; the end of a very long one. */
  #path(): string {
    const pieces: string[] = [];
    let size = 0;
    for (let index = this.#frames.length - 1; index >= 0 && size < 200; index--) {
      const piece = pieceOf(this.#frames[index]!);
      size += piece.length;
      pieces.push(piece);
    }
    if (pieces.length === 0) return 'the value';
    if (pieces.length < this.#frames.length) pieces.push('…');
    return `\`${pieces.reverse().join('').replace(/^\./, '')}\``;
  }
}

/** Of a typed array every index is a name, and listing those of a large one costs more than reading it. */
function hasOwnNames(view: ArrayBufferView & { readonly length?: number }): boolean {
  if (Object.getOwnPropertySymbols(view).length > 0) return true;
  const elements = view.length ?? 0;
  return elements <= maxNamesListed && Object.getOwnPropertyNames(view).length > elements;
}

const maxNamesListed = 1024;

function pieceOf({ form, keys, parts, next }: Frame): string {
  const index = next - 1;
  if (index < 0) return '';
  if (keys !== undefined) {
    const key = keys[index];
    if (typeof key === 'symbol') return `[${String(key)}]`;
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(String(key))
      ? `.${String(key)}`
      : `[${JSON.stringify(key)}]`;
  }
  if (form === 'protocol') return `[${String(fingerprintKey)}]()`;
  if (form === 'set') return `.values()[${index}]`;
  if (form === 'array') return `[${index}]`;
  const key = parts[index - (index % 2)];
  const text = typeof key === 'string' ? JSON.stringify(key) : typeof key === 'number' ? String(key) : '…';
  return index % 2 === 0 ? `.keys()[${index / 2}]` : `.get(${text})`;
}

/** Newer engines give every error its stack by one accessor. */
const stackGetter = /* @__PURE__ */ (() => Object.getOwnPropertyDescriptor(new Error(), 'stack')?.get)();

/** Why the properties of an error that are not enumerable could not be made again. */
function unusualOfErrors(error: object): string | undefined {
  const isExtensible = Object.isExtensible(error);
  for (const key of hiddenOfErrors) {
    const property = Object.getOwnPropertyDescriptor(error, key);
    if (property === undefined) continue;
    const { get, set, enumerable, writable } = property;
    if (get !== undefined || set !== undefined) {
      if (key !== 'stack' || get !== stackGetter) return `has the accessor '${key}'`;
    } else if (enumerable === true) {
      // A name is given to an error by assigning it, and then a property like any other.
      if (key !== 'name') return `has the enumerable property '${key}'`;
    } else if (isExtensible && !(writable === true && property.configurable === true)) {
      return `has the read-only property '${key}'`;
    }
  }
  return undefined;
}

function isOrdinary({ writable, enumerable, configurable }: PropertyDescriptor): boolean {
  return writable === true && enumerable === true && configurable === true;
}

function describeProperty({ get, set, enumerable }: PropertyDescriptor): string {
  if (get !== undefined || set !== undefined) return 'the accessor';
  return enumerable === true ? 'the read-only property' : 'the hidden property';
}

function textOf(error: unknown): string {
  return isError(error) ? messageOf(error) : 'it throws something that is not an error';
}
