/** `--watch`, with files and pauses that the test moves itself. */
import { expect, test } from 'vitest';
import { watchFiles } from './file-watch.js';
import { runAgain } from './run-again.js';

/** Turns: what has happened so far is seen, then the next pause ends. */
function setUp() {
  const disk = new Map<string, number>([
    ['a.ts', 1],
    ['b.yml', 1],
  ]);
  const log: string[] = [];
  const stop = new AbortController();
  let endPause = () => {};
  let begun: { signal: AbortSignal; end: () => void } | undefined;
  const files = watchFiles((file) => {
    const size = disk.get(file);
    return Promise.resolve(size === undefined ? undefined : { size, mtimeMs: 0, ino: 0 });
  });
  const over = runAgain({
    files,
    signal: stop.signal,
    pause: (signal) =>
      new Promise((resolve) => {
        endPause = resolve;
        signal.addEventListener('abort', () => resolve());
      }),
    onIdle: () => log.push('idle'),
    onChange: (changed, wasRunning) =>
      log.push(`${changed.join(' ')} changed${wasRunning ? ', run stopped' : ''}`),
    async run(signal, dependOn) {
      log.push('run');
      await dependOn(['a.ts', 'b.yml', 'new.ts']);
      await new Promise<void>((resolve) => {
        begun = { signal, end: resolve };
        signal.addEventListener('abort', () => resolve());
      });
      log.push(signal.aborted ? 'stopped' : 'done');
    },
  });
  /** Everything that is ready runs. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    disk,
    log,
    over,
    stop: () => stop.abort(),
    settle,
    endRun: async () => {
      begun!.end();
      await settle();
    },
    look: async () => {
      endPause();
      await settle();
    },
  };
}

test('a change when nothing runs: it runs again once no look finds more', async () => {
  const { disk, log, look, endRun, settle, stop, over } = setUp();
  await settle();
  await endRun();
  await look();
  expect(log).toEqual(['run', 'done', 'idle']);
  disk.set('a.ts', 2);
  await look();
  disk.set('b.yml', 2);
  await look();
  expect(log).toEqual(['run', 'done', 'idle']);
  await look();
  expect(log.slice(3)).toEqual(['a.ts b.yml changed', 'run']);
  stop();
  await over;
});

test('a change while it runs stops the run, and the next one begins when that is over', async () => {
  const { disk, log, look, settle, stop, over } = setUp();
  await settle();
  disk.set('a.ts', 2);
  await look();
  expect(log).toEqual(['run', 'stopped']);
  await look();
  expect(log).toEqual(['run', 'stopped', 'a.ts changed, run stopped', 'run']);
  stop();
  await over;
});

test('a file that appears and one that goes away are changes; one that is written as it was is none', async () => {
  const { disk, log, look, endRun, settle, stop, over } = setUp();
  await settle();
  await endRun();
  disk.set('new.ts', 1);
  disk.delete('b.yml');
  disk.set('a.ts', 1);
  await look();
  await look();
  expect(log.slice(3)).toEqual(['b.yml new.ts changed', 'run']);
  stop();
  await over;
});

test('told to stop, it ends: when idle at once, in a run when that has ended', async () => {
  const idle = setUp();
  await idle.settle();
  await idle.endRun();
  idle.stop();
  await idle.over;
  const running = setUp();
  await running.settle();
  running.stop();
  await running.over;
  expect(running.log).toEqual(['run', 'stopped']);
});
