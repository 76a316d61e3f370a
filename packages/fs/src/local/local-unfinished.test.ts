import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { FileSystem, UnfinishedWrite } from '../contract/file-system.js';
import { createLocalFileSystem } from './create-local-file-system.js';
import { tempName } from './temp-name.js';
import { machineOf, thisProcess } from './writing-process.js';

const week = 7 * 24 * 60 * 60;

function set(): { root: string; fs: FileSystem; leave: (name: string, ageS?: number) => void } {
  const root = mkdtempSync(join(tmpdir(), 'fp-unfinished-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  return {
    root,
    fs: createLocalFileSystem({ root }),
    leave(name, ageS = 0) {
      writeFileSync(join(root, name), 'half');
      const at = Date.now() / 1000 - ageS;
      utimesSync(join(root, name), at, at);
    },
  };
}

/** What this process would name an unfinished file, with some of its facts changed. */
function named(change: { pid?: number; start?: string; machine?: string }): string {
  const self = thisProcess();
  const { machine, pid, start } = { ...self, ...change };
  return tempName('x').replace(`.${self.machine}.${self.pid}.${self.start}.`, `.${machine}.${pid}.${start}.`);
}

function child(script: string, ...args: string[]): ChildProcess {
  const started = spawn(script, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void started.kill('SIGKILL'));
  return started;
}

async function statesIn(fs: FileSystem, path = ''): Promise<UnfinishedWrite['writer'][]> {
  const states: UnfinishedWrite['writer'][] = [];
  for await (const { writer } of fs.listUnfinished(path, { recursive: true })) states.push(writer);
  return states.sort();
}

test('what a killed process left is removed by the next write into its directory, what a living one writes is not', async () => {
  const { root, fs, leave } = set();
  const living = child(process.execPath, '-e', 'process.stdin.resume()');
  const killed = child(process.execPath, '-e', 'process.stdin.resume()');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const ofLiving = named({ pid: living.pid!, start: '0' });
  leave(ofLiving);
  leave(named({ pid: killed.pid! }));
  leave('.notes.tmp');
  expect(await statesIn(fs)).toEqual(['alive', 'dead']);
  await fs.write('out.txt', 'whole');
  expect(readdirSync(root).sort()).toEqual([ofLiving, '.notes.tmp', 'out.txt'].sort());
});

test.runIf(process.platform === 'linux')(
  'a process that got the number of a dead one is not mistaken for it',
  async () => {
    const { fs, leave } = set();
    leave(named({ start: String(Number(thisProcess().start) - 1) }));
    leave(named({}));
    expect(await statesIn(fs)).toEqual(['alive', 'dead']);
    expect(await fs.deleteUnfinished('')).toEqual({ deleted: 1, sizeBytes: 4 });
  },
);

test.runIf(process.platform === 'linux')('a process that nobody waited for is dead', async () => {
  const { fs, leave } = set();
  const parent = child('/bin/sh', '-c', 'true & echo $!; exec sleep 600');
  const [pid] = (await once(parent.stdout!.setEncoding('utf8'), 'data')) as [string];
  leave(named({ pid: Number(pid), start: '0' }));
  await expect.poll(() => statesIn(fs)).toEqual(['dead']);
});

test('copies of one machine are others, although the first namespace of each has the same number', () => {
  const copy = (boot: string) => machineOf({ namespace: () => 'pid:[4026531836]', boot: () => boot });
  expect(copy('1')).not.toBe(copy('2'));
  expect(copy('1')).toBe(copy('1'));
  expect(machineOf()).toBe(thisProcess().machine);
});

test('files of another machine stay until nobody has written to them for a week', async () => {
  const { fs, leave } = set();
  leave(named({ machine: '01234567' }), week - 60);
  leave(named({ machine: '01234567' }), week + 60);
  expect(await statesIn(fs)).toEqual(['dead', 'unknown']);
  expect(await fs.deleteUnfinished('')).toEqual({ deleted: 1, sizeBytes: 4 });
  expect(await statesIn(fs)).toEqual(['unknown']);
});

test('a rooted view finds its own by its own paths', async () => {
  const { root, fs } = set();
  await fs.write('d/e/x', '');
  const name = named({ machine: '01234567' });
  writeFileSync(join(root, 'd/e', name), 'half');
  const found: string[] = [];
  for await (const { path } of fs.sub('d').listUnfinished('', { recursive: true })) found.push(path);
  expect(found).toEqual([`e/${name}`]);
  expect(await statesIn(fs, 'd/e')).toEqual(['unknown']);
  expect(await fs.sub('d').deleteUnfinished('e')).toEqual({ deleted: 0, sizeBytes: 0 });
});
