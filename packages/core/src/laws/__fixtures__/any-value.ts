/** Every kind of value that a node may give: what fast-check builds, and what hostile users build. */
import { inspect } from 'node:util';
import fc from 'fast-check';

const built = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

class Shelf {
  readonly #books: unknown;
  readonly of: unknown;
  constructor(of: unknown) {
    this.of = of;
    this.#books = of;
  }
  books() {
    return this.#books;
  }
}

/** Ways to make a value that looks like another one and is not. */
const disguises: readonly ((inner: unknown) => unknown)[] = [
  (inner) => Object.freeze({ inner }),
  (inner) => Object.seal({ inner }),
  (inner) => Object.defineProperty({ shown: 1 }, 'inner', { value: inner }),
  (inner) => ({
    get inner() {
      return inner;
    },
  }),
  (inner) => Object.assign([1, 2], { inner }),
  (inner) => Object.assign(new Map([[1, 2]]), { inner }),
  (inner) => Object.assign(new Date(0), { inner }),
  (inner) => Object.assign(/a/g, { lastIndex: 1 }) && [/a/g, inner],
  (inner) => new Set([inner, 1, 'a']),
  (inner) => new Set(['a', 1, inner]),
  (inner) => new Map([[inner, inner]]),
  (inner) => [inner, inner],
  (inner) => ({ b: inner, a: 1 }),
  (inner) => ({ a: 1, b: inner }),
  (inner) => ({ [Symbol.for('inner')]: inner }),
  (inner) => Object.assign(Object.create(null) as object, { inner }),
  (inner) => new Error('same', { cause: inner }),
  (inner) => new RangeError('same', { cause: inner }),
  (inner) => new Shelf(inner),
  (inner) => new URL(`file:///${typeof inner}`),
  (inner) => Buffer.from(typeof inner),
  (inner) => ((memory) => [memory.subarray(0, 2), memory.subarray(1), inner])(new Uint8Array(3)),
  (inner) => {
    const circle: Record<string, unknown> = { inner };
    circle['self'] = circle;
    return circle;
  },
  (inner) => JSON.parse(`{"__proto__": {"of": "${typeof inner}"}}`) as unknown,
];

export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  built,
  fc.tuple(built, fc.constantFrom(...disguises)).map(([inner, disguise]) => disguise(inner)),
  fc
    .tuple(built, fc.constantFrom(...disguises), fc.constantFrom(...disguises))
    .map(([inner, one, other]) => one(other(inner))),
);

/** Everything that can be seen of a value, as one text. */
export function lookAt(value: unknown): string {
  const whole = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
  const shape = inspect(value, { ...whole, showHidden: true, getters: true });
  const list = Array.isArray(value) ? value : [];
  return `${shape} ${list.length > 1 && typeof list[0] === 'object' && list[0] === list[1] ? 'shared' : ''} ${
    typeof value === 'object' && value !== null ? `${Object.isFrozen(value)} ${Object.isSealed(value)}` : ''
  }`;
}
