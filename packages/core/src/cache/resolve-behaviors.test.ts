import { expect, test } from 'vitest';
import type { GraphNode, NodeKind } from '../model/graph.js';
import type { CacheBehavior } from '../model/cache-behavior.js';
import { memoryCacheStore } from './memory-cache-store.js';
import { resolveBehaviors } from './resolve-behaviors.js';

const nodeOf = (name: string, kind: NodeKind, cache?: CacheBehavior): GraphNode => ({
  name,
  kind,
  dependencies: [],
  bound: {},
  tags: {},
  cache,
});
const nodes = new Map(
  [
    nodeOf('client', 'input'),
    nodeOf('limit', 'config'),
    nodeOf('read', 'loader'),
    nodeOf('rows', 'function'),
    nodeOf('marked', 'function', 'disable'),
    nodeOf('write', 'saver'),
  ].map((node) => [node.name, node]),
);
const store = memoryCacheStore();
const resolve = (options: object) => Object.fromEntries(resolveBehaviors({ store, ...options }, nodes).of);

test('defaults: loaders run again, savers never count on the cache, modifiers hold', () => {
  expect(resolve({})).toEqual({
    client: 'default',
    limit: 'default',
    read: 'recompute',
    rows: 'default',
    marked: 'disable',
    write: 'disable',
  });
});

test('lists come before modifiers, modifiers before defaults', () => {
  const made = resolve({
    recompute: ['marked'],
    ignore: ['client'],
    defaultBehavior: 'disable',
    defaultLoaderBehavior: 'default',
    defaultSaverBehavior: 'ignore',
  });
  expect(made).toMatchObject({ client: 'ignore', marked: 'recompute', rows: 'disable' });
  expect(made).toMatchObject({ read: 'default', write: 'ignore' });
});

test('true means every computed node that no list names, except savers', () => {
  expect(resolve({ recompute: true, disable: ['rows'] })).toEqual({
    client: 'default',
    limit: 'default',
    read: 'recompute',
    rows: 'disable',
    marked: 'recompute',
    write: 'disable',
  });
});

test('every problem is reported together', () => {
  const wrong = {
    store: { contractVersion: 2 },
    recompute: ['rows', 'client', 'rwos'],
    disable: true,
    ignore: true,
    default: ['rows', 'rows'],
    recompte: [],
    defaultBehavior: 'recomputed',
  };
  expect(() => resolve(wrong)).toThrow(
    expect.objectContaining({
      code: 'FP_BAD_CACHE_OPTION',
      problems: [
        expect.objectContaining({
          message: 'There is no option cache.recompte.',
          hint: "Did you mean 'recompute'?",
        }),
        expect.objectContaining({
          message: 'cache.store keeps version 2 of the contract; this version of FlowerPower needs 1.',
        }),
        expect.objectContaining({
          message: "cache.defaultBehavior is 'recomputed', which is not a behaviour.",
          hint: "Did you mean 'recompute'?",
        }),
        expect.objectContaining({ message: "'rows' is named by cache.default and by cache.recompute." }),
        expect.objectContaining({
          message: "cache.recompute names 'client', which is given and not computed.",
        }),
        expect.objectContaining({
          message: "cache.recompute names 'rwos', which is not a node.",
          hint: "Did you mean 'rows'?",
        }),
        expect.objectContaining({ message: 'cache.disable and cache.ignore are all true.' }),
      ],
    }),
  );
  expect(() => resolve({ store: undefined })).toThrow('cache.store is not a cache store.');
  expect(() => resolve({ default: 'rows' })).toThrow('cache.default is neither true nor a list of names.');
});
