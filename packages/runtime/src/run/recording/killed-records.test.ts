/** What is left of a record when its process is killed in the middle of any call of the disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScript } from '../../__fixtures__/built-script.js';
import { createLogger } from '../../logging/logger.js';
import { createPipelineRunner } from '../pipeline-runner.js';
import { recordedPipeline } from './__fixtures__/recorded-pipeline.js';
import { createRunStore } from '../../store/run-store.js';

/** Half of what CI asks for: after each everything is read. */
const kills = Math.ceil(Number(process.env['FLOWERPOWER_KILLS'] ?? 40) / 2);
/** A run makes about 20 calls. */
const calls = 45;

let victim: Awaited<ReturnType<typeof buildScript>>;
let dir: string;
beforeAll(async () => {
  victim = await buildScript(new URL('__fixtures__/recording-victim.ts', import.meta.url));
  dir = mkdtempSync(join(tmpdir(), 'flowerpower-records-'));
});
afterAll(() => {
  victim.remove();
  rmSync(dir, { recursive: true });
});

test(`C20, C31: after each of ${kills} kills every record can be read, none is running, and the last one is gone on from`, async () => {
  const seed = Number(process.env['FLOWERPOWER_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const store = createRunStore({ dir });
  const runner = createPipelineRunner({
    registry: createRegistry(),
    fs: createMemoryFileSystem(),
    recording: { store },
    log: createLogger({ level: 'ERROR', sink: () => {} }),
  });
  const found = { interrupted: 0, failure: 0, values: 0 };
  for (let kill = 0; kill < kills; kill++) {
    // Fewer kills than calls are spread over all of them.
    const dieAt = 1 + ((seed + Math.floor((kill * calls) / Math.min(kills, calls))) % calls);
    const what = `seed ${seed}, kill ${kill} at call ${dieAt}`;
    const before = new Set((await store.list()).map(({ runId }) => runId));
    const child = spawn(process.execPath, [victim.file, dir, String(dieAt)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect({ code, signal, stderr }, what).toEqual({ code: null, signal: 'SIGKILL', stderr: '' });

    const runs = await store.list();
    expect(
      runs.filter(({ status }) => status === 'running'),
      what,
    ).toEqual([]);
    for (const { runId, status } of runs.filter((run) => !before.has(run.runId))) {
      if (status !== 'success') found[status as 'failure']++;
      const { events, warnings } = await store.read(runId);
      expect(warnings, what).toEqual([]);
      expect(
        events.map(({ seq }) => seq),
        what,
      ).toEqual(events.map((_, index) => index + 1));
    }
    const [last] = runs;
    if (last === undefined || last.status === 'success') continue;
    const from = await store.read(last.runId);
    if (from.values.node.size > 0) found.values++;
    const end = await runner.settle(recordedPipeline(false), { resume: { from } });
    expect(end, what).toMatchObject({ status: 'success', outputs: { end: 7 } });
  }
  await runner.close();
  // Otherwise this test shows nothing.
  expect(found.interrupted).toBeGreaterThan(0);
  expect(found.values).toBeGreaterThan(0);
}, 600_000);
