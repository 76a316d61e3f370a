/** What importing the library does to the program that imports it: nothing. SEMANTICS §2.10.15, §6.10. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const script = `
const streams = [process.stdout, process.stderr];
const before = () => JSON.stringify([
  Object.keys(console).map((key) => console[key] === kept[key]),
  process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  streams.map((stream) => stream.write === write.get(stream)),
  Object.getOwnPropertyNames(globalThis).length,
  process.getActiveResourcesInfo().filter((kind) => !/Req/.test(kind)),
]);
const kept = { ...console };
const write = new Map(streams.map((stream) => [stream, stream.write]));
const first = before();
await import(process.argv[1]);
const second = before();
if (first !== second) throw new Error(first + ' became ' + second);
`;

test('no logging, no listeners, no globals, nothing that keeps the process alive', () => {
  const entry = new URL('../dist/index.js', import.meta.url).href;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, entry],
    { encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
