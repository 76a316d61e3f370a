/** Fan-outs are judged item by item: what is fanned out gives an item, what collects takes a list of them. */
import { type Dependency, createDriver, type Graph, type GraphNode } from '@flowerpower/core';
import { createModuleImporter } from '@flowerpower/modules';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCoreOnce, checkedProject } from './__fixtures__/checked-project.js';
import type { CheckReport } from './report.js';

beforeAll(buildCoreOnce, 600_000);

type Collect = NonNullable<Dependency['collect']>;

interface FanOuts {
  /** Names of the nodes that are fanned out. */
  readonly expand: readonly string[];
  /** By `node(parameter)`. */
  readonly collect: Readonly<Record<string, Collect>>;
}

/** Marks nodes and edges as the modifiers of a fan-out do. */
function fannedOut(graph: Graph, { expand, collect }: FanOuts): Graph {
  const nodes = new Map<string, GraphNode>();
  for (const [name, node] of graph.nodes) {
    const dependencies = node.dependencies.map((edge) => {
      const how = collect[`${name}(${edge.parameter})`];
      return how === undefined ? edge : { ...edge, collect: how };
    });
    nodes.set(name, { ...node, dependencies, ...(expand.includes(name) && { fanOut: {} }) });
  }
  return { ...graph, nodes };
}

async function checkFanOut(code: string, fanOuts: FanOuts): Promise<CheckReport> {
  const project = checkedProject({ 'pipelines/etl.ts': code });
  const modules = [await createModuleImporter({ root: project.root }).import('pipelines/etl.ts')];
  return project.check({ graph: fannedOut(createDriver({ modules }).graph, fanOuts) });
}

const edges = ({ problems }: CheckReport) =>
  problems.map((problem) =>
    problem.code === 'FP_EDGE_TYPE'
      ? `${problem.from.node} ${problem.from.type} -> ${problem.to.node} ${problem.to.type}`
      : `${problem.code}: ${problem.message}`,
  );

const collecting = (as: Collect['as'], onItemError: Collect['onItemError'] = 'fail') => ({ as, onItemError });

const pipeline = (page: string, pages: readonly string[]) => `
export async function pages({ site }: { site: string }): Promise<Iterable<string>> { return [site]; }
export const words = async ({ pages: page }: { pages: ${page} }) => [String(page)];
export async function* word<T>(words: readonly T[]): AsyncIterable<T> { yield* words; }
export const size = (word: ${page}, site: string): number => String(word).length + site.length;
${pages.map((type, index) => `export const total${index} = ({ size, words }: { size: ${type}; words?: unknown }) => [size, words];`).join('\n')}
`;
const lists = ['number[]', 'Iterable<number>', 'AsyncIterable<number>', 'PromiseSettledResult<number>[]'];
const fanOuts: FanOuts = {
  expand: ['pages', 'word'],
  collect: {
    'total0(size)': collecting('array'),
    'total1(size)': collecting('iterable'),
    'total2(size)': collecting('asyncIterable'),
    'total3(size)': collecting('array', 'collect'),
  },
};

describe('fan-outs', () => {
  test('right ones have no problems: nested, of promises, generic, collected in every way', async () => {
    const report = await checkFanOut(pipeline('string', lists), fanOuts);
    expect(report).toMatchObject({ problems: [], unchecked: 0, openInputs: ['site'] });
    expect(report.edges).toBe(13);
  });

  test('an item that does not fit is reported, and a list where another is taken', async () => {
    const [array, iterable, asyncIterable, settled] = lists;
    const moved = [asyncIterable!, asyncIterable!, array!, iterable!];
    const report = await checkFanOut(pipeline('Date', moved), fanOuts);
    expect(edges(report)).toEqual([
      'pages string -> words Date',
      'word string -> size Date',
      'size number[] -> total0 AsyncIterable<number>',
      'size Iterable<number> -> total1 AsyncIterable<number>',
      'size AsyncIterable<number> -> total2 number[]',
      `size ${settled} -> total3 Iterable<number>`,
    ]);
    const messages = report.problems.map(({ message }) => message.split('\n')[0]);
    expect(messages[0]).toBe("Each item of pages is string, but words wants Date for its parameter 'pages'.");
    expect(messages[2]).toBe(
      "size, collected, gives number[], but total0 wants AsyncIterable<number> for its parameter 'size'.",
    );
    const file = report.program.replace('.flowerpower/check/etl.check.mts', 'pipelines/etl.ts');
    expect(report.problems[2]?.places).toMatchObject([
      { file, line: 5 },
      { file, line: 6 },
    ]);
  });
});

test('an edge that forgot to collect: the hint says it', async () => {
  const code = `export const region = (): string[] => ['a'];
export const revenue = ({ region }: { region: string }): number => region.length;
export const report = ({ revenue }: { revenue: number[] }) => revenue.length;`;
  const { problems } = await checkFanOut(code, { expand: ['region'], collect: {} });
  expect(problems.map(({ hint }) => hint)).toEqual([
    "report runs once for each item of region; collect('revenue') gives it the list.",
  ]);
});
