// What does the local filesystem cost for each small file, against node:fs and what one has to write to be as safe?
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureApart } from './apart.mjs';
import { table } from './table.mjs';

const count = 10_000;

/** Each works on `count` files of 1 KB below `root`, 16 at once, and gives how many bytes it moved. */
const writers = {
  'node:fs writeFile': async ({ root, count: files, round }) => {
    const { mkdir, writeFile } = await import('node:fs/promises');
    const data = Buffer.alloc(1024, 'flower');
    const dir = `${root}/plain-${round}`;
    await mkdir(dir, { recursive: true });
    const write = async (file) => {
      await writeFile(`${dir}/${file}`, data);
      return data.length;
    };
    return () => globalThis.inTurns(files, write);
  },
  'by hand: temporary file, rename': async ({ root, count: files, round }) => {
    const { mkdir, rename, writeFile } = await import('node:fs/promises');
    const data = Buffer.alloc(1024, 'flower');
    const dir = `${root}/renamed-${round}`;
    await mkdir(dir, { recursive: true });
    const write = async (file) => {
      await writeFile(`${dir}/.${file}.tmp`, data, { flag: 'wx' });
      await rename(`${dir}/.${file}.tmp`, `${dir}/${file}`);
      return data.length;
    };
    return () => globalThis.inTurns(files, write);
  },
  'ours, durable: false': async ({ root, count: files, round }) => {
    const { createLocalFileSystem } = await import('@flowerpower/fs');
    const fs = createLocalFileSystem({ root: `${root}/ours-${round}` });
    const data = Buffer.alloc(1024, 'flower');
    const write = async (file) => (await fs.write(String(file), data, { durable: false })).size;
    return () => globalThis.inTurns(files, write);
  },
  'by hand: temporary file, flush, rename': async ({ root, count: files, round }) => {
    const { mkdir, open, rename } = await import('node:fs/promises');
    const data = Buffer.alloc(1024, 'flower');
    const dir = `${root}/flushed-${round}`;
    await mkdir(dir, { recursive: true });
    const write = async (file) => {
      const handle = await open(`${dir}/.${file}.tmp`, 'wx');
      await handle.writeFile(data);
      await handle.sync();
      await handle.close();
      await rename(`${dir}/.${file}.tmp`, `${dir}/${file}`);
      return data.length;
    };
    return () => globalThis.inTurns(files, write);
  },
  ours: async ({ root, count: files, round }) => {
    const { createLocalFileSystem } = await import('@flowerpower/fs');
    const fs = createLocalFileSystem({ root: `${root}/durable-${round}` });
    const data = Buffer.alloc(1024, 'flower');
    const write = async (file) => (await fs.write(String(file), data)).size;
    return () => globalThis.inTurns(files, write);
  },
};

const readers = {
  'node:fs readFile': async ({ root, count: files }) => {
    const { readFile } = await import('node:fs/promises');
    return () =>
      globalThis.inTurns(files, async (file) => (await readFile(`${root}/plain-0/${file}`)).length);
  },
  ours: async ({ root, count: files }) => {
    const { createLocalFileSystem } = await import('@flowerpower/fs');
    const fs = createLocalFileSystem({ root: `${root}/plain-0` });
    return () => globalThis.inTurns(files, async (file) => (await fs.read(String(file))).length);
  },
};

/** Sixteen at once, each taking the next number when it is done. */
async function inTurns(files, work) {
  let next = 0;
  let total = 0;
  const turn = async () => {
    while (next < files) {
      const moved = await work(next++);
      total += moved;
    }
  };
  await Promise.all(Array.from({ length: 16 }, turn));
  return total;
}

export async function run() {
  const root = mkdtempSync(join(tmpdir(), 'flowerpower-files-'));
  try {
    const rows = [['', 'CPU of node:fs', 'clock of node:fs', 'CPU us per file']];
    for (const [kind, contenders] of Object.entries({ write: writers, read: readers })) {
      const found = await measureApart(
        Object.entries(contenders).map(([name, prepare]) => ({
          name,
          prepare: `async (given) => { globalThis.inTurns = ${inTurns}; return (${prepare})(given); }`,
        })),
        { argument: { root, count }, expected: count * 1024, rounds: 2 },
      );
      for (const [index, name] of Object.keys(contenders).entries()) {
        const { cpuMs, clockMs } = found[index];
        rows.push([
          `${kind}: ${name}`,
          `${(cpuMs / found[0].cpuMs).toFixed(2)}x`,
          `${(clockMs / found[0].clockMs).toFixed(2)}x`,
          ((cpuMs * 1000) / count).toFixed(0),
        ]);
      }
    }
    return table(`Local files: ${count} of 1 KB each, 16 at once, Node ${process.versions.node}`, rows);
  } finally {
    rmSync(root, { recursive: true });
  }
}
