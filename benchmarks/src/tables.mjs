// Tables in files against the bare libraries: each contender converts a file in a process of its own.
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { table } from './table.mjs';

const rows = Number(process.env.FLOWERPOWER_BENCH_ROWS ?? 1_000_000);

/** Eight columns, about 83 bytes each row: quotes, UTF-8, timestamps. */
async function writeCsv(file) {
  const stream = createWriteStream(file);
  stream.write('id,region,product,amount,quantity,paid,at,note\n');
  for (let start = 0; start < rows; start += 1000) {
    let text = '';
    for (let id = start; id < Math.min(rows, start + 1000); id++) {
      const at = new Date(1_700_000_000_000 + id * 1000).toISOString();
      text += `${id},region-${id % 17},"product ""${id % 1009}""",${(id % 9973) / 100},${id % 13},${id % 2 === 0},${at},größe ${id * 7919}\n`;
    }
    if (!stream.write(text)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
  await finished(stream);
}

const bareCsv = async (file) => {
  const { createReadStream } = await import('node:fs');
  const { parse } = await import('csv-parse');
  const cast = {
    id: Number,
    amount: Number,
    quantity: Number,
    paid: (text) => text === 'true',
    at: (text) => new Date(text),
  };
  async function* typed() {
    for await (const row of createReadStream(file).pipe(parse({ columns: true }))) {
      for (const name in cast) row[name] = cast[name](row[name]);
      yield row;
    }
  }
  return typed();
};

const ours = async (dir) => {
  const { createLocalFileSystem } = await import('@flowerpower/fs');
  const { builtinLoaders, builtinSavers, parseOptions } = await import('@flowerpower/io');
  const { parquetLoader, parquetSaver } = await import('@flowerpower/plugin-parquet');
  const fs = createLocalFileSystem({ root: dir });
  const context = { resolve: (path) => ({ fs, path }) };
  const loaders = { ...builtinLoaders, parquet: parquetLoader };
  const savers = { ...builtinSavers, parquet: parquetSaver };
  return {
    load: (type, options) => loaders[type].load(parseOptions(loaders[type], options), context),
    save: (type, value, options) => savers[type].save(value, parseOptions(savers[type], options), context),
  };
};

const csvOptions = {
  path: 'in.csv',
  as: 'batches',
  types: { id: 'integer', amount: 'number', quantity: 'integer', paid: 'boolean', at: 'date' },
};

/** By question and contender, a function of the folder that gives the number of rows. */
const questions = {
  'CSV to Parquet': {
    bare: async (dir, { bareCsv }) => {
      const { parquetWriteRows } = await import('hyparquet-writer');
      const { fileWriter } = await import('hyparquet-writer/src/node.js');
      const types = ['INT64', 'STRING', 'STRING', 'DOUBLE', 'INT64', 'BOOLEAN', 'TIMESTAMP', 'STRING'];
      const names = ['id', 'region', 'product', 'amount', 'quantity', 'paid', 'at', 'note'];
      let count = 0;
      async function* integers() {
        for await (const row of await bareCsv(`${dir}/in.csv`)) {
          count++;
          row.id = BigInt(row.id);
          row.quantity = BigInt(row.quantity);
          yield row;
        }
      }
      await parquetWriteRows({
        writer: fileWriter(`${dir}/bare.parquet`),
        rows: integers(),
        columns: names.map((name, index) => ({ name, type: types[index] })),
      });
      return count;
    },
    ours: async (dir, { ours, csvOptions }) => {
      const io = await ours(dir);
      const { value } = await io.load('csv', csvOptions);
      return (await io.save('parquet', value, { path: 'ours.parquet' })).rows;
    },
  },
  'CSV to JSONL': {
    bare: async (dir, { bareCsv }) => {
      const { createWriteStream } = await import('node:fs');
      const { Readable } = await import('node:stream');
      const { pipeline } = await import('node:stream/promises');
      let count = 0;
      async function* lines() {
        for await (const row of await bareCsv(`${dir}/in.csv`)) {
          count++;
          yield `${JSON.stringify(row)}\n`;
        }
      }
      await pipeline(Readable.from(lines()), createWriteStream(`${dir}/bare.jsonl`));
      return count;
    },
    ours: async (dir, { ours, csvOptions }) => {
      const io = await ours(dir);
      const { value } = await io.load('csv', csvOptions);
      return (await io.save('jsonl', value, { path: 'ours.jsonl' })).rows;
    },
  },
  'Parquet to rows': {
    bare: async (dir) => {
      const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet');
      const { compressors } = await import('hyparquet-compressors');
      const file = await asyncBufferFromFile(`${dir}/ours.parquet`);
      return (await parquetReadObjects({ file, compressors })).length;
    },
    ours: async (dir, { ours }) => {
      const io = await ours(dir);
      return (await io.load('parquet', { path: 'ours.parquet' })).value.length;
    },
  },
  'Parquet to batches': {
    ours: async (dir, { ours }) => {
      const io = await ours(dir);
      let count = 0;
      const { value } = await io.load('parquet', { path: 'ours.parquet', as: 'batches' });
      for await (const batch of value) count += batch.length;
      return count;
    },
  },
  'one column of Parquet': {
    bare: async (dir) => {
      const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet');
      const { compressors } = await import('hyparquet-compressors');
      const file = await asyncBufferFromFile(`${dir}/ours.parquet`);
      return (await parquetReadObjects({ file, compressors, columns: ['amount'] })).length;
    },
    ours: async (dir, { ours }) => {
      const io = await ours(dir);
      return (await io.load('parquet', { path: 'ours.parquet', columns: ['amount'] })).value.length;
    },
  },
};

/** Runs in a fresh process; CPU seconds and the peak of its memory in MB. */
async function measured({ convert, dir, given }) {
  const before = process.cpuUsage();
  const count = await convert(dir, given);
  const { user, system } = process.cpuUsage(before);
  console.log(
    JSON.stringify({ count, cpu: (user + system) / 1e6, peakMB: process.resourceUsage().maxRSS / 1024 }),
  );
}

function inProcess(convert, dir) {
  const given = `{ bareCsv: ${bareCsv}, ours: ${ours}, csvOptions: ${JSON.stringify(csvOptions)} }`;
  const text = `(${measured})({ convert: ${convert}, dir: ${JSON.stringify(dir)}, given: ${given} });`;
  const args = ['--input-type=module', '-e', text];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`A contender failed:\n${stderr}`);
  const result = JSON.parse(stdout);
  if (result.count !== rows) throw new Error(`A contender converted ${result.count} of ${rows} rows.`);
  return result;
}

export async function run() {
  const dir = mkdtempSync(join(tmpdir(), 'flowerpower-tables-'));
  try {
    await writeCsv(join(dir, 'in.csv'));
    const lines = [['question', 'bare CPU s', 'ours CPU s', 'ratio', 'bare peak MB', 'ours peak MB']];
    for (const [question, { bare, ours: own }] of Object.entries(questions)) {
      const first = bare && inProcess(bare, dir);
      const second = inProcess(own, dir);
      lines.push([
        question,
        first?.cpu.toFixed(1) ?? '',
        second.cpu.toFixed(1),
        first === undefined ? '' : (second.cpu / first.cpu).toFixed(2),
        first?.peakMB.toFixed(0) ?? '',
        second.peakMB.toFixed(0),
      ]);
    }
    const size = (statSync(join(dir, 'in.csv')).size / 2 ** 20).toFixed(0);
    return table(`Tables: ${rows} rows, ${size} MB of CSV, Node ${process.versions.node}`, lines);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
