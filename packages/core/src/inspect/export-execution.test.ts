import { expect, test } from 'vitest';
import { createDriver, defineModule, node, tag } from '../index.js';

const shop = defineModule({
  name: 'shop',
  file: 'shop.ts',
  exports: {
    total: node(
      ({ price, count = 1, rate }: { price: number; count?: number; rate: number }) => price * count * rate,
      tag({ team: 'b', area: ['x', 'y'] }),
    ),
    label: ({ total, again }: { total: number; again: number }) => `${total} ${again}`,
  },
  nodes: {
    label: {
      line: 3,
      column: 8,
      doc: 'For humans.',
      style: 'object',
      takesContext: false,
      returnType: 'string',
      parameters: [
        { name: 'total', optional: false, type: 'number' },
        { name: 'again', optional: false },
      ],
    },
  },
});
const driver = createDriver({ modules: [shop], config: { rate: 2 } });
const hash = expect.stringMatching(/^[\da-f]{32}$/);

test('an execution as data, sorted by name', () => {
  expect(driver.exportExecution(['label'], { inputs: { price: 3, again: 1 } })).toEqual({
    outputs: ['label'],
    nodes: [
      {
        name: 'again',
        kind: 'input',
        overridden: false,
        tags: {},
        dependencies: { required: [], optional: [] },
        version: hash,
      },
      {
        name: 'label',
        kind: 'function',
        overridden: false,
        tags: {},
        type: 'string',
        doc: 'For humans.',
        place: { file: 'shop.ts', line: 3, column: 8 },
        dependencies: { required: ['again', 'total'], optional: [] },
        version: hash,
      },
      {
        name: 'price',
        kind: 'input',
        overridden: false,
        tags: {},
        dependencies: { required: [], optional: [] },
        version: hash,
      },
      {
        name: 'rate',
        kind: 'config',
        overridden: false,
        tags: {},
        dependencies: { required: [], optional: [] },
        version: hash,
      },
      {
        name: 'total',
        kind: 'function',
        overridden: false,
        tags: { area: ['x', 'y'], team: 'b' },
        place: { file: 'shop.ts' },
        dependencies: { required: ['price', 'rate'], optional: ['count'] },
        version: hash,
      },
    ],
  });
});

test('the text is that of the data, and the same for another driver of the same code', () => {
  const request = [['label'], { inputs: { price: 3, again: 1 } }] as const;
  const exported = driver.exportExecution(...request);
  expect(JSON.parse(JSON.stringify(exported))).toStrictEqual(exported);
  const again = createDriver({ modules: [shop], config: { rate: 2 } }).exportExecution(...request);
  expect(JSON.stringify(again)).toBe(JSON.stringify(exported));
});

test('an override cuts what only it would need', () => {
  const { nodes } = driver.exportExecution(['label'], { inputs: { again: 1 }, overrides: { total: 5 } });
  expect(nodes.map(({ name, overridden }) => [name, overridden])).toEqual([
    ['again', false],
    ['label', false],
    ['total', true],
  ]);
});

test('a request that cannot start throws', () => {
  expect(() => driver.exportExecution(['label'])).toThrow(
    expect.objectContaining({ code: 'FP_INVALID_EXECUTION' }),
  );
});
