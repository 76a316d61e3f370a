/** What is reported of a run never decides about it. */
import { parallelizable, node, type NodeContext } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';
import { createLogger } from '../logging/logger.js';
import { boom, failures } from '../../../../tools/failing-callbacks.js';
import { createPipelineRunner } from './pipeline-runner.js';

const m = {
  words: node(() => ['a', 'b'], parallelizable()),
  loud: ({ words }: { words: string }, context: NodeContext) => {
    context.log.info('loud');
    return words.toUpperCase();
  },
};

const unhandled: unknown[] = [];
const remember = (error: unknown) => void unhandled.push(error);
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
beforeEach(() => void process.on('unhandledRejection', remember));
afterEach(async () => {
  await settled();
  process.off('unhandledRejection', remember);
  expect(unhandled.splice(0)).toEqual([]);
  vi.restoreAllMocks();
});

describe.each(Object.entries(failures))('one that %s', (_how, fail) => {
  test('a listener: the run succeeds, and one line says so', async () => {
    const { runner, logs } = await setUp({ onEvent: fail });
    expect(await runner.settle(pipeline(m))).toMatchObject({ status: 'success' });
    await settled();
    expect(logs.filter(({ level }) => level === 'WARNING').map(({ msg }) => msg)).toEqual([
      "The event listener failed at 'run.started'; the run goes on, and this is said once.",
    ]);
    expect(runner.runSync(pipeline({ a: () => 1 })).outputs).toEqual({ a: 1 });
    await runner.close();
  });

  test('a sink: the run succeeds, and the process is warned once for the log', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const log = createLogger({ sink: fail });
    const runner = createPipelineRunner({ registry: createRegistry(), fs: createMemoryFileSystem(), log });
    expect(await runner.settle(pipeline(m))).toMatchObject({ status: 'success' });
    log.warn('outside of a run');
    log.warn('and again');
    await settled();
    // One for the run, and one for what is logged outside.
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      'A log sink failed; records are lost. no line for you',
      'A log sink failed; records are lost. no line for you',
    ]);
    await runner.close();
  });

  test.each(['onSuccess', 'onFailure'])('the callback %s of a run', async (name) => {
    const { runner, logs } = await setUp();
    const nodes = {
      a: () => {
        if (name === 'onFailure') throw new TypeError('a');
        return 1;
      },
    };
    const ended = await runner.settle(pipeline(nodes, { run: { [name]: fail } }));
    expect(ended.status).toBe(name === 'onSuccess' ? 'success' : 'failure');
    expect(logs.filter(({ msg }) => msg.startsWith(`The callback ${name} threw`))).toHaveLength(1);
    await runner.close();
  });
});

test('whoever is handed the control of a run and throws ends it, and the runner can be closed', async () => {
  const { runner, events } = await setUp();
  const ended = await runner.settle(pipeline(m), {}, () => {
    throw boom;
  });
  expect(ended).toMatchObject({ status: 'failure', error: boom });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'failure' });
  await runner.close();
});
