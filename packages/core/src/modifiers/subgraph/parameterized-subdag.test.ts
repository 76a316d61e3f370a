/** Several nodes, each on a sub-graph of its own. */
import { describe, expect, test } from 'vitest';
import {
  createDriver,
  extractFields,
  FlowerPowerError,
  inject,
  node,
  parameterizedSubdag,
  source,
  tag,
  when,
} from '../../index.js';

const rates = {
  rate__uk: node(() => 0.25, when({ country: 'uk' })),
  rate__de: node(({ base }: { base: number }) => base, when({ country: 'de' })),
};
const pricing = { net: async ({ gross, rate }: { gross: number; rate: number }) => gross / (1 + rate) };
const scaled = ({ net, by }: { net: number; by: number }) => net * by;

const untyped: (fn: unknown, ...modifiers: unknown[]) => object = node;
const modifier: (options: unknown) => unknown = parameterizedSubdag as never;

function messagesOf(options: unknown, ...others: unknown[]) {
  try {
    createDriver({ modules: [{ f: untyped(scaled, ...others, modifier(options)) }] });
  } catch (error) {
    if (error instanceof FlowerPowerError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

test('each output has its own copy, inputs and configuration (#157)', async () => {
  const m = {
    by: () => 2,
    sales: () => 125,
    nets: node(
      scaled,
      parameterizedSubdag({
        modules: [pricing, rates],
        inputs: { gross: source('sales') },
        externalInputs: ['by'],
        outputs: {
          uk: { config: { country: 'uk' } },
          de: { inputs: { gross: 300, base: source('vat') }, config: { country: 'de' } },
        },
      }),
      tag({ a: 'b' }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  const inputs = { vat: 0.5 };
  expect(await driver.execute(['uk', 'de', 'uk.net', 'de.rate'], { inputs })).toEqual({
    uk: 200,
    de: 400,
    'uk.net': 100,
    'de.rate': 0.5,
  });
  expect(await driver.execute(['uk', 'de'], { inputs, overrides: { 'uk.net': 1 } })).toEqual({
    uk: 2,
    de: 400,
  });
  expect(driver.graph.nodes.has('nets')).toBe(false);
  expect(driver.graph.nodes.get('uk')?.tags).toEqual({ a: 'b' });
  expect(driver.graph.inputs).toEqual(['vat']);
});

test('a shared input or key has to be used by one copy, an own one by its copy', () => {
  const outputs = { uk: { config: { country: 'uk' } }, de: { config: { country: 'de' } } };
  const shared = { modules: [pricing, rates], externalInputs: ['by'], outputs };
  expect(messagesOf({ ...shared, inputs: { base: 0.5 } })).toEqual([]);
  expect(messagesOf({ ...shared, inputs: { bas: 0.5 }, config: { nothing: 1 } })).toEqual([
    "parameterizedSubdag of 'f' in module 1: the sub-graph takes no input 'bas'.",
    "parameterizedSubdag of 'f' in module 1: the config key 'nothing' is used by no node and no when… modifier of the sub-graph.",
  ]);
  const own = { ...outputs, uk: { ...outputs.uk, inputs: { base: 1 } } };
  expect(messagesOf({ ...shared, outputs: own })).toEqual([
    "parameterizedSubdag of 'f' in module 1: the sub-graph takes no input 'base'.",
  ]);
});

describe('with other modifiers', () => {
  const options = {
    modules: [pricing],
    inputs: { rate: 1 },
    outputs: { a: {}, b: { inputs: { rate: 3 } } },
  } as const;

  test('earlier bindings hold in every copy, later parts are taken from every node', async () => {
    const m = {
      f: node(
        ({ net, by }: { net: number; by: number }) => ({ total: net * by }),
        inject({ by: 10 }),
        parameterizedSubdag(options),
        extractFields('total'),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['a.total', 'b.total'], { inputs: { gross: 4 } })).toEqual({
      'a.total': 20,
      'b.total': 10,
    });
  });

  test('a variant that is left out makes nothing', () => {
    const m = {
      f__x: node(scaled, when({ v: 'x' }), parameterizedSubdag({ ...options, externalInputs: ['by'] })),
    };
    expect(createDriver({ modules: [m] }).graph.nodes.size).toBe(0);
  });

  test('more than one node cannot be copied', () => {
    const fields = extractFields('x') as unknown;
    expect(messagesOf({ ...options, externalInputs: ['by'] }, fields)).toEqual([
      "parameterizedSubdag of 'f' in module 1: there is more than one node to copy.",
    ]);
  });
});

test.each([
  [{ modules: [pricing], outputs: {} }, 'it names no node to make'],
  [{ modules: [pricing] }, 'it names no node to make'],
  [{ modules: [pricing], outputs: { a: 1 } }, 'its options are not an object'],
  [{ modules: [pricing], outputs: { a: { input: {} } } }, "there is no option 'input'"],
  [
    {
      modules: [pricing],
      inputs: { rate: 1 },
      outputs: { a: { config: { rate: 1 } } },
      externalInputs: ['by'],
    },
    "'rate' is given both in inputs and in config",
  ],
  [
    { modules: [pricing], outputs: { a: {} }, externalInputs: ['by', 'no'] },
    "externalInputs names 'no', which is not a parameter",
  ],
])('wrong use %#', (options, message) => {
  expect(messagesOf(options)).toEqual([`parameterizedSubdag of 'f' in module 1: ${message}.`]);
});
