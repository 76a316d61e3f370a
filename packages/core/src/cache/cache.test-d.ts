import { expectTypeOf } from 'vitest';
import { cache, createDriver, extractFields, fingerprint, node, parameterizeValues } from '../index.js';

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
