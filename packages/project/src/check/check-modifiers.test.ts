/** Every modifier of the core: right use has no problems, a wrong edge into and out of what it makes is found. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCoreOnce, checkedProject, releases } from './__fixtures__/checked-project.js';
import type { CheckProblem } from './report.js';

beforeAll(buildCoreOnce, 600_000);

interface Case {
  /** What it covers; all of it is imported. */
  readonly of: readonly string[];
  /** Exports on one line that take the number `$given`. `$` stands before every name of a node. */
  readonly code: string;
  /** Edges that take `$given`: the node with its parameter. Default `$made($given)`. */
  readonly into?: readonly string[];
  /** The source of this call does not say where it stands. */
  readonly hasNoLine?: boolean;
  /** Nodes that it makes, with their types. Default a number called `$made`. */
  readonly out?: Readonly<Record<string, string>>;
}

const plain = '({ $given: x }: { $given: number }) => x';

const cases: readonly Case[] = [
  { of: ['node', 'tag'], code: `export const $made = node(${plain}, tag({ a: 'b' }));` },
  { of: ['tagOutputs'], code: `export const $made = node(${plain}, tagOutputs({ $made: { a: 'b' } }));` },
  { of: ['schema'], code: `export const $made = node(${plain}, schema({ a: 'int' }));` },
  { of: ['when'], code: `export const $made__uk = node(${plain}, when({ country: 'uk' }));` },
  {
    of: ['whenNot'],
    code: `export const $made__uk = node(${plain}, whenNot({ country: 'de' })); export const $made__de = node(() => 'none', whenNot({ country: 'uk' }));`,
  },
  { of: ['whenIn'], code: `export const $made__uk = node(${plain}, whenIn({ country: ['uk', 'de'] }));` },
  {
    of: ['whenNotIn', 'checkOutput', 'inRange'],
    code: `export const $made__uk = node(${plain}, checkOutput(inRange(0, 1)), whenNotIn({ country: ['de'] })); export const $made__de = node(() => 'none', whenNotIn({ country: ['uk'] }));`,
    into: ['$made_raw($given)'],
    out: { $made: 'number', $made_raw: 'number' },
  },
  {
    of: ['predicate'],
    code: `export const $made__uk = node(${plain}, predicate(['country'], ({ country }) => country === 'uk'));`,
  },
  {
    of: ['exclude'],
    code: `export const $helper = node((given: string) => given, exclude()); export const $made = ${plain};`,
  },
  {
    of: ['inject', 'source'],
    code: "export const $made = node(async ({ x, by }: { x: number | string; by: number }) => [x, by], inject({ x: source('$given'), by: 2 }));",
    into: ['$made(x)'],
    out: { $made: '(number | string)[]' },
  },
  {
    of: ['value', 'parameterize', 'source'],
    code: "export const $shift = node(({ x, by }: { x: number; by: 1 | 2 }) => x + by, parameterize({ $made: { x: source('$given'), by: value(2) } }));",
    into: ['$made(x)'],
  },
  {
    of: ['group', 'inject', 'source'],
    code: "export const $made = node(({ parts, by }: { parts: { a: number; b: number[] }; by: number }) => [parts.a * by], inject({ parts: group({ a: source('$given'), b: group(1, source('$given')) }), by: 1 }));",
    into: ['$made(parts[a])', '$made(parts[b][1])'],
    out: { $made: 'number[]' },
  },
  {
    of: ['parameterize', 'source'],
    code: "export const $shift = node(({ x, by }: { x: number; by: number }) => x + by, parameterize({ $plus: { x: source('$given'), by: 1 }, $minus: { x: source('$plus'), by: -1 }, $both: { x: 1, by: source('$given') } }));",
    into: ['$plus(x)', '$both(by)'],
    out: { $plus: 'number', $minus: 'number', $both: 'number' },
  },
  {
    of: ['parameterizeSources'],
    code: "export const $shift = node(async ({ x }: { x: number }) => ({ x }), parameterizeSources({ $made: { x: '$given' } }));",
    into: ['$made(x)'],
    out: { $made: '{ x: number }' },
  },
  {
    of: ['parameterizeValues'],
    code: "export const $power = node(({ n, $given }: { n: number; $given: number }) => $given ** n, parameterizeValues('n', { $square: 2, $cube: 3 }));",
    into: ['$square($given)', '$cube($given)'],
    out: { $square: 'number', $cube: 'number' },
  },
  {
    of: ['extractFields'],
    code: "export const $made = node(async ({ $given }: { $given: number }) => ({ $low: $given, $label: 'a' }), extractFields('$low', '$label'));",
    out: { $made: '{ $low: number; $label: string }', $low: 'number', $label: 'string' },
  },
  {
    of: ['unpackFields'],
    code: "export const $made = node(({ $given }: { $given: number }) => [$given, 'a'] as const, unpackFields('$first', '$second'));",
    out: { $made: 'readonly [number, string]', $first: 'number', $second: 'string' },
  },
  {
    of: ['extractColumns', 'parameterize'],
    code: "export const $table = node(({ $given }: { $given: number }) => [{ day: $given, rebate: undefined as bigint | undefined }], parameterize({ $early: {}, $late: {} }), extractColumns('day', 'rebate', { fillWith: null }));",
    into: ['$early($given)', '$late($given)'],
    out: { '$early.day': '(number | null)[]', '$late.rebate': '(bigint | null)[]' },
  },
  {
    of: ['checkOutput', 'inRange', 'tag', 'type ValidationResult'],
    code: `export const $made = node(${plain}, checkOutput(inRange(0, 1)), tag({ a: 'b' }));`,
    into: ['$made_raw($given)'],
    out: { $made: 'number', $made_raw: 'number', $made_inRange: 'ValidationResult' },
  },
  { of: ['cache'], code: `export const $made = node(${plain}, cache('disable'));` },
  { of: ['retry'], code: `export const $made = node(${plain}, retry({ maxRetries: 1 }));` },
  { of: ['runOn'], code: `export const $made = node(${plain}, runOn('local'));` },
  { of: ['timeout'], code: `export const $made = node(${plain}, timeout(5));` },
  {
    of: ['resolve', 'parameterize', 'source'],
    code: "export const $shift = node(({ x }: { x: number }) => x, resolve(['country'], () => parameterize({ $made: { x: source('$given') } })));",
    into: ['$made(x)'],
  },
  {
    of: ['dataLoader'],
    code: 'export const $made = node(async ({ $given }: { $given: number }) => [$given, { rows: 1 }] as const, dataLoader());',
    into: ['$made.loader($given)'],
    out: { $made: 'number', '$made.loader': 'readonly [number, object]' },
  },
  {
    of: ['dataSaver'],
    code: 'export const $made = node(({ $given }: { $given: number }) => ({ rows: $given }), dataSaver());',
    out: { $made: '{ rows: number }' },
  },
  {
    of: ['loadFrom', 'type DataLoader'],
    code: "const $loader: DataLoader<string[], object, { $given: number }> = { type: 'own', options: { at: source('$given') }, load: () => [[], {}] }; export const $made = node(({ rows }: { rows: string[] }) => rows.length, loadFrom({ rows: $loader }));",
    into: ['$made.load_data.rows(own.at)'],
    out: { $made: 'number', '$made.select_data.rows': 'string[]' },
  },
  {
    of: ['saveTo', 'type DataSaver'],
    code: `const $saver: DataSaver<number, { rows: number }> = { type: 'own', options: {}, save: () => ({ rows: 1 }) }; export const $made = node(${plain}, saveTo($saver));`,
    out: { $made: 'number', 'save.$made': '{ rows: number }' },
  },
  {
    of: ['mutate', 'step'],
    code: `export const $made = ${plain}; export const $clean = mutate(step((x: number) => [x]).named('listed'), { $made });`,
    into: ['$made.raw($given)'],
    out: { $made: 'number[]', '$made.raw': 'number', '$made.listed': 'number[]' },
  },
  {
    of: ['pipeInput', 'step', 'source'],
    code: "const $scale = async (x: number, by: number) => [x * by]; export const $made = node(({ x }: { x: number[] }) => x.length, inject({ x: source('$given') }), pipeInput(step($scale, source('$given')).named('scaled')));",
    into: ['$made.scaled(x)', '$made.scaled(by of scaled)'],
    out: { $made: 'number', '$made.scaled': 'number[]' },
  },
  {
    of: ['pipeOutput', 'step', 'source'],
    code: "const $scale = async (x: number, by: number) => [x * by]; export const $made = node(({ $given }: { $given: number }) => $given, pipeOutput(step($scale, source('$given')).named('scaled')));",
    into: ['$made.raw($given)', '$made.scaled(by of scaled)'],
    out: { $made: 'number[]', '$made.scaled': 'number[]', '$made.raw': 'number' },
  },
  {
    of: ['subdag', 'source'],
    code: "const $inner = { net: ({ gross }: { gross: number }) => [gross] }; export const $made = node(({ net }: { net: number[] }) => net.length, subdag({ modules: [$inner], inputs: { gross: source('$given') }, namespace: '$uk' }));",
    into: ['$uk.net(gross)'],
    out: { $made: 'number', '$uk.net': 'number[]' },
  },
  {
    of: ['parameterizedSubdag', 'source'],
    code: "const $inner = { net: ({ gross, by }: { gross: number; by: number }) => [gross * by] }; export const $nets = node(({ net }: { net: number[] }) => net.length, parameterizedSubdag({ modules: [$inner], inputs: { gross: source('$given') }, outputs: { $one: { inputs: { by: 1 } }, $two: { inputs: { by: 2 } } } }));",
    into: ['$one.net(gross)', '$two.net(gross)'],
    out: { $one: 'number', '$two.net': 'number[]' },
  },
  {
    of: ['withColumns', 'source'],
    code: "const $inner = { twice: ({ price, by }: { price: number[]; by: number }) => price.map((one) => by * one) }; export const $made = node(({ rows }: { rows: { price: number; twice: number }[] }) => rows.length, withColumns({ modules: [$inner], columnsToPass: ['price'], select: ['twice'], inputs: { by: source('$given') } })); export const rows = () => [{ price: 1 }];",
    into: ['$made.twice(by)'],
    out: { $made: 'number', '$made.twice': 'number[]' },
  },
  {
    of: ['branch'],
    code: "export const $one = () => 1; export const $two = async () => 'two'; export const $made = branch('$given', { 1: '$one' }, { otherwise: '$two' });",
    hasNoLine: true,
    out: { $made: 'number | string' },
  },
  {
    of: ['parallelizable', 'collect'],
    code: "export const $pages = node(async ({ $given }: { $given: number }) => [$given], parallelizable()); export const $page = ({ $pages }: { $pages: number }) => String($pages); export const $made = node(({ $page }: { $page: AsyncIterable<string> }) => [$page], collect('$page', { as: 'asyncIterable' }));",
    into: ['$pages($given)'],
    out: { $pages: 'number', $page: 'string', $made: 'AsyncIterable<string>[]' },
  },
  {
    of: ['parallelizable', 'collect', 'parameterize', 'checkOutput', 'inRange'],
    code: "export const $list = node(({ x }: { x: number }) => new Set([x]), parameterize({ $odd: { x: source('$given') } }), parallelizable()); export const $item = node(({ $odd }: { $odd: number }) => $odd, checkOutput(inRange(0, 9))); export const $made = node(({ $item }: { $item: PromiseSettledResult<number>[] }) => $item, collect('$item', { onItemError: 'collect' }));",
    into: ['$odd(x)'],
    out: { $odd: 'number', $item: 'number', $made: 'PromiseSettledResult<number>[]' },
  },
];

const namesUsed = [...new Set(cases.flatMap(({ of }) => of))];
const intoOf = ({ into }: Case) => into ?? ['$made($given)'];
const outOf = ({ out }: Case) => Object.entries(out ?? { $made: 'number' });
const fileOf = (index: number) => `pipelines/case${index}.ts`;
const own = (text: string, index: number) => text.replaceAll('$', `c${index}_`);

/** The second line gives, the third is that of the case, and each one below takes one of its nodes. */
function moduleOf(one: Case, index: number, wrong: boolean): string {
  const takers = outOf(one).map(
    ([name, type], position) =>
      `export const $taker${position} = ({ '${name}': v }: { '${name}': ${wrong ? 'symbol' : type} }) => v;`,
  );
  const lines = [
    `import { ${namesUsed.join(', ')} } from '@flowerpower/core';`,
    `export const $given = (): ${wrong ? '{ wrong: true }' : 'number'} => null!;`,
    one.code,
    ...takers,
  ];
  return own(lines.join('\n'), index);
}

async function checkAll(wrong: boolean, release: (typeof releases)[keyof typeof releases]) {
  const project = checkedProject(
    Object.fromEntries(cases.map((one, index) => [fileOf(index), moduleOf(one, index, wrong)])),
    release,
  );
  const report = await project.check({
    files: cases.map((_, index) => fileOf(index)),
    config: { country: 'uk' },
  });
  return { report, root: project.root };
}

/** What is wrong in one file: the edge, and the lines of its two ends. */
function edgesIn(file: string, problems: readonly CheckProblem[]): string[] {
  return problems
    .filter(({ places }) => places?.every((place) => place.file === file))
    .map((problem) => {
      if (problem.code !== 'FP_EDGE_TYPE') return `${problem.code}: ${problem.message}`;
      const lines = problem.places?.map(({ line }) => line).join(' -> ');
      return `${problem.from.node} -> ${problem.to.node}(${problem.to.parameter}) ${lines}`;
    });
}

describe.each(Object.entries(releases))('%s', (_, release) => {
  test('the right use of every modifier has no problems, and all of it is checked', async () => {
    const { report } = await checkAll(false, release);
    expect(report.problems).toEqual([]);
    expect(report.uncheckedEdges).toEqual([]);
    expect(report.openInputs).toEqual([]);
  });

  test('a wrong edge into and out of what every modifier makes is reported with both places', async () => {
    const { report, root } = await checkAll(true, release);
    const found = cases.map((one, index) => [
      one.of,
      edgesIn(`${root}/${fileOf(index)}`, report.problems).sort(),
    ]);
    const expected = cases.map((one, index) => {
      const line = one.hasNoLine ? '' : 3;
      const into = intoOf(one).map((taker) => `$given -> ${taker} 2 -> ${line}`);
      const out = outOf(one).map(
        ([name], position) => `${name} -> $taker${position}(${name}) ${line} -> ${position + 4}`,
      );
      return [one.of, [...into, ...out].map((edge) => own(edge, index)).sort()];
    });
    expect(found).toEqual(expected);
    expect(report.uncheckedEdges).toEqual([]);
  });
});

test('every modifier that the core exports has a case', () => {
  const index = readFileSync(new URL('../../../core/src/index.ts', import.meta.url), 'utf8');
  const exported = [...index.matchAll(/export \{([^{}]*)\} from '.\/(?:modifiers\/|checks\/check-output)/g)]
    .flatMap(([, names]) => names!.split(','))
    .map((name) => name.trim())
    .filter((name) => /^[a-z]/.test(name) && !name.startsWith('type '));
  expect(exported.filter((name) => !namesUsed.includes(name))).toEqual([]);
});
