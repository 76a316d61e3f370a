/** Contents and values that a format may refuse, but that must not get the better of it. */

const levels = 100_000;

/** By what is hostile about them. */
export const hostileContents: Readonly<Record<string, () => string>> = {
  'lists within lists': () => '['.repeat(levels) + ']'.repeat(levels),
  'lists that never close': () => '['.repeat(levels),
  'objects within objects': () => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
  'indented maps': () => Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
  'lists in one line': () => '- '.repeat(levels),
  'keys of keys': () => '? '.repeat(levels),
  'a quote that never closes': () => `"${'x\n'.repeat(levels)}`,
  'a key of a megabyte': () => `{"${'k'.repeat(1_000_000)}": 1}`,
  'commas only': () => ','.repeat(levels),
  'backslashes only': () => `"${'\\'.repeat(levels)}`,
  'the key __proto__': () => '{"__proto__": {"polluted": true}}',
  'the column __proto__': () => '__proto__,constructor\n{},1\n',
  'a byte order mark only': () => '\ufeff',
  'NUL characters': () => '\0'.repeat(100),
  nothing: () => '',
};

/** By what is hostile about them; made anew at each call. */
export const hostileValues: Readonly<Record<string, () => unknown>> = {
  'lists within lists': () => nested((inner) => [inner]),
  'objects within objects': () => nested((inner) => ({ a: inner })),
  'a deep value in a row': () => [{ a: nested((inner) => [inner]) }],
  'a cycle': () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    return [cycle];
  },
  'a getter that throws': () => [{ a: 1 }, throwingGetter()],
  'a getter that throws nothing': () => [
    Object.defineProperty({}, 'a', {
      enumerable: true,
      get() {
        // eslint-disable-next-line typescript/only-throw-error, no-throw-literal -- that is what is hostile
        throw undefined;
      },
    }),
  ],
  'a list whose item throws': () =>
    Object.defineProperty([{ a: 1 }, { a: 2 }], 1, {
      get() {
        throw new Error('hostile item');
      },
    }),
  'a revoked proxy': revoked,
  'a revoked proxy among rows': () => [{ a: 1 }, revoked()],
  'a revoked proxy in a row': () => [{ a: revoked() }],
  'a proxy that answers nothing': () => [
    new Proxy(
      { a: 1 },
      {
        get: refuse,
        ownKeys: refuse,
        getPrototypeOf: refuse,
        has: refuse,
        getOwnPropertyDescriptor: refuse,
      },
    ),
  ],
  'a toJSON that throws': () => [{ a: { toJSON: refuse } }],
  'a class whose name throws': () => [
    Object.create({
      get constructor(): unknown {
        return refuse();
      },
    }),
  ],
  'memory that was given away': () => {
    const bytes = new Uint8Array(4);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  'a symbol': () => Symbol('hostile'),
};

function nested(wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

function throwingGetter(): object {
  return {
    get a(): number {
      return refuse();
    },
  };
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function refuse(): never {
  throw new Error('hostile');
}
