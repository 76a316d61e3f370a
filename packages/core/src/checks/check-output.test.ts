/** Checks inside a graph: the nodes made, what becomes of failures, how modifiers combine. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  column,
  contains,
  createDriver,
  DataValidationError,
  defineCheck,
  defineModule,
  doesNotContain,
  eachItem,
  extractFields,
  FlowerPowerError,
  type Importance,
  inRange,
  lengthInRange,
  maxNaNFraction,
  maxStandardDeviation,
  meanInRange,
  node,
  NodeExecutionError,
  noNaNs,
  notNull,
  ofType,
  oneOf,
  parameterize,
  schemaCheck,
  sorted,
  source,
  type StandardSchema,
  tag,
  when,
} from '../index.js';
import { withStep } from '../model/definition.js';

type Opaque = { readonly [name: string]: unknown };

/** A driver that takes any name, for tests of names and of misuse. */
const build = (module: Opaque, config: Opaque = {}) => createDriver({ modules: [module as object], config });

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

function dataErrorOf(run: () => unknown): DataValidationError {
  const error = thrownBy(run);
  if (error instanceof NodeExecutionError && error.cause instanceof DataValidationError) return error.cause;
  throw error;
}

function recorder() {
  const warnings: [message: string, fields: unknown][] = [];
  const log = {
    debug() {},
    info() {},
    warn: (message: string, fields?: unknown) => void warnings.push([message, fields]),
    error() {},
  };
  return { warnings, log };
}

const edgesOf = (driver: ReturnType<typeof build>) =>
  [...driver.graph.nodes.values()]
    .filter(({ kind }) => kind !== 'input')
    .map(({ name, dependencies }) => `${name} <- ${dependencies.map((one) => one.node).join(' ')}`.trim());

describe('the nodes', () => {
  test('X becomes X_raw, one node for each check, and X', () => {
    const driver = build({
      price: node(({ net }: { net: number }) => net * 2, checkOutput(inRange(0, 9), notNull())),
      total: ({ price }: { price: number }) => price + 1,
    });
    expect(edgesOf(driver)).toEqual([
      'price_raw <- net',
      'price_inRange <- price_raw',
      'price_notNull <- price_raw',
      'price <- price_raw price_inRange price_notNull',
      'total <- price',
    ]);
    const names = ['price_raw', 'price_inRange', 'price', 'total'];
    expect(driver.executeSync(names, { inputs: { net: 4 } })).toEqual({
      price_raw: 8,
      price_inRange: { check: 'inRange(0, 9)', passed: true, message: 'passed', importance: 'warn' },
      price: 8,
      total: 9,
    });
    expect(driver.graph.leaves).toEqual(['total']);
  });

  test('the node keeps its documentation and tags; all that was made says so', () => {
    const module = defineModule({
      name: 'prices',
      file: 'prices.ts',
      exports: {
        price: node(
          { inputs: [], kind: 'loader', doc: 'Reads.' },
          () => 1,
          tag({ a: 'b' }),
          checkOutput(notNull()),
        ),
      },
    });
    const { nodes } = createDriver({ modules: [module] }).graph;
    const facts = ['price_raw', 'price_notNull', 'price'].map((name) => {
      const { kind, doc, tags, derived, place } = nodes.get(name)!;
      return { kind, doc, tags, derived, file: place?.file };
    });
    expect(facts).toEqual([
      { kind: 'loader', doc: 'Reads.', tags: { a: 'b' }, derived: undefined, file: 'prices.ts' },
      { kind: 'function', doc: 'Checks price: notNull().', tags: {}, derived: true, file: 'prices.ts' },
      { kind: 'function', doc: 'Reads.', tags: { a: 'b' }, derived: true, file: 'prices.ts' },
    ]);
  });

  test('the value is passed on as it is, and computed once', () => {
    let calls = 0;
    const value = [1, 2];
    const driver = build({
      list: node(
        () => {
          calls++;
          return value;
        },
        checkOutput(inRange(0, 9), notNull(), sorted()),
      ),
    });
    expect(driver.executeSync(['list'])['list']).toBe(value);
    expect(calls).toBe(1);
  });

  test('a check can be asked for alone, without the node it guards', () => {
    const driver = build({ price: node(() => 12, checkOutput(inRange(0, 9), { importance: 'fail' })) });
    expect(driver.executeSync(['price_inRange'])).toEqual({
      price_inRange: {
        check: 'inRange(0, 9)',
        passed: false,
        message: '12 is not between 0 and 9',
        failures: { count: 1, first: [{ index: 0, value: '12' }] },
        importance: 'fail',
      },
    });
  });

  test('overrides: of the node skip the checks, of a check replace what it found', () => {
    const driver = build({ price: node(() => 12, checkOutput(inRange(0, 9), { importance: 'fail' })) });
    expect(driver.executeSync(['price'], { overrides: { price: 99 } })).toEqual({ price: 99 });
    const waved = { check: 'waved', passed: true, message: '', importance: 'fail' };
    expect(driver.executeSync(['price'], { overrides: { price_inRange: waved } })).toEqual({ price: 12 });
  });

  test('a result is plain data', () => {
    const driver = build({ bigs: node(() => [5n, 1n], checkOutput(inRange(0n, 2n))) });
    const result = driver.executeSync(['bigs_inRange']);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(structuredClone(result)).toEqual(result);
  });
});

describe('failures', () => {
  const rows = [{ price: -1 }, { price: 3 }, { price: 13 }];

  test('every failing check of importance fail is in the one error', () => {
    const driver = build({
      rows: node(
        () => rows,
        checkOutput(column('price', inRange(0, 9)), column('price', sorted()), { importance: 'fail' }),
        checkOutput(column('price', meanInRange(100, 200)), { importance: 'fail' }),
      ),
    });
    const error = dataErrorOf(() => driver.executeSync(['rows'], { log: recorder().log }));
    expect(error.code).toBe('FP_DATA_INVALID');
    expect(error.node).toBe('rows');
    expect(error.message).toBe(
      [
        "The value of 'rows' is invalid: 2 checks failed",
        "  - column('price', inRange(0, 9)): 2 of 3 items of 'price' are not between 0 and 9: -1 at 0, 13 at 2",
        "  - column('price', meanInRange(100, 200)): the mean of 'price' is 5, not between 100 and 200",
      ].join('\n'),
    );
    expect(error.results.map(({ check }) => check)).toEqual([
      "column('price', inRange(0, 9))",
      "column('price', meanInRange(100, 200))",
    ]);
    expect(error.results[0]?.failures).toEqual({
      count: 2,
      first: [
        { index: 0, value: '-1' },
        { index: 2, value: '13' },
      ],
    });
    expect(error.problems).toHaveLength(2);
  });

  test('what needs the node does not run', async () => {
    let ran = false;
    const driver = build({
      price: node(async () => 12, checkOutput(inRange(0, 9), { importance: 'fail' })),
      total: ({ price }: { price: number }) => {
        ran = true;
        return price;
      },
    });
    await expect(driver.execute(['total'])).rejects.toThrow("The node 'price' failed: The value of 'price'");
    expect(ran).toBe(false);
  });

  test('warnings are logged through the log of the run, and the value passes', () => {
    const { log, warnings } = recorder();
    const driver = build({ price: node(() => 12, checkOutput(inRange(0, 9)), checkOutput(notNull())) });
    expect(driver.executeSync(['price'], { log })).toEqual({ price: 12 });
    expect(warnings).toEqual([
      [
        "The value of 'price' failed inRange(0, 9): 12 is not between 0 and 9",
        { node: 'price', result: expect.objectContaining({ passed: false, importance: 'warn' }) },
      ],
    ]);
  });

  test('a warning is logged also where another check fails the node', () => {
    const { log, warnings } = recorder();
    const driver = build({
      price: node(() => 12, checkOutput(inRange(0, 9), { importance: 'fail' }), checkOutput(oneOf([1]))),
    });
    const error = dataErrorOf(() => driver.executeSync(['price'], { log }));
    expect(error.results).toHaveLength(1);
    expect(warnings).toHaveLength(1);
  });

  test('a check that throws fails its own node, with the error as cause', () => {
    const broken = defineCheck({
      name: 'broken',
      check(): true {
        throw new TypeError('oops');
      },
    });
    const error = thrownBy(() => build({ price: node(() => 1, checkOutput(broken)) }).executeSync(['price']));
    expect(error).toMatchObject({ node: 'price_broken', cause: new TypeError('oops') });
  });

  test('the error says where the node is written', () => {
    const exports = { price: node(() => 12, checkOutput(inRange(0, 9), { importance: 'fail' })) };
    const source = { line: 7, column: 1, style: 'object' as const, parameters: [], takesContext: false };
    const module = defineModule({ name: 'm', file: 'm.ts', exports, nodes: { price: source } });
    const error = dataErrorOf(() => createDriver({ modules: [module] }).executeSync(['price']));
    expect(error.places).toEqual([{ file: 'm.ts', line: 7, column: 1 }]);
  });
});

describe('stacking (the original refused a second check_output: #950)', () => {
  test('a second checkOutput adds to the same X_raw, each with its own importance', () => {
    const driver = build({
      price: node(
        () => 12,
        checkOutput(notNull()),
        tag({ owner: 'sales' }),
        checkOutput(inRange(0, 9), { importance: 'fail' }),
      ),
    });
    expect(edgesOf(driver)).toEqual([
      'price_raw <-',
      'price_notNull <- price_raw',
      'price_inRange <- price_raw',
      'price <- price_raw price_notNull price_inRange',
    ]);
    expect(driver.graph.nodes.get('price')?.tags).toEqual({ owner: 'sales' });
    expect(dataErrorOf(() => driver.executeSync(['price'])).results).toMatchObject([{ importance: 'fail' }]);
  });

  test('several checks of one kind are numbered from 2 on, in the order written', () => {
    const driver = build({
      price: node(() => 5, checkOutput(inRange(0, 9), inRange(1, 8)), checkOutput(inRange(2, 7))),
    });
    const results = driver.executeSync(['price_inRange', 'price_inRange_2', 'price_inRange_3']);
    expect(Object.values(results)).toMatchObject([
      { check: 'inRange(0, 9)' },
      { check: 'inRange(1, 8)' },
      { check: 'inRange(2, 7)' },
    ]);
    expect(driver.graph.nodes.get('price')?.dependencies).toHaveLength(4);
  });

  test('a name that a user has taken is a duplicate, not a silent loss', () => {
    const module = { price: node(() => 5, checkOutput(inRange(0, 9))), price_raw: () => 1 };
    expect(thrownBy(() => build(module))).toMatchObject({ code: 'FP_DUPLICATE_NODE' });
  });

  test('any number of checks, in any split, guards the same value', () => {
    const limits = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom<Importance>('warn', 'fail')),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(limits, fc.integer({ min: 0, max: 20 }), (checks, value) => {
        const modify: (...args: unknown[]) => unknown = node;
        const modifiers = checks.map(([max, importance]) => checkOutput(inRange(0, max), { importance }));
        const { log, warnings } = recorder();
        const driver = build({ x: modify(() => value, ...modifiers) });
        const failing = checks.filter(([max]) => value > max);
        const fatal = failing.filter(([, importance]) => importance === 'fail').length;
        const run = () => driver.executeSync(['x'], { log });
        if (fatal === 0) expect(run()).toEqual({ x: value });
        else expect(dataErrorOf(run).results).toHaveLength(fatal);
        expect(warnings).toHaveLength(failing.length - fatal);
      }),
    );
  });
});

describe('with other modifiers', () => {
  const power = ({ x, n }: { x: number; n: number }) => x ** n;

  test('after parameterize, every node it made is checked, also one that another takes', () => {
    const driver = build({
      power: node(
        power,
        parameterize({ square: { n: 2 }, fourth: { n: 2, x: source('square') } }),
        checkOutput(inRange(0, 20), { importance: 'fail' }),
      ),
    });
    expect(edgesOf(driver)).toEqual([
      'square_raw <- x',
      'square_inRange <- square_raw',
      'square <- square_raw square_inRange',
      'fourth_raw <- square',
      'fourth_inRange <- fourth_raw',
      'fourth <- fourth_raw fourth_inRange',
    ]);
    expect(driver.executeSync(['fourth'], { inputs: { x: 2 } })).toEqual({ fourth: 16 });
    expect(dataErrorOf(() => driver.executeSync(['fourth'], { inputs: { x: 4 } })).node).toBe('fourth');
    expect(dataErrorOf(() => driver.executeSync(['fourth'], { inputs: { x: 5 } })).node).toBe('square');
  });

  test('before parameterize, the checks are copied with the node', () => {
    const driver = build({
      power: node(
        power,
        checkOutput(inRange(0, 9), { importance: 'fail' }),
        parameterize({ square: { n: 2 }, cube: { n: 3 } }),
      ),
    });
    expect(driver.executeSync(['square', 'square_raw'], { inputs: { x: 3 } })).toEqual({
      square: 9,
      square_raw: 9,
    });
    expect(dataErrorOf(() => driver.executeSync(['cube'], { inputs: { x: 3 } })).node).toBe('cube');
  });

  const limits = (low: number, high: number) => () => ({ low, high });

  test('after extractFields, the fields are checked and the record is not', () => {
    const driver = build({
      limits: node(
        limits(1, 20),
        extractFields('low', 'high'),
        checkOutput(inRange(0, 9), { importance: 'fail' }),
      ),
    });
    expect(driver.executeSync(['low', 'limits'])).toEqual({ low: 1, limits: { low: 1, high: 20 } });
    expect(driver.graph.nodes.has('limits_raw')).toBe(false);
    expect(dataErrorOf(() => driver.executeSync(['high'])).node).toBe('high');
  });

  test('before extractFields, the record is checked before its fields are taken', () => {
    const ordered = defineCheck({
      name: 'ordered',
      check: ({ low, high }: { low: number; high: number }) => low <= high || { message: 'low above high' },
    });
    const driver = build({
      limits: node(limits(9, 1), checkOutput(ordered, { importance: 'fail' }), extractFields('low', 'high')),
    });
    expect(dataErrorOf(() => driver.executeSync(['low'])).node).toBe('limits');
  });

  test('target names the nodes to check', () => {
    const one = build({
      limits: node(
        limits(-1, 20),
        extractFields('low', 'high'),
        checkOutput(inRange(0, 9), { target: 'low', importance: 'fail' }),
      ),
    });
    expect(one.executeSync(['high'])).toEqual({ high: 20 });
    expect(dataErrorOf(() => one.executeSync(['low'])).node).toBe('low');
    const record = build({
      limits: node(
        limits(-1, 20),
        extractFields('low', 'high'),
        checkOutput(notNull(), { target: ['limits'] }),
      ),
    });
    expect(edgesOf(record)).toContain('low <- limits');
    expect(edgesOf(record)).toContain('limits <- limits_raw limits_notNull');
  });

  test('a variant that is left out leaves nothing behind', () => {
    const module = {
      rate__uk: node(() => 1, when({ country: 'uk' }), checkOutput(inRange(0, 9), { target: 'rate' })),
      rate__de: node(() => 2, when({ country: 'de' }), checkOutput(oneOf([2]))),
    };
    expect(build(module, { country: 'de' }).executeSync(['rate', 'rate_oneOf', 'rate_raw'])).toMatchObject({
      rate: 2,
      rate_oneOf: { passed: true },
      rate_raw: 2,
    });
    expect([...build(module, { country: 'uk' }).graph.nodes.keys()]).toEqual([
      'rate_raw',
      'rate_inRange',
      'rate',
    ]);
  });

  test('a saver of the node is not checked, and saves what passed the checks', () => {
    const save = (definition: object) =>
      withStep(definition as never, {
        name: 'save',
        apply: ([first]) => [
          first!,
          {
            ...first!,
            name: `save.${first!.name}`,
            kind: 'saver',
            fn: (value: number) => ({ saved: value }),
            style: 'positional',
            parameters: [{ parameter: 'value', node: first!.name, optional: false }],
          },
        ],
      });
    const checked = checkOutput(inRange(0, 9), { importance: 'fail' });
    const price = Object.assign(() => 12, checked(save(node(() => 12)) as never));
    const driver = build({ price });
    expect(edgesOf(driver)).toEqual([
      'price_raw <-',
      'price_inRange <- price_raw',
      'price <- price_raw price_inRange',
      'save.price <- price',
    ]);
    expect(dataErrorOf(() => driver.executeSync(['save.price'])).node).toBe('price');
  });

  test('a saver that is all there is can be checked', () => {
    const driver = build({
      save: node({ inputs: [], kind: 'saver' }, () => ({ rows: 3 }), checkOutput(notNull())),
    });
    expect(driver.executeSync(['save', 'save_notNull'])).toMatchObject({ save: { rows: 3 } });
  });
});

describe('asynchronous nodes and checks', () => {
  test('a promise is waited for before it is checked', async () => {
    const driver = build({ price: node(async () => 12, checkOutput(inRange(0, 9), { importance: 'fail' })) });
    await expect(driver.execute(['price'])).rejects.toMatchObject({ cause: { code: 'FP_DATA_INVALID' } });
  });

  test('checks of one node run concurrently', async () => {
    let running = 0;
    let most = 0;
    const slow = defineCheck({
      name: 'slow',
      async check() {
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
        return true as const;
      },
    });
    const driver = build({ price: node(() => 1, checkOutput(slow, slow, slow)) });
    await driver.execute(['price']);
    expect(most).toBe(3);
  });

  test('a check that gives a promise makes executeSync refuse', () => {
    const later = defineCheck({ name: 'later', check: async () => true as const });
    const driver = build({ price: node(() => 1, checkOutput(later)) });
    expect(thrownBy(() => driver.executeSync(['price']))).toMatchObject({ code: 'FP_NOT_SYNCHRONOUS' });
  });
});

describe('schemas', () => {
  /** Standard Schema v1 by hand: a number of at least 0, below a key. */
  const priced = (asynchronous: (value: unknown) => boolean): StandardSchema<{ price: number }> => ({
    '~standard': {
      version: 1,
      vendor: 'test',
      validate(value) {
        const { price } = value as { price: number };
        const result =
          price >= 0 ? { value } : { issues: [{ message: 'too low', path: ['price', { key: 0 }] }] };
        return asynchronous(value) ? Promise.resolve(result) : result;
      },
    },
  });
  const rows = [{ price: 1 }, { price: -1 }, { price: 2 }, { price: -2 }];

  test('of the value', () => {
    const driver = build({ row: node(() => rows[1]!, checkOutput(schemaCheck(priced(() => false)))) });
    expect(driver.executeSync(['row_schemaCheck'])).toEqual({
      row_schemaCheck: {
        check: 'schemaCheck(test schema)',
        passed: false,
        message: 'price.0: too low',
        importance: 'warn',
      },
    });
  });

  test.each([
    ['synchronous', () => false],
    ['asynchronous', () => true],
    ['asynchronous from the second row on', (row: unknown) => row !== rows[0]],
    ['asynchronous for one row', (row: unknown) => row === rows[2]],
  ])('of every row, %s', async (_, asynchronous) => {
    const driver = build({ rows: node(() => rows, checkOutput(eachItem(priced(asynchronous)))) });
    const { rows_eachItem: result } = await driver.execute(['rows_eachItem']);
    expect(result).toMatchObject({
      passed: false,
      message:
        '2 of 4 items do not fit the schema (first: price.0: too low): { price: -1 } at 1, { price: -2 } at 3',
      failures: { count: 2, first: [{ index: 1 }, { index: 3 }] },
    });
  });

  test('of every cell of a column, also asynchronously', async () => {
    const nested = rows.map((row) => ({ offer: row }));
    const check = column('offer', eachItem(priced(() => true)));
    const driver = build({ rows: node(() => nested, checkOutput(check)) });
    const { rows_offer_eachItem: result } = await driver.execute(['rows_offer_eachItem']);
    expect(result).toMatchObject({ passed: false, failures: { count: 2 } });
  });

  test('the reason is that of the first row refused', () => {
    const schema: StandardSchema<string> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => ({ issues: [{ message: `no ${value}` }] }),
      },
    };
    expect(eachItem(schema).check(['a', 'b'])).toMatchObject({
      message: '2 of 2 items do not fit the schema (first: no a): "a" at 0, "b" at 1',
    });
  });

  test('many issues are shortened', () => {
    const issues = ['a', 'b', 'c', 'd', 'e'].map((message) => ({ message }));
    const schema: StandardSchema<number> = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) },
    };
    expect(schemaCheck(schema).check(1)).toEqual({ message: 'a; b; c; and 2 more' });
    issues.splice(0, 5, { message: 'x'.repeat(1000) });
    expect(schemaCheck(schema).check(1)).toEqual({ message: `${'x'.repeat(99)}…` });
  });
});

describe('misuse is reported when the graph is built, all at once, with the place', () => {
  const modify: (...args: unknown[]) => unknown = node;
  const check = checkOutput as (...args: unknown[]) => unknown;
  const problemsOf = (...modifiers: unknown[]) => {
    const module = defineModule({
      name: 'prices',
      file: 'prices.ts',
      exports: { price: modify(() => 1, ...modifiers) },
    });
    const error = thrownBy(() => createDriver({ modules: [module] })) as FlowerPowerError;
    for (const problem of error.problems) expect(problem.places).toEqual([{ file: 'prices.ts' }]);
    return error.problems.map(({ code, message, hint }) => [code, message, hint]);
  };
  const of = "checkOutput of 'price' in prices: ";

  test.each([
    [inRange(9, 0), 'inRange(9, 0) is a range whose ends are swapped'],
    [inRange(Number.NaN, 0), 'inRange(NaN, 0) is not a range'],
    [meanInRange(2, 1), 'meanInRange(2, 1) is a range whose ends are swapped'],
    [lengthInRange(2, 1), 'lengthInRange(2, 1) is a range whose ends are swapped'],
    [maxNaNFraction(1.5), 'maxNaNFraction(1.5) is not a fraction'],
    [maxNaNFraction(-0.1), 'maxNaNFraction(-0.1) is not a fraction'],
    [maxNaNFraction(Number.NaN), 'maxNaNFraction(NaN) is not a fraction'],
    [maxStandardDeviation(-1), 'maxStandardDeviation(-1) accepts no value'],
    [oneOf([]), 'oneOf([]) accepts no value'],
    [ofType('numbre' as 'number'), 'ofType("numbre") names no type'],
    [contains([]), 'contains([]) gives no text'],
    [doesNotContain(''), 'doesNotContain("") gives an empty text, which every text contains'],
    [sorted('up' as 'ascending'), "sorted('up') names no direction"],
    [column('', notNull()), 'column(…) names no column, or no check of single elements'],
    [column('a', inRange(9, 0)), 'inRange(9, 0) is a range whose ends are swapped'],
    [schemaCheck({} as never), 'schemaCheck(…) was given no Standard Schema'],
    [
      eachItem({ '~standard': { version: 2, validate() {} } } as never),
      'eachItem(…) was given no Standard Schema',
    ],
    [
      defineCheck({ name: 'a b', check: () => true }),
      'defineCheck({ name: "a b" }) cannot end the name of a node',
    ],
    [inRange, 'argument 1, [function inRange], is not a check'],
    [undefined, 'argument 1, undefined, is not a check'],
  ])('%#', (given, message) => {
    const [problem, ...others] = problemsOf(check(given));
    expect(others).toEqual([]);
    expect(problem?.slice(0, 2)).toEqual(['FP_BAD_MODIFIER', `${of}${message}.`]);
    expect(problem?.[2]).toEqual(expect.any(String));
  });

  test('options', () => {
    expect(problemsOf(check(noNaNs(), { importence: 'fail' }))).toEqual([
      ['FP_BAD_MODIFIER', `${of}there is no option 'importence'.`, "Did you mean 'importance'?"],
    ]);
    expect(problemsOf(check(noNaNs(), { importance: 'error' }))).toEqual([
      ['FP_BAD_MODIFIER', `${of}importance must be 'warn' or 'fail', not string(5).`, undefined],
    ]);
    expect(problemsOf(check())).toEqual([
      ['FP_BAD_MODIFIER', `${of}it was given no check.`, 'Write checkOutput(inRange(0, 1)), for example.'],
    ]);
    expect(problemsOf(check({ importance: 'fail' }))).toHaveLength(1);
    for (const target of [[], null, 3, ['price', 3]]) {
      expect(problemsOf(check(noNaNs(), { target }))).toMatchObject([{ 0: 'FP_BAD_MODIFIER' }]);
    }
  });

  test('a schema is not a check by itself', () => {
    const schema = { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: 1 }) } };
    expect(problemsOf(check(schema))[0]?.[2]).toBe(
      'Wrap the schema: schemaCheck(schema), or eachItem(schema) for every row.',
    );
  });

  test('an unknown target', () => {
    const [problem] = problemsOf(check(noNaNs(), { target: 'prise' }));
    expect(problem).toEqual([
      'FP_UNKNOWN_TARGET',
      `${of}the target 'prise' is not a node that 'price' makes.`,
      "Did you mean 'price'?",
    ]);
  });

  test('several faults together', () => {
    expect(problemsOf(check(inRange(9, 0), maxNaNFraction(2), { importance: 1, targt: 'a' }))).toHaveLength(
      4,
    );
  });
});
