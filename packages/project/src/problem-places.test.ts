/** Every problem about something that stands in YAML says on which line, and all of them are reported together. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isFlowerPowerError, type Problem } from '@flowerpower/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject } from './index.js';
import type { PipelineOverrides } from './pipelines/pipeline-overrides.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-places-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const module = `export const total = ({ items, rate = 1 }: { items: number[]; rate?: number }) => items.length * rate;
export const label = ({ total, word }: { total: number; word: string }) => word + total;
`;

async function problemsOf(yaml: string, overrides: PipelineOverrides = {}): Promise<readonly Problem[]> {
  const files = {
    'conf/project.yml': 'name: shop\n',
    'pipelines/p.ts': module,
    'conf/pipelines/p.yml': yaml,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const project = await FlowerPowerProject.load(root, { environment: {} });
  try {
    await project.run('p', overrides);
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    const { problems } = error;
    return problems.length > 0 ? problems : [error];
  } finally {
    await project.close();
  }
  return expect.fail('Nothing was thrown.');
}

/** `FP_… line:column`, of the first place. */
const inShort = ({ code, places: [place] = [] }: Problem) =>
  place?.file === 'conf/pipelines/p.yml' ? `${code} ${place.line}:${place.column}` : code;

const given = 'run:\n  inputs: { items: [1], word: a }\n';

test.each([
  ['a node in params', `${given}params:\n  totl: { rate: 2 }\n`, ['FP_UNKNOWN_PARAMS_KEY 4:9']],
  ['a parameter in params', `${given}params:\n  total:\n    rat: 2\n`, ['FP_UNKNOWN_PARAM 5:10']],
  ['a value in params', `${given}params:\n  wrd: x\n`, ['FP_UNKNOWN_PARAMS_KEY 4:8']],
  ['a value where a map belongs', `${given}params: { total: 3 }\n`, ['FP_INVALID_PARAMS 3:18']],
  [
    'a source that is none',
    `${given}params: { total: { rate: { $source: 7 } } }\n`,
    ['FP_INVALID_PARAMS 3:26'],
  ],
  ['a source in a wrong place', `${given}params: { total: { $source: x } }\n`, ['FP_INVALID_PARAMS 3:18']],
  ['finalVars', `${given}  finalVars:\n    - total\n    - labl\n`, ['FP_UNKNOWN_OUTPUT 5:7']],
  ['an input', 'run:\n  inputs:\n    items: [1]\n    word: a\n    wrd: b\n', ['FP_UNKNOWN_INPUT 5:10']],
  [
    'an input that is a node',
    'run: { inputs: { items: [1], word: a, total: 3 } }\n',
    ['FP_UNKNOWN_INPUT 1:46'],
  ],
  ['an input in config', `${given}  config: { word: b }\n`, ['FP_INPUT_IN_CONFIG 2:31']],
  ['config', `${given}  config: { mode: b }\n`, ['FP_UNKNOWN_CONFIG_KEY 3:19']],
  ['the executor', `${given}  executor: { type: ray }\n`, ['FP_UNKNOWN_EXECUTOR 3:21']],
  ['options of the executor', `${given}  executor: { options: { a: 1 } }\n`, ['FP_INVALID_RUN_OPTION 3:24']],
  [
    'an error to retry',
    `${given}  retry: { retryExceptions: [TypeError, Typo] }\n`,
    ['FP_UNKNOWN_RETRY_EXCEPTION 3:41'],
  ],
  ['a cached node', `${given}  cache: { recompute: [total, totl] }\n`, ['FP_BAD_CACHE_OPTION 3:31']],
  ['a loader', `${given}io: { load: { x: { type: cvs, path: x } } }\n`, ['FP_UNKNOWN_LOADER 3:26']],
  [
    'an option of an entry of several lines',
    `${given}io:
  load:
    x:
      type: csv
      path: x.csv
      as: rows
      types:
        amount: float
      shcema: rows
`,
    ['FP_IO_OPTIONS 11:15', 'FP_IO_OPTIONS 8:11', 'FP_IO_OPTIONS 10:17'],
  ],
  [
    'a schema that nothing exports',
    `${given}io:\n  load:\n    x:\n      type: csv\n      path: x.csv\n      schema: rows\n`,
    ['FP_IO_BINDING 8:15'],
  ],
  [
    'a file that is missing when the run reads it',
    'io:\n  load:\n    items:\n      type: json\n      path: x.json\nrun: { inputs: { word: a } }\n',
    ['FP_NODE_FAILED 5:13'],
  ],
  [
    'an additional module that is missing',
    `${given}  additionalModules:\n    - shared.mony\n`,
    ['FP_MODULE_NOT_FOUND 4:7'],
  ],
  ['an entry without a path', `${given}io:\n  load:\n    x:\n      type: csv\n`, ['FP_IO_OPTIONS 6:7']],
  [
    'a saver of no node',
    `${given}io:\n  save:\n    totl: { type: json, path: x.json }\n`,
    ['FP_UNKNOWN_SAVE_TARGET 5:11'],
  ],
])('%s', async (_what, yaml, expected) => {
  expect((await problemsOf(yaml)).map(inShort)).toEqual(expected);
});

test('schema is an option of every entry of io.load: it is listed, and suggested for a slip', async () => {
  const [problem] = await problemsOf(`${given}io: { load: { x: { type: json, path: x, shcema: rows } } }\n`);
  expect(problem).toMatchObject({
    message: "io.load.x: json has no option 'shcema'. Did you mean 'schema'?",
    hint: 'json takes: path, compression, largeIntegers, schema, storageOptions.',
  });
});

test('what the command or code gives has no place in YAML', async () => {
  const found = await problemsOf(given, { inputs: { wrd: 1 }, outputs: ['labl'] });
  expect(found.map(inShort)).toEqual(['FP_UNKNOWN_OUTPUT', 'FP_UNKNOWN_INPUT']);
});

test('a build that fails does not hide what is wrong with outputs and inputs', async () => {
  const yaml = `run:
  finalVars: [labl]
  inputs: { wrd: a }
  executor: ray
  timeout: 30
  cache: { recompute: [totl] }
params:
  totl: { rate: 2 }
io:
  save: { ttl: { type: jsn, path: x } }
`;
  expect((await problemsOf(yaml)).map(inShort).sort()).toEqual([
    'FP_BAD_CACHE_OPTION 6:24',
    'FP_UNKNOWN_EXECUTOR 4:13',
    'FP_UNKNOWN_INPUT 3:18',
    'FP_UNKNOWN_OUTPUT 2:15',
    'FP_UNKNOWN_PARAMS_KEY 8:9',
    'FP_UNKNOWN_SAVER 10:24',
    'FP_UNKNOWN_SAVE_TARGET 10:16',
  ]);
});
