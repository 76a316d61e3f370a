/** Things that may be thrown, and that throw themselves when somebody looks at them. */
import * as fc from 'fast-check';

const no = () => {
  throw new Error('Nobody may look at this.');
};

function revoked(target: object = new Error('revoked')): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const keys = [
  'message',
  'name',
  'stack',
  'cause',
  'code',
  'hint',
  'places',
  'problems',
  'constructor',
  'retryable',
  'retryAfter',
  'then',
  'next',
  'toString',
  'valueOf',
  'toJSON',
  Symbol.toPrimitive,
  Symbol.toStringTag,
  Symbol.iterator,
  Symbol.asyncIterator,
  Symbol.for('flowerpower.error'),
  Symbol.for('flowerpower.retry'),
];

const traps: readonly (keyof ProxyHandler<object>)[] = [
  'get',
  'has',
  'getPrototypeOf',
  'ownKeys',
  'getOwnPropertyDescriptor',
  'apply',
];

function withThrowingGetters(target: object, names: readonly PropertyKey[]): object {
  // Written at the first look, which asks for the message.
  void (target as Error).stack;
  for (const name of names) Object.defineProperty(target, name, { get: no, configurable: true });
  return target;
}

function target(kind: 'error' | 'type-error' | 'object' | 'list' | 'function' | 'nothing'): object {
  switch (kind) {
    case 'error':
      return new Error('boom');
    case 'type-error':
      return new TypeError('fetch failed');
    case 'object':
      return {};
    case 'list':
      return [1];
    case 'function':
      return () => {};
    case 'nothing':
      return Object.create(null) as object;
  }
}

const targets = fc.constantFrom('error', 'type-error', 'object', 'list', 'function', 'nothing');
const others = ['frozen', 'revoked', 'revoked function', 'thenable', 'itself', 'symbols'] as const;

function other(kind: (typeof others)[number]): unknown {
  switch (kind) {
    case 'frozen':
      return Object.freeze(new Error('frozen'));
    case 'revoked':
      return revoked();
    case 'revoked function':
      return revoked(() => {});
    case 'thenable':
      // oxlint-disable-next-line unicorn/no-thenable -- that it looks like a promise is the point
      return { then: () => {} };
    case 'itself': {
      const error = new Error('circle');
      error.cause = error;
      return error;
    }
    case 'symbols': {
      const texts = { message: Symbol('message'), name: 5, code: {}, cause: Symbol('cause') };
      return Object.assign(new Error('x'), texts);
    }
  }
}

/** A recipe, because whoever draws the case would look at the thing itself. */
export interface Hostile {
  make(): unknown;
}

export const hostile: fc.Arbitrary<Hostile> = fc.oneof(
  fc
    .constantFrom<unknown>(undefined, null, 0, '', Number.NaN, 1n, true, Symbol('thrown'), Symbol.iterator)
    .map((value) => ({ make: () => value })),
  fc.constantFrom(...others).map((kind) => ({ make: () => other(kind) })),
  fc
    .tuple(targets, fc.subarray(keys))
    .map(([kind, names]) => ({ make: () => withThrowingGetters(target(kind), names) })),
  fc.tuple(targets, fc.subarray([...traps], { minLength: 1 })).map(([kind, names]) => ({
    make: () => new Proxy(target(kind), Object.fromEntries(names.map((name) => [name, no]))),
  })),
);
