/** Two codes, or two arguments, that share a key of the cache. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  column,
  createDriver,
  defineCheck,
  eachItem,
  extractColumns,
  extractFields,
  fingerprint,
  group,
  inject,
  memoryCacheStore,
  node,
  ofType,
  oneOf,
  parameterize,
  pipeOutput,
  schemaCheck,
  source,
  type StandardSchema,
  step,
  unique,
  unpackFields,
  value,
} from '../index.js';
import { normaliseSource } from '../inspect/normalise-source.js';

/** Types would refuse what JavaScript does. */
type Loose<Name extends string> = Readonly<Record<Name, (...args: unknown[]) => never>>;
const loose = { node, pipeOutput, step } as unknown as Loose<'node' | 'pipeOutput' | 'step'>;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** What a run gives with the cache of the modules that ran before. */
function runsAfter(all: readonly object[], outputs: readonly string[]) {
  const store = memoryCacheStore();
  return all.map((m) =>
    createDriver({ modules: [m], cache: { store }, log: quiet } as never).runSync(outputs as never),
  );
}

const atLeast = (min: number): StandardSchema<number> => ({
  '~standard': {
    version: 1,
    vendor: 'plain',
    validate: (given) =>
      (given as number) >= min ? { value: given as number } : { issues: [{ message: 'low' }] },
  },
});

class ClassSchema {
  readonly #min: number;
  readonly '~standard': StandardSchema<number>['~standard'];
  constructor(min: number) {
    this.#min = min;
    this['~standard'] = {
      version: 1,
      vendor: 'class',
      validate: (given) => ((given as number) >= this.#min ? { value: 1 } : { issues: [{ message: 'low' }] }),
    };
  }
}

describe('a changed check keeps its old verdict in the cache: bad data passes', () => {
  const own = (min: number) =>
    defineCheck({ name: 'own', check: (given: number) => given >= min || { message: 'low' } });
  const long = 'x'.repeat(300);
  class A {}
  const other = { A: class A {} };

  test.each<[string, unknown, readonly [unknown, unknown]]>([
    ['schemaCheck', 5, [schemaCheck(atLeast(1)), schemaCheck(atLeast(9))]],
    ['schemaCheck of a class', 5, [schemaCheck(new ClassSchema(1)), schemaCheck(new ClassSchema(9))]],
    ['eachItem', [5], [eachItem(atLeast(1)), eachItem(atLeast(9))]],
    ['a check of one’s own', 5, [own(1), own(9)]],
    ['a long list', 6, [oneOf([1, 2, 3, 4, 5, 6]), oneOf([1, 2, 3, 4, 5, 7])]],
    ['a long text', `${long}a`, [oneOf([`${long}a`]), oneOf([`${long}b`])]],
    [
      'a column',
      [{ n: 6 }],
      [column('n', oneOf([1, 2, 3, 4, 5, 6])), column('n', oneOf([1, 2, 3, 4, 5, 7]))],
    ],
    ['a class of the same name', new A(), [ofType(A), ofType(other.A)]],
  ])('%s', (_, given, checks) => {
    const all = checks.map((check) => ({
      x: node(({ x0 }: { x0: unknown }) => x0, checkOutput(check as never, { importance: 'fail' })),
    }));
    const plain = all.map(
      (m) => createDriver({ modules: [m], log: quiet }).runSync(['x'], { inputs: { x0: given } }).status,
    );
    expect(plain).toEqual(['success', 'failed']);
    const store = memoryCacheStore();
    const cached = all.map(
      (m) =>
        createDriver({ modules: [m], cache: { store }, log: quiet }).runSync(['x'], { inputs: { x0: given } })
          .status,
    );
    expect(cached).toEqual(plain);
  });

  test('explain says why, and only the verdict is computed again', () => {
    let calls = 0;
    const m = { x: node(() => ++calls, checkOutput(schemaCheck(new ClassSchema(0)))) };
    const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() } });
    for (const _ of [1, 2]) expect(driver.executeSync(['x'])).toEqual({ x: 1 });
    expect(driver.cache.explain().map(({ text }) => text)).toEqual([
      'x_raw: hit',
      'x_schemaCheck: miss, its code cannot be compared: of what a modifier was given `decides.schema` is an instance of the class ClassSchema, which does not say what it stands for',
      'x: hit',
    ]);
  });

  test('built-in checks are found again', () => {
    const m = { x: node(() => new Date(0), checkOutput(ofType(Date), unique() as never)) };
    const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() }, log: quiet });
    for (const _ of [1, 2]) driver.executeSync(['x']);
    expect(driver.cache.explain().every(({ outcome }) => outcome === 'hit')).toBe(true);
  });
});

describe('what modifiers were given counts as exactly as an input', () => {
  const sparse: unknown[] = [];
  sparse.length = 1;
  test.each<[string, unknown, unknown]>([
    ['memory', new Uint8Array([1]).buffer, new Uint8Array([2]).buffer],
    ['errors', Object.assign(new Error('a'), { stack: '' }), Object.assign(new Error('b'), { stack: '' })],
    ['causes', new Error('a', { cause: 1 }), new Error('a', { cause: 2 })],
    ['keys that are symbols', { [Symbol.for('s')]: 1 }, { [Symbol.for('s')]: 2 }],
    ['holes', sparse, [undefined]],
    ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['expressions in use', Object.assign(/a/g, { lastIndex: 1 }), /a/g],
    ['names on arrays', Object.assign([1], { unit: 'kg' }), Object.assign([1], { unit: 'g' })],
    ['names on maps', Object.assign(new Map(), { unit: 'kg' }), Object.assign(new Map(), { unit: 'g' })],
  ])('%s', (_, one, other) => {
    const versionOf = (given: unknown) => fingerprint(given);
    for (const extract of [extractFields, extractColumns] as ((...args: unknown[]) => never)[]) {
      const all = [one, other].map((fillWith) => ({
        r: node(() => ((extract as unknown) === extractFields ? {} : [{}]), extract('x', { fillWith })),
      }));
      const [first, second] = runsAfter(all, ['x']).map((run) => (run.outputs as { x: unknown }).x);
      const expected = (extract as unknown) === extractFields ? [one, other] : [[one], [other]];
      expect([versionOf(first), versionOf(second)]).toEqual(expected.map(versionOf));
    }
  });

  test('values in groups of params, of inject and of parameterize', () => {
    const a = ({ parts }: { parts: unknown[] }) =>
      String(parts[1] instanceof Error ? parts[1].message : parts[1]);
    const parts = (message: string) => group(source('x'), value(new Error(message)));
    const inputs = { x: 1 };
    const store = memoryCacheStore();
    const seen = ['one', 'two'].flatMap((message) => {
      const runs = [
        createDriver({
          modules: [{ a }],
          params: { a: { parts: parts(message) } },
          cache: { store },
        } as never),
        createDriver({
          modules: [{ a: node(a, inject({ parts: parts(message) })) }],
          cache: { store },
        } as never),
        createDriver({
          modules: [{ a: node(a, parameterize({ a: { parts: parts(message) } })) }],
          cache: { store },
        } as never),
      ];
      return runs.map((driver) => driver.executeSync(['a'] as never, { inputs })['a' as never]);
    });
    expect(seen).toEqual(['one', 'one', 'one', 'two', 'two', 'two']);
  });

  test('a bound function behind a step that is called by name', () => {
    const scale = function (this: { by: number }, { x }: { x: number }) {
      return x * this.by;
    };
    const stepOf = loose.step as (fn: unknown) => { into(...given: unknown[]): unknown };
    const all = [2, 3].map((by) => ({
      a: loose.node(() => 1, loose.pipeOutput(stepOf(scale.bind({ by })).into('x', {}))),
    }));
    expect(runsAfter(all, ['a']).map((run) => run.outputs)).toEqual([{ a: 2 }, { a: 3 }]);
  });

  test('elements that are unpacked', () => {
    const all = [
      ['a', 'b'],
      ['b', 'a'],
    ].map((names) => ({
      r: node(() => [1, 2], unpackFields(...(names as ['a', 'b']))),
    }));
    expect(runsAfter(all, ['a']).map((run) => run.outputs)).toEqual([{ a: 1 }, { a: 2 }]);
  });
});

describe('a division is read as a regular expression, and what follows is lost', () => {
  const make = (text: string) => new Function(`return (${text})`)() as (given: object) => unknown;
  test.each([
    ["({x:of})=>of/2+' km/h //", "'"],
    ["({x})=>new class{#in=x;h(){return this.#in/2+' km/h //", "'}}().h()"],
    ["({x})=>+{valueOf:()=>x}/2+' km/h //", "'"],
    ["({x})=>({in:x}).in/2+' km/h //", "'"],
    ["({x})=>{const \u00e9in=x;return \u00e9in/2+' km/h //", "'}"],
    ["({x:yield_,x:get})=>get/2+' km/h //", "'"],
    ["({x})=>{x++;return x--/2+' km/h //", "'}"],
    ["({x})=>`${x}`/2+' km/h //", "'"],
    ["({x})=>[x][0]/2+' km/h //", "'"],
    ["({x})=>{const o={if:(v)=>v};return o.if(x)/2+' km/h //", "'}"],
    ["({x})=>{// a comment\u2028return x/2+' km/h //", "'}"],
    ["({x})=>{// a comment\rreturn x/2+' km/h //", "'}"],
    ["({x})=>[.../[\"']/.source,x/2+' km/h //", "']"],
    ["async({x})=>{for await(const y of [x])/[\"']/.test(y);return ' km/h //", "'}"],
  ])('%s', (start, end) => {
    const [one, other] = [`${start}a${end}`, `${start}b${end}`];
    expect(make(one)).toBeTypeOf('function');
    expect(normaliseSource(one)).not.toBe(normaliseSource(other));
  });

  test('edited code is computed anew', () => {
    const store = memoryCacheStore();
    const both = [
      { h: ({ x: of }: { x: number }) => of / 2 + ' km/h //a' },
      { h: ({ x: of }: { x: number }) => of / 2 + ' km/h //b' },
    ];
    const given = { inputs: { x: 8 } };
    expect(
      both.map((m) => createDriver({ modules: [m], cache: { store } }).executeSync(['h'], given)),
    ).toEqual([{ h: '4 km/h //a' }, { h: '4 km/h //b' }]);
  });
});

describe('with a cache a run fails that works without one', () => {
  const deep = () => {
    let nested: unknown = 1;
    for (let depth = 0; depth < 20_000; depth++) nested = [nested];
    return nested;
  };
  test.each<[string, () => unknown]>([
    [
      'a getter that throws',
      () => ({
        get socket(): never {
          throw new Error('not connected');
        },
      }),
    ],
    [
      'toJSON that throws',
      () => ({
        toJSON(): never {
          throw new Error('not connected');
        },
      }),
    ],
    [
      'a class whose name throws',
      () =>
        class {
          static get name(): never {
            throw new Error('no name');
          }
        },
    ],
    [
      'an instance of it',
      () =>
        new (class {
          static get name(): never {
            throw new Error('no name');
          }
        })(),
    ],
    ['what is very deep', deep],
    [
      'what refuses to be read',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return [proxy];
      },
    ],
  ])('%s', (_, make) => {
    const c = make();
    const m = { a: node(({ c: given }: { c: unknown }) => typeof given, inject({ c: value(c) })) };
    const filled = { r: node(() => ({ x: 1 }), extractFields('x', { fillWith: c })) };
    const stepped = { s: node(() => 1, loose.pipeOutput(loose.step((n: number) => n, value(c)))) };
    const modules = [m, filled, stepped];
    const driver = createDriver({
      modules,
      cache: { store: memoryCacheStore() },
      log: quiet,
    } as never) as unknown as {
      runSync(outputs: string[]): { error?: Error; status: string };
      exportExecution(outputs: string[]): string;
      versions(): { graph: string };
    };
    for (const _run of ['cold', 'warm']) {
      const run = driver.runSync(['a', 'x', 's']);
      expect(run.error).toBeUndefined();
      expect(run.status).toBe('success');
    }
    expect(() => driver.exportExecution(['a', 'x', 's'])).not.toThrow();
    expect(driver.versions().graph).toMatch(/^[0-9a-f]{32}$/);
  });
});
