// What does the package weigh: bytes in a browser bundle, and milliseconds to import?
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { median, table } from './table.mjs';

const rounds = 15;

const consumers = [
  {
    name: 'createEngine and plain functions',
    code: "export { createEngine } from '@flowerpower/core/engine'",
    aim: 10,
  },
  { name: 'createDriver', code: "export { createDriver } from '@flowerpower/core'" },
  { name: 'everything core exports', code: "export * from '@flowerpower/core'" },
  { name: 'async.auto', code: "import async from 'async'; export const auto = async.auto" },
  { name: 'p-graph', code: "export { PGraph } from 'p-graph'" },
  { name: 'Effect, Deferred', code: "export { Effect, Deferred } from 'effect'" },
];

export async function run() {
  const bytes = [['bundle of', 'minified kB', 'compressed kB', 'aim kB']];
  for (const { name, code, aim } of consumers) {
    const [minified, compressed] = await bundleSizes(code);
    bytes.push([name, minified.toFixed(1), compressed.toFixed(1), aim?.toFixed(1) ?? '']);
  }
  const times = [['import of', 'ms', 'aim ms']];
  const names = [
    'data:text/javascript,',
    '@flowerpower/core/engine',
    '@flowerpower/core',
    'async',
    'p-graph',
    'effect',
  ];
  const measured = names.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, name] of names.entries()) {
      const tookMs = importMs(name);
      if (round >= 0) measured[index].push(tookMs);
    }
  }
  for (const [index, name] of names.entries()) {
    const [title, aim] = index === 0 ? ['an empty module', ''] : [name, index === 1 ? '12.0' : ''];
    times.push([title, median(measured[index]).toFixed(1), aim]);
  }
  return [
    table('Size: esbuild, minified, gzip level 9', bytes),
    table(`Import: in a fresh process, median of ${rounds}, Node ${process.versions.node}`, times),
  ].join('\n');
}

async function bundleSizes(code) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  const [{ contents }] = outputFiles;
  return [contents.length / 1000, gzipSync(contents, { level: 9 }).length / 1000];
}

function importMs(name) {
  const code = `const startedMs = performance.now(); await import('${name}'); console.log(performance.now() - startedMs);`;
  const options = { cwd: import.meta.dirname, encoding: 'utf8' };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', code],
    options,
  );
  if (status !== 0) throw new Error(`Importing ${name} failed:\n${stderr}`);
  return Number(stdout);
}
