/** A graph of other modules inside one export. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  branch,
  checkOutput,
  collect,
  createDriver,
  defineModule,
  extractFields,
  FlowerPowerError,
  group,
  inRange,
  inject,
  node,
  parallelizable,
  parameterize,
  source,
  subdag,
  tag,
  value,
  when,
} from '../../index.js';

/** Hides from the compiler what it would refuse, for the build to find. */
const untyped: (fn: unknown, ...modifiers: unknown[]) => object = node;
const untypedSubdag: (options: unknown) => unknown = subdag as never;

function problemsOf(module: object, config = {}) {
  try {
    createDriver({ modules: [module], config });
  } catch (error) {
    if (error instanceof FlowerPowerError) return error.problems;
    throw error;
  }
  throw new Error('The graph was built.');
}
const messagesOf = (module: object, config = {}) => problemsOf(module, config).map(({ message }) => message);

const pricing = {
  net: async ({ gross, rate }: { gross: number; rate: number }) => gross / (1 + rate),
  tax: ({ gross, net }: { gross: number; net: number }) => gross - net,
  rounded: ({ net, digits = 1 }: { net: number; digits?: number }) => Number(net.toFixed(digits)),
};
const pass = ({ net }: { net: number }) => net;

describe('what it makes', () => {
  test('the nodes inside have the namespace of the node and feed its parameters', async () => {
    const m = {
      ukTax: node(
        async ({ tax, net }: { tax: number; net: number }) => [tax, net],
        subdag({ modules: [pricing], inputs: { gross: source('sales'), rate: value(0.2) } }),
      ),
      sales: () => 120,
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['ukTax', 'ukTax.net', 'ukTax.rounded'])).toEqual({
      ukTax: [20, 100],
      'ukTax.net': 100,
      'ukTax.rounded': 100,
    });
    expect([...driver.graph.nodes.keys()].sort()).toEqual(
      ['sales', 'ukTax', 'ukTax.net', 'ukTax.rounded', 'ukTax.tax', 'digits'].sort(),
    );
    expect(driver.graph.inputs).toEqual(['digits']);
    const inside = driver.graph.nodes.get('ukTax.tax');
    expect(inside).toMatchObject({
      module: "module 1 of subdag of 'ukTax'",
      exportName: 'tax',
      derived: true,
    });
    expect(driver.graph.nodes.get('ukTax.net')?.bound).toEqual({ rate: 0.2 });
  });

  test('each use is a copy with its own inputs and configuration (#23)', async () => {
    const rates = {
      rate__uk: node(() => 0.2, when({ country: 'uk' })),
      rate__de: node(() => 0.25, when({ country: 'de' })),
    };
    const modules = [pricing, rates] as const;
    const m = {
      uk: node(pass, subdag({ modules, inputs: { gross: 120 }, config: { country: 'uk' } })),
      de: node(
        pass,
        subdag({ modules, inputs: { gross: 125 }, config: { country: 'de' }, namespace: 'germany' }),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['uk', 'de', 'uk.rate', 'germany.rate'])).toEqual({
      uk: 100,
      de: 100,
      'uk.rate': 0.2,
      'germany.rate': 0.25,
    });
    expect(await driver.execute(['uk', 'de'], { overrides: { 'uk.rate': 0 } })).toEqual({ uk: 120, de: 100 });
  });

  test('the configuration of the driver holds inside, but for the keys that are given', async () => {
    const inner = {
      low__x: node(() => 1, when({ mode: 'x' })),
      low__y: node(() => 2, when({ mode: 'y' })),
      scaled: ({ low, by }: { low: number; by: number }) => low * by,
    };
    const own = ({ scaled }: { scaled: number }) => scaled;
    const m = {
      a: node(own, subdag({ modules: [inner] })),
      b: node(own, subdag({ modules: [inner], config: { mode: 'y', by: 100 } })),
    };
    const driver = createDriver({ modules: [m], config: { mode: 'x', by: 10 } });
    expect(driver.executeSync(['a', 'b'])).toEqual({ a: 10, b: 200 });
  });

  test('a configuration key named like a node inside replaces it, under its name', async () => {
    const m = {
      a: node(pass, subdag({ modules: [pricing], config: { net: 7 } })),
      b: node(({ tax }: { tax: number }) => tax, subdag({ modules: [pricing], inputs: { gross: 10 } })),
    };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['a', 'a.net'])).toEqual({ a: 7, 'a.net': 7 });
    const shadowed = createDriver({ modules: [m], config: { net: 4 } });
    expect(shadowed.executeSync(['a', 'b', 'b.net'])).toEqual({ a: 7, b: 6, 'b.net': 4 });
  });

  test('what nothing inside gives comes from around, by its name', async () => {
    const m = { rate: () => 0.25, taxed: node(pass, subdag({ modules: [pricing] })) };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['taxed'], { inputs: { gross: 125 } })).toEqual({ taxed: 100 });
  });

  test('a parameter may name an input of the sub-graph, or by externalInputs a node around', async () => {
    const own = ({ net, gross, rate, tax }: { net: number; gross: number; rate: number; tax: string }) =>
      `${net} of ${gross} at ${rate}, ${tax}`;
    const m = {
      tax: () => 'outer',
      text: node(
        own,
        subdag({
          modules: [pricing],
          inputs: { gross: source('sales') },
          config: { rate: 1 },
          externalInputs: ['tax'],
        }),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['text'], { inputs: { sales: 10 } })).toEqual({
      text: '5 of 10 at 1, outer',
    });
  });

  test('optional inputs stay optional', async () => {
    const m = {
      r: node(
        ({ rounded }: { rounded: number }) => rounded,
        subdag({ modules: [pricing], config: { net: 1.25 } }),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['r'])).toEqual({ r: 1.3 });
    expect(driver.executeSync(['r'], { inputs: { digits: 0 } })).toEqual({ r: 1 });
  });

  test('modifiers inside apply, and sub-graphs nest', async () => {
    const inner = {
      stats: node(
        ({ rows }: { rows: number[] }) => ({ low: Math.min(...rows), high: Math.max(...rows) }),
        extractFields('low', 'high'),
      ),
    };
    const middle = {
      width: node(
        ({ low, high }: { low: number; high: number }) => high - low,
        subdag({ modules: [inner], inputs: { rows: source('values') } }),
        checkOutput(inRange(0, 9)),
      ),
    };
    const m = {
      doubled: node(
        ({ width }: { width: number }) => 2 * width,
        subdag({ modules: [middle], inputs: { values: [1, 4] } }),
      ),
      other: node(
        ({ width }: { width: number }) => width,
        subdag({ modules: [middle], inputs: { values: source('mine') }, namespace: 'o' }),
      ),
      mine: () => [2, 9],
    };
    const driver = createDriver({ modules: [m] });
    expect(
      driver.executeSync(['doubled', 'other', 'doubled.width.low', 'o.width.high', 'o.width_raw']),
    ).toEqual({
      doubled: 6,
      other: 7,
      'doubled.width.low': 1,
      'o.width.high': 9,
      'o.width_raw': 7,
    });
  });
});

test('inside, every node has the value that it has in a graph of its own', () => {
  const edges = fc.array(fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(edges, fc.integer({ min: -9, max: 9 }), (wiring, x) => {
      const entries = wiring.map((targets, index) => {
        const inputs = [...new Set(targets.map((target) => (target < index ? `n${target}` : 'x')))];
        const fn = (...values: readonly number[]) => values.reduce((sum, one) => 2 * sum + one, index);
        return [`n${index}`, node({ inputs }, fn)] as const;
      });
      const inner = Object.fromEntries(entries);
      const names = entries.map(([name]) => name);
      const alone = createDriver({ modules: [inner as object, { y: ({ x: same }: { x: number }) => same }] });
      const last = names.at(-1)!;
      const isTaken = wiring.some((targets, index) => targets.some((target) => target >= index));
      const same = (value: unknown) => value;
      const outer = {
        bound: untyped(
          { inputs: [last] },
          same,
          untypedSubdag({ modules: [inner], inputs: isTaken ? { x } : {} }),
        ),
        free: untyped({ inputs: [last] }, same, untypedSubdag({ modules: [inner] })),
        uses: ({ x: given }: { x: number }) => given,
      };
      const nested = createDriver({ modules: [outer as object] });
      const expected = Object.values(alone.executeSync(names, { inputs: { x } }));
      for (const namespace of ['bound', 'free']) {
        const wanted = names.map((name) => `${namespace}.${name}`);
        expect(Object.values(nested.executeSync(wanted, { inputs: { x } }))).toEqual(expected);
        expect(nested.executeSync([namespace], { inputs: { x } })).toEqual({ [namespace]: expected.at(-1) });
      }
    }),
  );
});

describe('with other modifiers', () => {
  const own = ({ net }: { net: number }) => ({ whole: Math.trunc(net), net });
  const options = { modules: [pricing], inputs: { gross: source('sales') } } as const;

  test('parts, checks and tags follow the node, not the nodes inside', async () => {
    const m = {
      split: node(own, subdag(options), extractFields('whole'), checkOutput(inRange(0, 9)), tag({ a: 'b' })),
    };
    const driver = createDriver({ modules: [m] });
    const result = await driver.execute(['split', 'whole', 'whole_raw'], { inputs: { sales: 9, rate: 1 } });
    expect(result).toEqual({ split: { whole: 4, net: 4.5 }, whole: 4, whole_raw: 4 });
    expect(driver.graph.nodes.has('split.net_raw')).toBe(false);
    expect(driver.graph.nodes.get('split.net')?.tags).toEqual({ a: 'b' });
  });

  test('it stands after checks and parts of the node as well as before', async () => {
    const before = { split: node(own, subdag(options), extractFields('whole'), checkOutput(inRange(0, 9))) };
    const after = { split: node(own, extractFields('whole'), checkOutput(inRange(0, 9)), subdag(options)) };
    const graphOf = (module: object) =>
      [...createDriver({ modules: [module] }).graph.nodes.values()]
        .map(({ name, dependencies }) => [name, dependencies.map((edge) => edge.node)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    expect(graphOf(after)).toEqual(graphOf(before));
    expect(
      await createDriver({ modules: [after] }).execute(['whole'], { inputs: { sales: 9, rate: 1 } }),
    ).toEqual({ whole: 4 });
  });

  test('several nodes get a copy each, whichever modifier is written first', async () => {
    const scaled = ({ net, by }: { net: number; by: number }) => net * by;
    const outputs = { single: { by: 1 }, double: { by: 2 } };
    const sub = { ...options, externalInputs: ['by'] } as const;
    const modules = [
      { f: node(scaled, parameterize(outputs), subdag(options)) },
      { f: node(scaled, subdag(sub), parameterize(outputs)) },
    ] as const;
    for (const module of modules) {
      const driver = createDriver({ modules: [module] });
      const inputs = { sales: 4, rate: 1 };
      expect(await driver.execute(['single', 'double', 'double.net'], { inputs })).toEqual({
        single: 2,
        double: 4,
        'double.net': 2,
      });
      expect(await driver.execute(['single'], { inputs, overrides: { 'double.net': 9 } })).toEqual({
        single: 2,
      });
    }
    const m = { f: node(scaled, parameterize(outputs), subdag({ ...options, namespace: 'price' })) };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['double.price.net'], { inputs: { sales: 4, rate: 1 } })).toEqual({
      'double.price.net': 2,
    });
  });

  test('two sub-graphs of one function have namespaces of their own', async () => {
    const m = {
      gap: node(
        ({ net, tax }: { net: number; tax: number }) => net - tax,
        subdag({
          modules: [pricing],
          inputs: { gross: 10, rate: 1 },
          namespace: 'a',
          externalInputs: ['tax'],
        }),
        subdag({ modules: [pricing], inputs: { gross: 20, rate: 0.25 }, namespace: 'b' }),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['gap', 'a.net', 'b.tax'])).toEqual({ gap: 1, 'a.net': 5, 'b.tax': 4 });
  });

  test('a variant gives its sub-graph the name without the variant', async () => {
    const modules = [pricing] as const;
    const m = {
      f__x: node(pass, subdag({ modules, inputs: { gross: 2, rate: 1 } }), when({ v: 'x' })),
      f__y: node(pass, when({ v: 'y' }), subdag({ modules, inputs: { gross: 4, rate: 1 } })),
    };
    for (const [v, net] of [
      ['x', 1],
      ['y', 2],
    ] as const) {
      const driver = createDriver({ modules: [m], config: { v } });
      expect(await driver.execute(['f', 'f.net'])).toEqual({ f: net, 'f.net': net });
    }
  });

  test('parameters that are bound before are left alone', async () => {
    const m = {
      f: node(
        ({ net, rate }: { net: number; rate: number }) => net * rate,
        inject({ rate: 3 }),
        subdag({ modules: [pricing], inputs: { gross: 2, rate: 1 } }),
      ),
    };
    expect(await createDriver({ modules: [m] }).execute(['f'])).toEqual({ f: 3 });
  });

  test('params reach the node and the nodes inside', async () => {
    const m = { f: node(pass, subdag(options)) };
    const driver = createDriver({
      modules: [m],
      params: { 'f.net': { rate: 1 }, f: { net: source('f.tax') } },
    });
    expect(await driver.execute(['f'], { inputs: { sales: 6 } })).toEqual({ f: 3 });
  });

  test('fan-outs inside, around, and through a sub-graph', async () => {
    const pages = {
      url: node(({ urls }: { urls: string[] }) => urls, parallelizable()),
      page: async ({ url, prefix }: { url: string; prefix: string }) => prefix + url,
      joined: node(({ page }: { page: string[] }) => page.join(), collect('page')),
    };
    const count = ({ page, joined }: { page: string[]; joined: string }) => `${page.length}: ${joined}`;
    const m = {
      inside: node(count, collect('page'), subdag({ modules: [pages], inputs: { urls: ['a', 'b'] } })),
      prefix: () => '/',
      group: node(() => [['c'], ['d', 'e']], parallelizable()),
      each: node(count, collect('page'), subdag({ modules: [pages], inputs: { urls: source('group') } })),
      all: node(({ each }: { each: string[] }) => each, collect('each')),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['inside', 'inside.page', 'all'])).toEqual({
      inside: '2: /a,/b',
      'inside.page': ['/a', '/b'],
      all: ['1: /c', '2: /d,/e'],
    });
    const shadowed = {
      f: node(count, collect('page'), subdag({ modules: [pages], config: { url: ['x', 'y'] } })),
    };
    const given = { prefix: '-' };
    expect(await createDriver({ modules: [shadowed] }).execute(['f'], { inputs: given })).toEqual({
      f: '2: -x,-y',
    });
  });

  test('a branch inside computes one side', () => {
    const ran: string[] = [];
    const inner = {
      cheap: () => ran.push('cheap'),
      dear: () => ran.push('dear'),
      price: branch('kind', { a: 'cheap', b: 'dear' }),
    };
    const m = {
      f: node(
        ({ price }: { price: number }) => price,
        subdag({ modules: [inner], inputs: { kind: source('k') } }),
      ),
    };
    expect(createDriver({ modules: [m] }).executeSync(['f'], { inputs: { k: 'b' } })).toEqual({ f: 1 });
    expect(ran).toEqual(['dear']);
    const fixed = {
      f: node(({ price }: { price: number }) => price, subdag({ modules: [inner], config: { price: 7 } })),
    };
    expect(createDriver({ modules: [fixed] }).executeSync(['f'])).toEqual({ f: 7 });
  });

  test('a group inside takes inputs and nodes', () => {
    const inner = {
      parts: () => 1,
      sum: node(
        ({ all }: { all: number[] }) => all.reduce((total, one) => total + one, 0),
        inject({ all: group(source('parts'), source('more'), source('most'), 100) }),
      ),
    };
    const m = {
      f: node(
        ({ sum }: { sum: number }) => sum,
        subdag({ modules: [inner], inputs: { more: source('ten'), most: 1000 } }),
      ),
    };
    expect(createDriver({ modules: [m] }).executeSync(['f'], { inputs: { ten: 10 } })).toEqual({ f: 1111 });
  });
});

describe('what is reported at build time', () => {
  const place = { file: 'src/report.ts', line: 3, column: 1 };
  const source0 = { ...place, style: 'object', takesContext: false } as const;
  const report = (modifier: unknown, fn: unknown = pass) =>
    defineModule({
      name: 'report',
      exports: { f: untyped(fn, modifier) },
      file: place.file,
      nodes: { f: { ...source0, parameters: [{ name: 'net', optional: false }] } },
    });

  test.each([
    [
      { modules: [pricing], inputs: { gros: 1 } },
      "the sub-graph takes no input 'gros'",
      "Did you mean 'gross'?",
    ],
    [
      { modules: [pricing], inputs: { tax: 1 } },
      "the input 'tax' is computed by a node of the sub-graph",
      'To replace the node by a value, give the value in config.',
    ],
    [
      { modules: [pricing], inputs: { rate: 1 }, config: { rate: 2 } },
      "'rate' is given both in inputs and in config",
      'Give it in one of them.',
    ],
    [
      { modules: [pricing], inputs: { rate: group(1, 2) } },
      "the input 'rate' is a group",
      'Join the values in a node of their own and give its source.',
    ],
    [
      { modules: [pricing], externalInputs: ['nett'] },
      "externalInputs names 'nett', which is not a parameter",
      "Did you mean 'net'?",
    ],
    [{ modules: [] }, "its option 'modules' must be a list of modules", undefined],
    [{}, 'it is given no modules', 'Write subdag({ modules: [module] }).'],
    [{ modules: [pricing], input: {} }, "there is no option 'input'", "Did you mean 'inputs'?"],
    [{ modules: [pricing], namespace: 7 }, "its option 'namespace' must be a text", undefined],
    [
      { modules: [pricing], externalInputs: 'net' },
      "its option 'externalInputs' must be a list of names",
      undefined,
    ],
    [undefined, 'its options are not an object', 'Write subdag({ modules: [module] }).'],
  ])('%#', (options, message, hint) => {
    expect(problemsOf(report(untypedSubdag(options)))).toEqual([
      { code: 'FP_BAD_MODIFIER', message: `subdag of 'f' in report: ${message}.`, hint, places: [place] },
    ]);
  });

  test('a configuration key that nothing inside uses', () => {
    expect(problemsOf(report(untypedSubdag({ modules: [pricing], config: { raet: 1 } })))).toEqual([
      {
        code: 'FP_UNKNOWN_CONFIG_KEY',
        message:
          "subdag of 'f' in report: the config key 'raet' is used by no node and no when… modifier of the sub-graph.",
        hint: "Did you mean 'rate'?",
        places: [place],
      },
    ]);
  });

  test('a key of the driver counts as used when the sub-graph uses it, and only then', () => {
    const m = { f: node(pass, subdag({ modules: [pricing], inputs: { gross: 1, rate: 0 } })) };
    expect(() => createDriver({ modules: [m], config: { digits: 2 } })).not.toThrow();
    expect(messagesOf(m, { rate: 2 })).toEqual([
      "The config key 'rate' is used by no node and no when… modifier.",
    ]);
  });

  test('a parameter that names nothing inside', () => {
    const inner = { ...pricing, net__x: node(() => 1, when({ v: 'x' })) };
    const { net: _, ...modules } = inner;
    expect(
      problemsOf({ f: untyped(({ nett }: { nett: number }) => nett, untypedSubdag({ modules: [pricing] })) }),
    ).toEqual([
      {
        code: 'FP_BAD_MODIFIER',
        message: "subdag of 'f' in module 1: the sub-graph has no 'nett' for the parameter.",
        hint: "Did you mean 'net'? Name it in externalInputs if it comes from the graph around.",
        places: [],
      },
    ]);
    const left = untyped(
      ({ low }: { low: number }) => low,
      untypedSubdag({ modules: [{ low__x: modules.net__x }] }),
    );
    expect(problemsOf({ f: left })[0]?.hint).toBe(
      `Variants of 'low' exist, but the configuration fits none of them: when({"v":"x"}).`,
    );
  });

  test('every problem of the modules, once, with its place', () => {
    const broken = defineModule({
      name: 'broken',
      file: 'src/broken.ts',
      exports: { net: node((): number => 1, untypedSubdagModifier()), bad: (...all: number[]) => all },
      nodes: { net: { ...source0, file: 'src/broken.ts', parameters: [] } },
    });
    const m = {
      a: untyped(pass, untypedSubdag({ modules: [broken] })),
      b: untyped(pass, untypedSubdag({ modules: [broken] })),
    };
    expect(problemsOf(m).map(({ code, places }) => [code, places?.[0]])).toEqual([
      ['FP_BAD_MODIFIER', { file: 'src/broken.ts', line: 3, column: 1 }],
      ['FP_BAD_PARAMETERS', { file: 'src/broken.ts' }],
    ]);
  });

  test('a node defined by two of the modules, and a cycle inside', () => {
    expect(messagesOf({ f: untyped(pass, untypedSubdag({ modules: [pricing, { tax: () => 1 }] })) })).toEqual(
      [
        "The node 'tax' is defined twice: by 'tax' of module 1 of subdag of 'f' and 'tax' of module 2 of subdag of 'f'.",
      ],
    );
    const circle = { net: ({ x }: { x: number }) => x, x: ({ net }: { net: number }) => net };
    expect(messagesOf({ f: untyped(pass, untypedSubdag({ modules: [circle] })) })).toEqual([
      'These nodes need each other in a circle: f.net needs f.x needs f.net.',
    ]);
  });

  test('a module that holds itself', () => {
    const m: Record<string, unknown> = { net: () => 1 };
    m['f'] = untyped(pass, untypedSubdag({ modules: [m] }));
    expect(messagesOf(m)).toEqual([
      "The subdag of 'f' uses a module that it is itself part of, so its graph would never end.",
    ]);
    const shared = { g: untyped(pass, untypedSubdag({ modules: [pricing] })) };
    expect(() => createDriver({ modules: [pricing, shared] })).not.toThrow();
  });

  test('names that a bundler has changed inside', () => {
    const renamed = { gross: () => 1, net: new Function('gross2', 'return gross2') as () => number };
    expect(
      problemsOf({ f: untyped(pass, untypedSubdag({ modules: [renamed] })) }).map(({ code }) => code),
    ).toEqual(['FP_RENAMED_PARAMETER']);
    expect(() =>
      createDriver({
        modules: [{ f: untyped(pass, untypedSubdag({ modules: [renamed], inputs: { gross2: 1 } })) }],
      }),
    ).not.toThrow();
  });

  test('two sub-graphs under one name, and several nodes with parts', () => {
    const twice = untypedSubdag({ modules: [pricing] });
    expect(messagesOf({ f: untyped(pass, twice, twice) })).toEqual([
      "subdag of 'f' in module 1: there is already a node 'f.net'.",
    ]);
    const parted = untyped(
      ({ net, by }: { net: number; by: number }) => ({ by, net }),
      parameterize({ a: { by: 1 }, b: { by: 2 } }) as never,
      extractFields('net') as never,
      twice,
    );
    expect(messagesOf({ f: parted })).toEqual([
      "subdag of 'f' in module 1: it stands after a modifier that takes parts of several nodes.",
    ]);
  });
});

function untypedSubdagModifier() {
  return untypedSubdag({ modules: [pricing], inputs: { nonsense: 1 } }) as (definition: object) => object;
}
