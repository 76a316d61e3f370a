/** The law of the check: what it passes, a run starts, given the inputs and variables that it names; what it refuses, a run refuses. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { type FlowerPowerError, isFlowerPowerError, type Problem } from '@flowerpower/core';
import { describe, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

type Files = Readonly<Record<string, string | undefined>>;
type Mutation = readonly [name: string, change: (files: Files) => Files];

const module = 'pipelines/etl.ts';
const yaml = 'conf/pipelines/etl.yml';

const good: Files = {
  'conf/project.yml': 'name: shop\n',
  [module]: `export const spend = () => [10, 20];
export const signups = ({ day }: { day: string }) => day.length;
export const costs = ({ spend, signups }: { spend: number[]; signups: number }) => spend.map((x) => x / signups);
export const report = ({ costs, currency = 'EUR' }: { costs: number[]; currency?: string }) => ({ costs, currency });
`,
  'pipelines/extra.ts': 'export const rate = () => 2;\n',
  [yaml]: `params:
  report: { currency: USD }
run:
  finalVars: [report]
  inputs: { day: monday }
io:
  save:
    report: { type: json, path: output/report.json }
`,
};

const replace =
  (file: string, from: string, to: string) =>
  (files: Files): Files => ({ ...files, [file]: files[file]?.replace(from, to) });
const without =
  (file: string) =>
  (files: Files): Files => ({ ...files, [file]: undefined });
const runKey = (line: string) => replace(yaml, 'run:\n', `run:\n  ${line}\n`);

/** Each does what a person could do by mistake, or on purpose. */
const mutations: readonly Mutation[] = [
  ['a typo in finalVars', replace(yaml, '[report]', '[reprot]')],
  ['an unknown input', replace(yaml, '{ day: monday }', '{ day: monday, dy: 1 }')],
  ['no inputs', replace(yaml, '  inputs: { day: monday }\n', '')],
  ['an input that is a node', replace(yaml, '{ day: monday }', '{ day: monday, spend: [1] }')],
  ['an input that is null', replace(yaml, 'monday', 'null')],
  ['only a default export', (files) => ({ ...files, [module]: 'export default () => 1;\n' })],
  ['an empty module', (files) => ({ ...files, [module]: 'export {};\n' })],
  ['a misspelt parameter', replace(module, '{ costs, currency', '{ cotss, currency')],
  ['a parameter that is misspelt in params', replace(yaml, 'currency: USD', 'curency: USD')],
  ['a node that is misspelt in params', replace(yaml, 'report: { currency', 'reprot: { currency')],
  ['no YAML', without(yaml)],
  ['no module', without(module)],
  ['a typo in io.save', replace(yaml, '    report: {', '    reprot: {')],
  ['an unknown saver', replace(yaml, 'json', 'jsn')],
  ['an unknown option of a saver', replace(yaml, 'json, path', 'json, pth: 1, path')],
  ['a saver without path', replace(yaml, ', path: output/report.json', '')],
  [
    'savers on one path',
    replace(yaml, '    report: {', '    costs: { type: json, path: ./output//report.json }\n    report: {'),
  ],
  [
    'a loader of an unknown scheme',
    replace(yaml, 'io:\n', 'io:\n  load: { day: { type: text, path: "s9://b/x" } }\n'),
  ],
  ['a loader on a node', replace(yaml, 'io:\n', 'io:\n  load: { spend: { type: json, path: x.json } }\n')],
  ['an unknown configuration value', runKey('config: { mode: fast }')],
  ['an input in config too', runKey('config: { day: tuesday }')],
  ['an unknown executor', runKey('executor: thread')],
  ['threadpool', runKey('executor: threadpool')],
  ['an unknown exception', runKey('retry: { retryExceptions: [ConectionError] }')],
  ['a negative time', runKey('timeout: -1')],
  ['no concurrency', runKey('maxConcurrency: 0')],
  ['an unknown key', runKey('finalVar: [report]')],
  ['an unknown node in the cache lists', runKey('cache: { recompute: [costss] }')],
  ['a cache', runKey('cache: true')],
  ['an additional module', runKey('additionalModules: [extra]')],
  ['an additional module that is missing', runKey('additionalModules: [extr]')],
  [
    'a node in two modules',
    (files) => ({
      ...runKey('additionalModules: [extra]')(files),
      'pipelines/extra.ts': 'export const spend = () => 1;\n',
    }),
  ],
  ['overriding', runKey('allowModuleOverrides: true')],
  ['a saver as output', replace(yaml, '[report]', '[save.report]')],
  ['an input as output', replace(yaml, '[report]', '[day]')],
  ['a variable that is not set', replace(yaml, 'monday', '${DAY}')],
  ['a cycle', replace(module, 'spend = () =>', 'spend = ({ costs }: { costs: number[] }) =>')],
  ['a syntax error', replace(module, 'export const spend', 'export cnst spend')],
  [
    'a module that throws',
    replace(module, 'export const spend', "throw new Error('no');\nexport const spend"),
  ],
  [
    'a node that throws',
    replace(module, 'spend = () => [10, 20]', "spend = (): number[] => { throw new Error('no'); }"),
  ],
  ['a second file for the name', (files) => ({ ...files, 'conf/pipelines/other.yml': 'name: etl\n' })],
];

/** Codes of errors that a node or file raised in a run that had started. */
const started = new Set(['FP_NODE_FAILED', 'FP_NODES_FAILED']);

interface Judgement {
  /** What the check says, without what can still be given. */
  readonly problems: readonly Problem[];
  readonly missing: readonly string[];
  readonly unset: readonly string[];
  /** Undefined for a run that started. */
  readonly refusal: Problem | undefined;
}

async function judge(chosen: readonly Mutation[]): Promise<Judgement> {
  const root = mkdtempSync(join(tmpdir(), 'flowerpower-law-'));
  const files = chosen.reduce((all, [, change]) => change(all), good);
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const project = await FlowerPowerProject.load(root, { environment: {} });
  try {
    const { pipelineManager } = project;
    let problems: readonly Problem[];
    let missing: readonly string[] = [];
    let unset: readonly string[] = [];
    try {
      const report = pipelineManager.examine(await pipelineManager.load('etl'));
      problems = report.problems;
      missing = report.missing.map(({ input }) => input);
      unset = report.unset.map(({ message }) => message);
    } catch (error) {
      const failed = problemOf(error);
      problems = failed.problems.length > 0 ? failed.problems : [failed];
    }
    const refusal = await project.run('etl').then(
      () => undefined,
      (error: unknown) => (started.has(problemOf(error).code) ? undefined : problemOf(error)),
    );
    return { problems, missing, unset, refusal };
  } finally {
    await project.close();
    rmSync(root, { recursive: true, force: true });
  }
}

function problemOf(error: unknown): FlowerPowerError {
  if (isFlowerPowerError(error)) return error;
  throw error;
}

function expectLaw({ problems, missing, unset, refusal }: Judgement): void {
  const passes = problems.length + missing.length + unset.length === 0;
  expect({
    passes,
    problems: problems.map(({ message }) => message),
    refusal: refusal?.message,
  }).toMatchObject({
    passes: refusal === undefined,
  });
}

describe('what the check passes, a run starts, and what it refuses, a run refuses', () => {
  test.each(mutations)('%s', async (name, change) => {
    expectLaw(await judge([[name, change]]));
  });

  test('any of them together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...mutations], { minLength: 2, maxLength: 4 }), async (chosen) => {
        expectLaw(await judge(chosen));
      }),
      { numRuns: 30 },
    );
  });
});

test.each([
  ['a typo in finalVars', ['FP_UNKNOWN_OUTPUT']],
  ['an unknown input', ['FP_UNKNOWN_INPUT']],
  ['only a default export', ['FP_UNKNOWN_SAVE_TARGET', 'FP_UNKNOWN_INPUT']],
  ['no YAML, only a default export', ['FP_NOTHING_TO_RUN']],
  ['no YAML, an empty module', ['FP_NOTHING_TO_RUN']],
])('%s: found, with its code', async (names, codes) => {
  const { problems } = await judge(mutations.filter(([each]) => names.split(', ').includes(each)));
  expect(problems.map(({ code }) => code)).toEqual(codes);
});

test('a misspelt parameter is a missing input', async () => {
  const { missing } = await judge(mutations.filter(([name]) => name === 'a misspelt parameter'));
  expect(missing).toEqual(['cotss']);
});
