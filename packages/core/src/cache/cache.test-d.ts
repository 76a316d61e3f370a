import { expectTypeOf } from 'vitest';
import {
  cache,
  type CacheInspection,
  type CacheStore,
  createDriver,
  defineCacheStore,
  extractFields,
  fingerprint,
  memoryCacheStore,
  node,
  parameterizeValues,
} from '../index.js';

const record = () => ({ low: 1, high: 'x' });

// Nothing about names and types changes.
const driver = createDriver({
  modules: [
    {
      a: node((): number => 1, cache('disable')),
      b: node(record, extractFields('low', 'high'), cache({ behavior: 'default', target: 'high' })),
      c: node(
        ({ x }: { x: number }) => x,
        parameterizeValues('x', { one: 1, two: 2 }),
        cache({ behavior: 'ignore', target: 'one' }),
      ),
    },
  ],
});
expectTypeOf(driver.executeSync(['a', 'high', 'one'])).toEqualTypeOf<{
  a: number;
  high: string;
  one: number;
}>();

// Whatever it is given besides, a driver with a cache has it.
const stored = { scaled: ({ x }: { x: number }) => x };
const store = memoryCacheStore();
for (const inspected of [
  createDriver({ modules: [stored], cache: { store } }).cache,
  createDriver({ modules: [stored], cache: { store, recompute: ['scaled'] } }).cache,
  createDriver({ modules: [stored], cache: { store, recompute: true, ignore: ['x'] } }).cache,
])
  expectTypeOf(inspected).toEqualTypeOf<CacheInspection<'scaled' | 'x'>>();
expectTypeOf(createDriver({ modules: [stored] }).cache).toEqualTypeOf<undefined>();

// @ts-expect-error there is no such behaviour
cache('recomputed');
// @ts-expect-error nor such an option
cache({ behavior: 'disable', targets: 'a' });
const scale = ({ x }: { x: number }) => x;
// @ts-expect-error there is no node 'three'
node(scale, parameterizeValues('x', { one: 1 }), cache({ behavior: 'ignore', target: 'three' }));

const version = fingerprint(1);
if ('hash' in version) expectTypeOf(version.hash).toEqualTypeOf<string>();
else expectTypeOf(version.uncacheable).toEqualTypeOf<string>();

// A store of one's own is declared before a driver takes it.
declare const mine: CacheStore;
// @ts-expect-error it brings no engine
createDriver({ modules: [{ a: () => 1 }], cache: { store: mine } });
createDriver({ modules: [{ a: () => 1 }], cache: { store: defineCacheStore(mine) } });
createDriver({ modules: [{ a: () => 1 }], cache: { store: memoryCacheStore() } });
