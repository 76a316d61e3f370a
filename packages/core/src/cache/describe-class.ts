/** Whether the own properties of an object tell its whole state, judged by its class. */

/** Objects with this method stand for themselves by the value that it returns. */
export const fingerprintKey: unique symbol = Symbol.for('flowerpower.fingerprint') as never;

/** What an object is besides its own properties. */
type BuiltIn = 'object' | 'array' | 'map' | 'set' | 'date' | 'regexp' | 'error' | 'url' | 'view' | 'buffer';

export interface ClassFacts {
  readonly builtIn: BuiltIn;
  /** The names of the classes, the nearest first; empty for a plain object, array and so on. */
  readonly name: string;
  /** True when structured serialisation gives back the same: no class of its own, nothing lost. */
  readonly isPlain: boolean;
  /** Why objects of this class cannot be known; reads on after the name of the object. */
  readonly refusal?: string | undefined;
}

const typedArray = /* @__PURE__ */ Object.getPrototypeOf(Uint8Array.prototype) as object;
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
  const names: string[] = [];
  const declares = fingerprintKey in prototype;
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const builtIn = builtInOf(at);
    if (builtIn !== undefined) return factsOf(builtIn, names, at);
    const maker: unknown = Object.hasOwn(at, 'constructor') ? at.constructor : undefined;
    if (typeof maker !== 'function' || maker.prototype !== at) break;
    const refusal = declares ? undefined : refusalOf(maker.name, at, Function.prototype.toString.call(maker));
    if (refusal !== undefined) return refuse(refusal);
    names.push(maker.name);
  }
  return refuse('is an object whose prototype belongs to no class');
}

/** @param base - the built-in prototype; of views and errors its name tells them apart. */
function factsOf(builtIn: BuiltIn, classes: readonly string[], base: object): ClassFacts {
  const isOwn = classes.length === 0;
  const name = [...classes, ...(builtIn === 'view' || builtIn === 'error' ? [base.constructor.name] : [])];
  return { builtIn, name: name.join(' '), isPlain: isOwn && builtIn !== 'url' && builtIn !== 'error' };
}

function refuse(refusal: string): ClassFacts {
  return { builtIn: 'object', name: '', isPlain: false, refusal };
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

function refusalOf(name: string, prototype: object, text: string): string | undefined {
  if (isNative(text)) return `is a ${name}, whose state cannot be seen`;
  if (hasPrivateState(text)) return `is an instance of ${name}, whose class has private fields`;
  const isOneShot = 'next' in prototype || Symbol.asyncIterator in prototype;
  return isOneShot ? `is an instance of ${name}, which is consumed by reading it` : undefined;
}

export function isNative(text: string): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(text);
}

/** Access to a private name, as written or as compilers lower it. A private name in a string counts as well. */
function hasPrivateState(text: string): boolean {
  return /\.\s*#[\p{ID_Start}$_]|#[\p{ID_Continue}$]+\s+in\b|__private(?:Add|Get|In|Method|Set)\(|_classPrivate[A-Z]/u.test(
    text,
  );
}
