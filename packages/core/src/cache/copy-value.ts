/** An independent copy of a value that has a fingerprint. */
import { describeClass, errorBrand, fingerprintKey, hiddenOfErrors } from './describe-class.js';

/**
 * Copies what a consumer could change: objects, arrays, maps, sets, dates, errors and buffers, with circles, sharing
 * and frozen parts kept; without recursion. Objects that state their own fingerprint are not copied: only their class
 * knows how.
 */
export function copyValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const copies = new Map<object, object>();
  const open: object[] = [];
  const copyOf = (part: unknown): unknown => {
    if (!isObject(part)) return part;
    const made = copies.get(part);
    if (made !== undefined) return made;
    const copy = emptyCopy(part);
    copies.set(part, copy);
    if (copy !== part) open.push(part);
    return copy;
  };
  const root = copyOf(value);
  const frozen: object[] = [];
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    const copy = copies.get(source)!;
    fill(source, copy, copyOf);
    if (Object.isFrozen(source)) frozen.push(copy);
  }
  for (const copy of frozen) Object.freeze(copy);
  return root;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function emptyCopy(source: object): object {
  if (typeof (source as { [fingerprintKey]?: unknown })[fingerprintKey] === 'function') return source;
  const copy = bare(source);
  const prototype = Object.getPrototypeOf(source) as object | null;
  if (Object.getPrototypeOf(copy) !== prototype) Object.setPrototypeOf(copy, prototype);
  return copy;
}

function bare(source: object): object {
  switch (describeClass(source).builtIn) {
    case 'array':
      return [];
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'date':
      return new Date(source as Date);
    case 'regexp': {
      const copy = new RegExp(source as RegExp);
      copy.lastIndex = (source as RegExp).lastIndex;
      return copy;
    }
    case 'error':
      return new Error((source as Error).message);
    case 'url':
      return new URL((source as URL).href);
    case 'buffer':
      return (source as ArrayBuffer).slice(0);
    case 'view':
      return copyView(source as ArrayBufferView<ArrayBuffer>);
    default:
      return {};
  }
}

function copyView(view: ArrayBufferView<ArrayBuffer>): object {
  const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  if (view instanceof DataView) return new DataView(bytes);
  const name = (view as Uint8Array<ArrayBuffer>)[Symbol.toStringTag] as keyof typeof globalThis;
  const Type = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => object>)[name]!;
  return new Type(bytes);
}

function fill(source: object, copy: object, copyOf: (part: unknown) => unknown): void {
  if (copy instanceof Map) {
    for (const [key, item] of source as Map<unknown, unknown>) copy.set(copyOf(key), copyOf(item));
  } else if (copy instanceof Set) {
    for (const item of source as Set<unknown>) copy.add(copyOf(item));
  } else if (copy instanceof Error) {
    for (const key of hiddenOfErrors) delete (copy as unknown as Record<string, unknown>)[key];
    for (const key of Object.getOwnPropertyNames(source)) {
      const isHidden = !Object.prototype.propertyIsEnumerable.call(source, key);
      if (isHidden && hiddenOfErrors.includes(key)) copyHidden(source, copy, key, copyOf);
    }
    const brand = Object.getOwnPropertyDescriptor(source, errorBrand);
    if (brand !== undefined) Object.defineProperty(copy, errorBrand, brand);
  } else if (ArrayBuffer.isView(copy)) return;
  if (Array.isArray(copy)) {
    const items = source as readonly unknown[];
    copy.length = items.length;
    const keys = Object.keys(items);
    if (keys.length === items.length && keys.at(-1) === `${items.length - 1}`) {
      for (let index = 0; index < items.length; index++) copy[index] = copyOf(items[index]);
    } else for (const key of keys) setOwn(copy, key, copyOf(items[key as never]));
  } else for (const key of Object.keys(source)) setOwn(copy, key, copyOf((source as never)[key]));
  for (const key of Object.getOwnPropertySymbols(source)) {
    if (Object.prototype.propertyIsEnumerable.call(source, key)) {
      setOwn(copy, key, copyOf((source as Record<symbol, unknown>)[key]));
    }
  }
}

/** Properties of an error that are not enumerable. Where the stack is an accessor, the engine's own, it is set through it. */
function copyHidden(source: object, copy: object, key: string, copyOf: (part: unknown) => unknown): void {
  const property = Object.getOwnPropertyDescriptor(source, key)!;
  const value = copyOf((source as Record<string, unknown>)[key]);
  if (property.get === undefined) {
    Object.defineProperty(copy, key, { value, enumerable: false, configurable: true, writable: true });
    return;
  }
  Object.defineProperty(copy, key, { ...property, configurable: true });
  (copy as Record<string, unknown>)[key] = value;
}

/** Assigning would meet setters and `__proto__`. */
function setOwn(target: object, key: PropertyKey, value: unknown): void {
  if (key in target) {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else (target as Record<PropertyKey, unknown>)[key] = value;
}
