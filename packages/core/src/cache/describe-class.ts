/** What an object is besides its own properties, judged by its prototype. */
import { DataValidationError } from '../checks/data-validation-error.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { NodeExecutionError } from '../run/node-execution-error.js';

/** Objects with this method stand for themselves by the value that it returns. */
export const fingerprintKey: unique symbol = Symbol.for('flowerpower.fingerprint');

/** What an object is besides its own properties. */
type BuiltIn = 'object' | 'array' | 'map' | 'set' | 'date' | 'regexp' | 'error' | 'url' | 'view' | 'buffer';

export interface ClassFacts {
  readonly builtIn: BuiltIn;
  /** The names of the classes, the nearest first; empty for a plain object, array and so on. */
  readonly name: string;
  /** True when structured serialisation gives back the same: no class of its own, nothing lost. */
  readonly isPlain: boolean;
  /**
   * Why objects of this class cannot be known, unless they say what they stand for; reads on after the name of the
   * object.
   */
  readonly refusal?: string | undefined;
}

/** Properties of an error that are not enumerable; its name is one only where it was given to that error. */
export const hiddenOfErrors: readonly string[] = ['name', 'message', 'cause', 'errors', 'stack'];

/** Of every FlowerPowerError: a hidden property that tells it from an error which only has its prototype. */
export const errorBrand: unique symbol = Symbol.for('flowerpower.error');

const typedArray = /* @__PURE__ */ (() => Object.getPrototypeOf(Uint8Array.prototype) as object)();
const known = new WeakMap<object, ClassFacts>();
const withoutPrototype: ClassFacts = { builtIn: 'object', name: 'null', isPlain: false };

/** Of an object by its prototype. Facts are kept for each prototype. */
export function describeClass(value: object): ClassFacts {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return withoutPrototype;
  let facts = known.get(prototype);
  if (facts === undefined) {
    facts = describePrototype(prototype);
    known.set(prototype, facts);
  }
  return facts;
}

function describePrototype(prototype: object): ClassFacts {
  const builtIn = builtInOf(prototype);
  if (builtIn !== undefined) return factsOf(builtIn, prototype);
  if (holdsNothingHidden(prototype)) {
    return { builtIn: 'error', name: classNames(prototype).join(' '), isPlain: false };
  }
  if (!Object.hasOwn(prototype, 'constructor') || !isMakerOf(prototype, prototype.constructor)) {
    return refuse('is an object whose prototype belongs to no class', '');
  }
  const name = classNames(prototype).join(' ');
  const own = prototype.constructor.name;
  if (isNative(Function.prototype.toString.call(prototype.constructor))) {
    return refuse(`is a ${own}, whose state cannot be seen`, name);
  }
  // What it does depends on methods, private fields and closures, which cannot be compared.
  return refuse(`is an instance of the class ${own}, which does not say what it stands for`, name);
}

/**
 * Errors of this package have all that they know in their own properties. Of classes that others derive from them
 * nobody can say that.
 */
function holdsNothingHidden(prototype: object): boolean {
  return [FlowerPowerError, NodeExecutionError, DataValidationError].some(
    (known) => known.prototype === prototype,
  );
}

/** @param base - the built-in prototype; of views and errors its name tells them apart. */
function factsOf(builtIn: BuiltIn, base: object): ClassFacts {
  const name = builtIn === 'view' || builtIn === 'error' ? base.constructor.name : '';
  return { builtIn, name, isPlain: builtIn !== 'url' && builtIn !== 'error' };
}

function classNames(prototype: object): string[] {
  const names: string[] = [];
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (Object.hasOwn(at, 'constructor') && isMakerOf(at, at.constructor)) names.push(at.constructor.name);
  }
  return names;
}

function isMakerOf(prototype: object, maker: unknown): boolean {
  return typeof maker === 'function' && maker.prototype === prototype;
}

function refuse(refusal: string, name: string): ClassFacts {
  return { builtIn: 'object', name, isPlain: false, refusal };
}

/** Also of another realm: its prototypes differ, but carry the same names. */
function builtInOf(prototype: object): BuiltIn | undefined {
  switch (prototype) {
    case Object.prototype:
      return 'object';
    case Array.prototype:
      return 'array';
    case Map.prototype:
      return 'map';
    case Set.prototype:
      return 'set';
    case Date.prototype:
      return 'date';
    case RegExp.prototype:
      return 'regexp';
    case ArrayBuffer.prototype:
      return 'buffer';
    case DataView.prototype:
      return 'view';
    case URL.prototype:
      return 'url';
    default:
  }
  if (Object.getPrototypeOf(prototype) === typedArray || isBufferPrototype(prototype)) return 'view';
  const maker: unknown = Object.hasOwn(prototype, 'constructor') ? prototype.constructor : undefined;
  if (typeof maker !== 'function' || !isNative(Function.prototype.toString.call(maker))) return undefined;
  if (prototype instanceof Error || prototype === Error.prototype) return 'error';
  return maker.name === 'Object' && Object.getPrototypeOf(prototype) === null ? 'object' : undefined;
}

/** Node's Buffer is a Uint8Array with more methods and no more state. */
function isBufferPrototype(prototype: object): boolean {
  const { Buffer } = globalThis as { readonly Buffer?: { readonly prototype: object } };
  return Buffer !== undefined && prototype === Buffer.prototype;
}

export function isNative(text: string): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(text);
}
