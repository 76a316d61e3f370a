/** Run where a process may open few files, each in a process of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fp-handles-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const built = pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href;

function withHandles(limit: number, script: string): unknown {
  const program = `
    import { createLocalFileSystem } from ${JSON.stringify(built)};
    const fs = createLocalFileSystem({ root: ${JSON.stringify(root)} });
    ${script}`;
  const shell = `ulimit -n ${limit} && exec "$0" --input-type=module -e "$1"`;
  return JSON.parse(execFileSync('/bin/sh', ['-c', shell, process.execPath, program], { encoding: 'utf8' }));
}

describe.runIf(process.platform !== 'win32')('at the limit of open files', () => {
  test('thousands of reads and writes that are begun together all end well', () => {
    expect(
      withHandles(
        100,
        `const names = Array.from({ length: 3000 }, (_, index) => 'd/' + (index % 50) + '/' + index);
        await Promise.all(names.map((name) => fs.write(name, name, { durable: false })));
        const texts = await Promise.all(names.map((name) => fs.readText(name)));
        console.log(JSON.stringify(texts.every((text, index) => text === names[index])));`,
      ),
    ).toBe(true);
  });

  test('whoever holds them all is told', () => {
    expect(
      withHandles(
        60,
        `await fs.write('x', 'x');
        const opened = [];
        try {
          for (;;) opened.push(await fs.createReadStream('x'));
        } catch ({ code, retryable }) {
          for (const stream of opened) stream.destroy();
          console.log(JSON.stringify({ code, retryable, some: opened.length > 20 }));
        }`,
      ),
    ).toEqual({ code: 'FP_FS_UNAVAILABLE', retryable: true, some: true });
  });
});
