/** Whatever is thrown can be described. */
import { expect, test } from 'vitest';
import { describeError } from './describe-error.js';

function hostile(property: string): Error {
  return Object.defineProperty(new Error('outside'), property, {
    get() {
      throw new Error('never look at me');
    },
  });
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable(new Error('gone'), {});
  revoke();
  return proxy;
}

test.each(['name', 'message', 'stack', 'cause', 'code'])('an error whose %s getter throws', (property) => {
  const described = describeError(hostile(property));
  expect(described.message).toBe(property === 'message' ? '(its message cannot be read)' : 'outside');
  expect(() => JSON.stringify(described)).not.toThrow();
});

test('a revoked proxy, also as a cause; a message that is not a text', () => {
  expect(describeError(revoked())).toEqual({ name: 'object', message: 'a value of type object was thrown' });
  expect(describeError(new Error('x', { cause: revoked() })).cause?.name).toBe('object');
  const odd = Object.assign(new Error('x'), { message: 7, name: null });
  expect(describeError(odd)).toMatchObject({ name: 'Error', message: '(its message cannot be read)' });
});
