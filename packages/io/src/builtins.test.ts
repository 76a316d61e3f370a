import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createLocalFileSystem } from '@flowerpower/fs';
import { withFaults } from '@flowerpower/fs/testing';
import { describe, expect, test } from 'vitest';
import { builtinLoaders, builtinSavers, type Loader, parseOptions, type Saver } from './index.js';
import { loaderContract, saverContract } from './testing/index.js';

const runner = { describe, test };
const rows = [
  { region: 'north', total: '3' },
  { region: 'south', total: '4' },
  { region: 'west', total: '5' },
];
const csv = 'region,total\nnorth,3\nsouth,4\nwest,5\n';
const jsonl = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const invalidUtf8 = Buffer.from([0x61, 0xff, 0x62]);

const batches = [rows.slice(0, 2), rows.slice(2)];
const asBatches = { as: 'batches', batchRows: 2 };
const { csv: csvLoader, json: jsonLoader, jsonl: jsonlLoader, text, yaml, bytes } = builtinLoaders;

loaderContract(runner, {
  loader: csvLoader,
  path: 'a.csv',
  content: csv,
  expected: rows,
  malformed: 'a,b\n1\n',
});
loaderContract(runner, {
  name: 'csv in batches',
  loader: csvLoader,
  path: 'a.csv',
  content: csv,
  options: asBatches,
  expected: batches,
  malformed: 'a\n"x',
});
loaderContract(runner, {
  name: 'csv.gz',
  loader: csvLoader,
  path: 'a.csv.gz',
  content: gzipSync(csv),
  expected: rows,
  malformed: csv,
});
loaderContract(runner, {
  name: 'csv.gz in batches',
  loader: csvLoader,
  path: 'a.csv.gz',
  content: gzipSync(csv),
  options: asBatches,
  expected: batches,
  malformed: gzipSync(csv).subarray(0, 30),
});
loaderContract(runner, {
  loader: jsonLoader,
  path: 'a.json',
  content: '{"a": [1, null]}',
  expected: { a: [1, null] },
  malformed: '{"a": }',
});
loaderContract(runner, {
  name: 'json, compression by option',
  loader: jsonLoader,
  path: 'a.bin',
  content: gzipSync('[1]'),
  options: { compression: 'gzip' },
  expected: [1],
  malformed: gzipSync('[1'),
});
loaderContract(runner, {
  loader: jsonlLoader,
  path: 'a.jsonl',
  content: jsonl,
  expected: rows,
  malformed: '{"a": 1}\n{"a"\n',
});
loaderContract(runner, {
  name: 'jsonl in batches',
  loader: jsonlLoader,
  path: 'a.jsonl',
  content: jsonl,
  options: asBatches,
  expected: batches,
  malformed: '[1]',
});
loaderContract(runner, {
  loader: text,
  path: 'a.txt',
  content: '\ufeffgrüße\r\n',
  expected: 'grüße\r\n',
  malformed: invalidUtf8,
});
loaderContract(runner, {
  name: 'text, no compression by option',
  loader: text,
  path: 'a.gz',
  content: 'plain',
  options: { compression: 'none' },
  expected: 'plain',
  malformed: invalidUtf8,
});
loaderContract(runner, {
  loader: yaml,
  path: 'a.yaml',
  content: 'a: [1, yes]\n',
  expected: { a: [1, 'yes'] },
  malformed: 'a: [1\nb',
});
loaderContract(runner, {
  loader: bytes,
  path: 'a.gz',
  content: gzipSync('x'),
  expected: new Uint8Array(gzipSync('x')),
});

async function* inBatches() {
  yield* batches;
}
async function* breaking() {
  yield batches[0];
  yield [{ region: 'east', totl: 1 }];
}
const circular: Record<string, unknown> = {};
circular['self'] = circular;
const noRows = [
  () => 'text',
  () => 1,
  () => undefined,
  () => rows[0],
  () => [rows[0], 'row'],
  () => [[1]],
  () => [null],
  () => [{ a: '\ud800' }],
];
const noJson = [
  () => undefined,
  () => 1n,
  () => [Number.NaN],
  () => ({ a: undefined }),
  () => [() => 1],
  () => new Map(),
  () => circular,
  () => new Date('x'),
];

saverContract(runner, {
  saver: builtinSavers.csv,
  path: 'a.csv',
  value: () => rows,
  expected: csv,
  refused: [...noRows, breaking, () => [{ a: {} }], () => [{}]],
});
saverContract(runner, {
  name: 'csv from async batches',
  saver: builtinSavers.csv,
  path: 'a.csv',
  value: inBatches,
  expected: csv,
  refused: [breaking],
});
saverContract(runner, {
  name: 'csv.gz',
  saver: builtinSavers.csv,
  path: 'a.csv.gz',
  value: () => new Set(rows).values(),
  expected: gzipSync(csv),
  refused: [breaking],
});
saverContract(runner, {
  saver: builtinSavers.json,
  path: 'a.json',
  value: () => ({ a: [1, null] }),
  expected: '{\n  "a": [\n    1,\n    null\n  ]\n}\n',
  refused: noJson,
});
saverContract(runner, {
  name: 'json.gz',
  saver: builtinSavers.json,
  path: 'a.json.gz',
  options: { indent: 0 },
  value: () => [1],
  expected: gzipSync('[1]\n'),
  refused: noJson,
});
saverContract(runner, {
  saver: builtinSavers.jsonl,
  path: 'a.jsonl',
  value: () => rows,
  expected: jsonl,
  refused: [...noRows.slice(0, -1), () => [{ a: 1n }]],
});
saverContract(runner, {
  name: 'jsonl, compressed by option',
  saver: builtinSavers.jsonl,
  path: 'a.jsonl',
  options: { compression: 'gzip' },
  value: inBatches,
  expected: gzipSync(jsonl),
  refused: [() => [{ a: undefined }]],
});
saverContract(runner, {
  saver: builtinSavers.text,
  path: 'a.txt',
  value: () => 'grüße\r\n',
  expected: 'grüße\r\n',
  refused: [() => 1, () => null, () => 'a\ud800b'],
});
saverContract(runner, {
  saver: builtinSavers.yaml,
  path: 'a.yaml',
  value: () => ({ a: [1, 'yes', 'null'] }),
  expected: 'a:\n  - 1\n  - yes\n  - "null"\n',
  refused: noJson,
});
saverContract(runner, {
  saver: builtinSavers.bytes,
  path: 'a.gz',
  value: () => Buffer.from([0, 255]),
  expected: Buffer.from([0, 255]),
  refused: [() => 'text', () => [1]],
});

test('the records are keyed by type', () => {
  for (const [type, loader] of Object.entries(builtinLoaders)) expect(loader.type).toBe(type);
  for (const [type, saver] of Object.entries(builtinSavers)) expect(saver.type).toBe(type);
  expect(Object.keys(builtinSavers)).toEqual(Object.keys(builtinLoaders));
});

const samples: Record<keyof typeof builtinSavers, unknown> = {
  csv: rows,
  json: rows,
  jsonl: rows,
  text: csv,
  yaml: rows,
  bytes: Buffer.from(csv),
};

describe('on the disk, a save whose nth call fails leaves the old file and nothing else', () => {
  for (const [type, value] of Object.entries(samples)) {
    test(type, async () => {
      const saver: Saver<unknown> = builtinSavers[type as keyof typeof samples];
      const root = await mkdtemp(join(tmpdir(), 'fp-io-'));
      try {
        await writeFile(join(root, 'x'), 'old');
        const options = parseOptions(saver, { path: 'x' });
        for (let n = 1; ; n++) {
          const faulty = withFaults(createLocalFileSystem({ root }), [{ call: n, fail: 'Unavailable' }]);
          const saving = saver.save(value, options, { resolve: (path) => ({ fs: faulty.fs, path }) });
          const failed = await saving.then(
            () => false,
            () => true,
          );
          expect(await readdir(root)).toEqual(['x']);
          if (!failed) break;
          expect(await readFile(join(root, 'x'), 'utf8')).toBe('old');
        }
        expect(await readFile(join(root, 'x'), 'utf8')).not.toBe('old');
      } finally {
        await rm(root, { recursive: true });
      }
    });
  }
});

test('every loader reads what its saver wrote, on the disk, compressed and not', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fp-io-'));
  try {
    const fs = createLocalFileSystem({ root });
    const context = { resolve: (path: string) => ({ fs, path }) };
    for (const type of Object.keys(samples) as (keyof typeof samples)[]) {
      for (const path of [`d/x.${type}`, `d/x.${type}.gz`]) {
        const saver: Saver<unknown> = builtinSavers[type];
        const loader: Loader<unknown, unknown> = builtinLoaders[type];
        const saved = await saver.save(samples[type], parseOptions(saver, { path }), context);
        const { value, metadata } = await loader.load(parseOptions(loader, { path }), context);
        expect(value).toEqual(type === 'bytes' ? new Uint8Array(samples.bytes as Buffer) : samples[type]);
        expect(metadata).toMatchObject({ bytes: saved.bytes, sha256: saved.sha256, uri: saved.uri });
        if (path.endsWith('.gz') && type !== 'bytes') gunzipSync(await fs.read(path));
      }
    }
  } finally {
    await rm(root, { recursive: true });
  }
});
