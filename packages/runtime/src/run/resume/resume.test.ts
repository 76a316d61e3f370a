import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, node, parallelizable } from '@flowerpower/core';
import { createLocalFileSystem, createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, type LoosePipeline, pipeline } from '../../__fixtures__/set-up.js';
import { createLogger } from '../../logging/logger.js';
import { createRunStore } from '../../store/run-store.js';
import { createPipelineRunner } from '../pipeline-runner.js';
import type { RunOverrides } from '../prepare/run-overrides.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-resume-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A runner that can go on from its last run, and remembers what ran. */
function setUp(fs: FileSystem = createMemoryFileSystem()) {
  const store = createRunStore({ dir: join(root, 'runs') });
  const said: string[] = [];
  const runner = createPipelineRunner({
    registry: createRegistry(),
    fs,
    recording: { store },
    log: createLogger({ sink: ({ msg }) => void said.push(msg) }),
  });
  const calls: string[] = [];
  /** Runs a pipeline; afterwards `calls` has what ran. */
  const run = async (nodes: object, more: LoosePipeline = {}, overrides: RunOverrides = {}) => {
    calls.length = 0;
    said.length = 0;
    return runner.settle(pipeline(nodes, more), overrides);
  };
  /** Goes on from the last run. */
  const resume = async (
    nodes: object,
    more: LoosePipeline = {},
    overrides: RunOverrides & { force?: boolean } = {},
  ) => {
    const { force, ...rest } = overrides;
    const [last] = await store.list({ limit: 1 });
    const from = await store.read(last!.runId);
    return {
      ...(await run(nodes, more, { ...rest, resume: { from, ...(force !== undefined && { force }) } })),
      of: from,
    };
  };
  return { store, fs, runner, calls, said, run, resume };
}

type SetUp = ReturnType<typeof setUp>;

/** Four nodes in a row and one beside; `c` fails until it is mended. */
function nodesOf({ calls }: SetUp, { broken = ['c'] }: { readonly broken?: readonly string[] } = {}) {
  const ran = <T>(name: string, value: T): T => {
    calls.push(name);
    if (broken.includes(name)) throw new Error(`${name} is broken`);
    return value;
  };
  return {
    a: () => ran('a', 1),
    b: ({ a }: { a: number }) => ran('b', a + 1),
    c: ({ b, x = 0 }: { b: number; x?: number }) => ran('c', b + x),
    d: ({ c }: { c: number }) => ran('d', c * 10),
    side: ({ a }: { a: number }) => ran('side', -a),
  };
}

const onError = { run: { onError: 'continue' } } as const;

describe('C25: only what failed and what never ran', () => {
  test('in a new run that is linked to the old one', async () => {
    const set = setUp();
    const first = await set.run(nodesOf(set), onError);
    expect(set.calls.sort()).toEqual(['a', 'b', 'c', 'side']);
    // The same text of the functions; what they close over is not broken any more.
    const second = await set.resume(nodesOf(set, { broken: [] }), onError);
    expect(set.calls.sort()).toEqual(['c', 'd']);
    expect(second).toMatchObject({ status: 'success', outputs: { d: 20, side: -1 } });
    expect(second.runId).not.toBe(first.runId);
    const { header, events, summary } = await set.store.read(second.runId);
    expect(header).toMatchObject({
      resumeOf: first.runId,
      reused: expect.arrayContaining(['b', 'side']) as string[],
    });
    expect(events[0]).toMatchObject({ planned: ['c', 'd'], resumeOf: first.runId });
    expect(summary).toMatchObject({ resumeOf: first.runId, nodes: { succeeded: 2 } });
  });

  test('runSync, too', async () => {
    const set = setUp();
    await errorOf(() => set.runner.runSync(pipeline(nodesOf(set))));
    const [last] = await set.store.list();
    set.calls.length = 0;
    const from = await set.store.read(last!.runId);
    set.runner.runSync(pipeline(nodesOf(set, { broken: [] })), { resume: { from } });
    expect(set.calls.sort()).toEqual(['c', 'd', 'side']);
  });

  test('a saver that has written does not write again, unless what it saves is computed anew', async () => {
    const set = setUp();
    const save = { b: { type: 'json', path: 'b.json' }, d: { type: 'json', path: 'd.json' } };
    await set.run(nodesOf(set), { ...onError, save });
    await set.fs.write('b.json', 'mine now');
    const { saved } = await set.resume(nodesOf(set, { broken: [] }), { ...onError, save });
    expect(Object.keys(saved)).toEqual(['d']);
    expect(Buffer.from(await set.fs.read('b.json')).toString()).toBe('mine now');
    // The next run of the same kind, whose b is not what it was.
    await set.run(nodesOf(set), { ...onError, save });
    const changed = { ...nodesOf(set, { broken: [] }), b: ({ a }: { a: number }) => a + 100 };
    expect(Object.keys((await set.resume(changed, { ...onError, save })).saved).sort()).toEqual(['b', 'd']);
  });

  test('a saver that failed runs, and what it saves does not', async () => {
    const set = setUp(createLocalFileSystem({ root: join(root, 'files') }));
    const nodes = nodesOf(set, { broken: [] });
    // A folder is in its way.
    await set.fs.write('d.json/x', '');
    const save = { d: { type: 'json', path: 'd.json' } };
    expect(await set.run(nodes, { save })).toMatchObject({ status: 'failure' });
    await set.fs.deleteDir('d.json');
    const second = await set.resume(nodes, { save });
    expect(set.calls).toEqual([]);
    expect(second).toMatchObject({ status: 'success', outputs: { d: 20 } });
    expect(Object.keys(second.saved)).toEqual(['d']);
  });

  test('what was asked for, and not all that there is', async () => {
    const set = setUp();
    await set.run(nodesOf(set), {}, { outputs: ['c', 'b'] });
    const second = await set.resume(nodesOf(set, { broken: [] }));
    expect(set.calls.sort()).toEqual(['c']);
    expect(second.outputs).toEqual({ c: 2, b: 2 });
  });

  test('a fan-out runs as a whole, and what it is made of does not', async () => {
    const set = setUp();
    const made = (broken: boolean) => ({
      items: node(() => (set.calls.push('items'), [1, 2]), parallelizable()),
      each: ({ items }: { items: number }) => (set.calls.push(`each ${items}`), items),
      sum: node(({ each }: { each: number[] }) => {
        if (broken) throw new Error('broken');
        return each.length;
      }, collect('each')),
    });
    await set.run(made(true));
    const second = await set.resume(made(false));
    expect(set.calls.sort()).toEqual(['each 1', 'each 2']);
    expect(second.outputs).toEqual({ sum: 2 });
    expect(set.said).toEqual([
      "'each' runs again: it runs for each item of a fan-out, which runs as a whole.",
    ]);
  });
});

describe('C26: a run that resumes and fails is resumed itself', () => {
  test('what each of the chain has done counts', async () => {
    const set = setUp();
    const save = { b: { type: 'json', path: 'b.json' } };
    await set.run(nodesOf(set, { broken: ['c'] }), { ...onError, save });
    await set.resume(nodesOf(set, { broken: ['d'] }), { ...onError, save });
    expect(set.calls.sort()).toEqual(['c', 'd']);
    const third = await set.resume(nodesOf(set, { broken: [] }), { ...onError, save });
    expect(set.calls.sort()).toEqual(['d']);
    expect(third).toMatchObject({ status: 'success', outputs: { d: 20, side: -1 }, saved: {} });
  });

  test('also when the runs before it are gone', async () => {
    const set = setUp();
    const first = await set.run(nodesOf(set), onError);
    await set.resume(nodesOf(set), onError);
    expect(set.calls.sort()).toEqual(['c']);
    rmSync(join(root, 'runs', first.runId), { recursive: true });
    const third = await set.resume(nodesOf(set, { broken: [] }), onError);
    expect(set.calls.sort()).toEqual(['c', 'd']);
    expect(third.outputs).toEqual({ d: 20, side: -1 });
  });

  test('one that was killed keeps no values, and what it had taken over is where it came from', async () => {
    const set = setUp();
    await set.run(nodesOf(set), onError);
    const second = await set.resume(nodesOf(set), onError);
    const folder = join(root, 'runs', second.runId);
    rmSync(join(folder, 'values'), { recursive: true });
    const events = readFileSync(join(folder, 'events.ndjson'), 'utf8').trimEnd().split('\n');
    writeFileSync(join(folder, 'events.ndjson'), `${events.slice(0, -1).join('\n')}\n`);
    const third = await set.resume(nodesOf(set, { broken: [] }), onError);
    expect(set.calls.sort()).toEqual(['c', 'd']);
    expect(third.outputs).toEqual({ d: 20, side: -1 });
  });
});

describe('C27: what is not what it was is computed anew, with everything below it', () => {
  test('code, and the reason', async () => {
    const set = setUp();
    await set.run(nodesOf(set), onError);
    const changed = { ...nodesOf(set, { broken: [] }), a: () => (set.calls.push('a'), 5) };
    const second = await set.resume(changed, onError);
    expect(set.calls.sort()).toEqual(['a', 'b', 'c', 'd', 'side']);
    expect(second.outputs).toEqual({ d: 60, side: -5 });
    expect(set.said).toEqual([
      "'a' runs again: the code of 'a' changed.",
      "'b' runs again: the code of 'a' changed.",
      "'side' runs again: the code of 'a' changed.",
    ]);
  });

  test('params, loaders and savers of the configuration', async () => {
    const set = setUp();
    await set.fs.write('one.json', '1');
    await set.fs.write('two.json', '2');
    const made = (broken: boolean) => ({
      scaled: ({ data, by = 1 }: { data: number; by?: number }) => data * by,
      other: ({ by = 1 }: { by?: number }) => by,
      end: ({ scaled, other }: { scaled: number; other: number }) => {
        if (broken) throw new Error('broken');
        return [scaled, other];
      },
    });
    const more = (path: string, by: number, out: string): LoosePipeline => ({
      params: { scaled: { by } },
      load: { data: { type: 'json', path } },
      save: { scaled: { type: 'json', path: out } },
      ...onError,
    });
    await set.run(made(true), more('one.json', 1, 'out.json'));
    await set.resume(made(true), more('one.json', 1, 'other.json'));
    expect(set.said.filter((text) => text.includes('again'))).toEqual([
      "'save.scaled' runs again: io.save.scaled changed.",
    ]);
    const again = async (definition: LoosePipeline, isBroken = true) => {
      const { outputs } = await set.resume(made(isBroken), definition);
      return [...set.said.filter((text) => text.includes('again')), outputs['end']];
    };
    expect(await again(more('one.json', 7, 'other.json'))).toEqual([
      "'scaled' runs again: params.scaled changed.",
      "'save.scaled' runs again: params.scaled changed.",
      undefined,
    ]);
    expect(await again(more('two.json', 7, 'other.json'), false)).toEqual([
      "'data.loader' runs again: io.load.data changed.",
      "'data' runs again: io.load.data changed.",
      "'scaled' runs again: io.load.data changed.",
      "'save.scaled' runs again: io.load.data changed.",
      [14, 1],
    ]);
  });

  test('a value that was not kept, and the reason', async () => {
    const set = setUp();
    const made = (broken: boolean) => ({
      tool: () => (set.calls.push('tool'), () => 3),
      used: ({ tool }: { tool: () => number }) => {
        if (broken) throw new Error('broken');
        return tool();
      },
    });
    await set.run(made(true));
    expect((await set.resume(made(false))).outputs).toEqual({ used: 3 });
    expect(set.said).toEqual(["'tool' runs again: its value was not kept: the value is a function."]);
  });

  test('a value whose file is damaged or gone', async () => {
    const set = setUp();
    const { runId } = await set.run(nodesOf(set));
    for (const name of readdirSync(join(root, 'runs', runId, 'values'))) {
      if (name !== 'index.json') appendFileSync(join(root, 'runs', runId, 'values', name), 'x');
    }
    const second = await set.resume(nodesOf(set, { broken: [] }));
    expect(set.calls.sort()).toEqual(['a', 'b', 'c', 'd', 'side']);
    expect(set.said[0]).toBe(
      "'a' runs again: its value was kept and cannot be read: its checksum does not fit.",
    );
    expect(second.status).toBe('success');
    await set.run(nodesOf(set));
    const [last] = await set.store.list();
    writeFileSync(join(root, 'runs', last!.runId, 'values', 'index.json'), '{"v":1,"val');
    await set.resume(nodesOf(set, { broken: [] }));
    expect(set.calls.sort()).toEqual(['a', 'b', 'c', 'd', 'side']);
  });
});

describe('C29: other inputs and another configuration', () => {
  const inputs = { x: 1 };

  test('what the caller gave to the run is given again by itself', async () => {
    const set = setUp();
    await set.run(nodesOf(set), {}, { inputs, overrides: { a: 50 } });
    const second = await set.resume(nodesOf(set, { broken: [] }));
    expect(set.calls.sort()).toEqual(['c', 'd', 'side']);
    expect(second.outputs).toEqual({ d: 520, side: -50 });
    // And once more from a run that resumed.
    await set.run(nodesOf(set), {}, { inputs });
    await set.resume(nodesOf(set));
    expect((await set.resume(nodesOf(set, { broken: [] }))).outputs).toMatchObject({ d: 30 });
  });

  test.each([
    [{ inputs: { x: 2 } }, {}, "the input 'x' is 2 now"],
    [{ overrides: { a: 2 } }, {}, "the value in place of 'a' is 2 now"],
    [{}, { run: { config: { mode: 'b' } } }, 'config.mode is "b" now'],
    [{}, { run: { inputs: { x: 5 } } }, undefined],
  ])('are refused: %o %o', async (now, more, said) => {
    const set = setUp();
    const mode = { m: ({ mode }: { mode: string }) => mode };
    const config = { run: { config: { mode: 'a' } } };
    await set.run({ ...nodesOf(set), ...mode }, config, { inputs });
    const second = await set.resume(
      { ...nodesOf(set, { broken: [] }), ...mode },
      { run: { ...config.run, ...(more as LoosePipeline).run } },
      now,
    );
    if (said === undefined) expect(second.status).toBe('success');
    else {
      expect(second).toMatchObject({ status: 'failure', error: { code: 'FP_RESUME_CHANGED' } });
      expect(String((second as { error: unknown }).error)).toContain(said);
      expect(set.calls.sort()).toEqual([]);
    }
  });

  test('of the configuration files, as well: a new value, and one that is gone', async () => {
    const set = setUp();
    await set.run(nodesOf(set), { run: { inputs: { x: 1 } } });
    const other = await set.resume(nodesOf(set), { run: { inputs: { x: 3 } } });
    expect(String((other as { error: unknown }).error)).toContain("the input 'x' is 3 now");
  });

  test('with force what depends on them is computed anew', async () => {
    const set = setUp();
    const more = { ...onError, run: { ...onError.run } };
    const made = (broken: string[]) => ({
      ...nodesOf(set, { broken }),
      y: ({ x = 0 }: { x?: number }) => (set.calls.push('y'), x),
    });
    await set.run(made(['c']), more, { inputs });
    const second = await set.resume(made([]), more, { inputs: { x: 2 }, force: true });
    expect(set.calls.sort()).toEqual(['c', 'd', 'y']);
    expect(second.outputs).toEqual({ d: 40, side: -1, y: 2 });
    expect(set.said).toEqual(["'y' runs again: the input 'x' changed."]);
  });

  test('a run that could not be planned takes any', async () => {
    const set = setUp();
    const need = { n: ({ z }: { z: number }) => z };
    await set.run(need);
    expect((await set.resume(need, {}, { inputs: { z: 4 } })).outputs).toEqual({ n: 4 });
  });

  test('what is refused leaves no record: the run that failed stays the last, with all that it has done', async () => {
    const set = setUp();
    const { runId } = await set.run(nodesOf(set), onError, { inputs });
    await set.resume(nodesOf(set), onError, { inputs: { x: 2 } });
    expect((await set.store.list()).map((run) => run.runId)).toEqual([runId]);
    const meant = await set.resume(nodesOf(set, { broken: [] }), onError, { inputs: { x: 2 }, force: true });
    expect(set.calls.sort()).toEqual(['c', 'd']);
    expect(meant).toMatchObject({ status: 'success', outputs: { d: 40, side: -1 } });
  });

  test('the run of another pipeline is refused', async () => {
    const set = setUp();
    await set.run(nodesOf(set), { name: 'one' });
    expect(await set.resume(nodesOf(set), { name: 'two' })).toMatchObject({
      error: { code: 'FP_RESUME_CHANGED' },
    });
  });

  test('what has no fingerprint is the same when it was kept, and else cannot be told', async () => {
    const set = setUp();
    const big = Array.from({ length: 20_000 }, (_, at) => at);
    const made = {
      n: ({ z }: { z: number[] }) => {
        if (z.length > 1) throw new Error('x');
        return 1;
      },
    };
    await set.run(made, {}, { inputs: { z: big } });
    expect(await set.resume(made)).toMatchObject({ error: { code: 'FP_NODE_FAILED' } });
    expect(await set.resume(made, {}, { inputs: { z: big } })).toMatchObject({
      error: { code: 'FP_RESUME_CHANGED' },
    });
  });
});

test('C28: where nothing had run, everything runs', async () => {
  const set = setUp();
  const stop = new AbortController();
  stop.abort();
  await set.run(nodesOf(set, { broken: [] }), {}, { signal: stop.signal });
  expect(set.calls.sort()).toEqual([]);
  await set.resume(nodesOf(set, { broken: [] }));
  expect(set.calls.sort()).toEqual(['a', 'b', 'c', 'd', 'side']);
});

test('a run whose every node is done ends well without running any', async () => {
  const set = setUp();
  const nodes = nodesOf(set, { broken: [] });
  const save = { d: { type: 'json', path: 'd.json' }, side: { type: 'json', path: 's.json' } };
  const failed = await set.runner.settle(pipeline(nodes, { save }), {}, ({ fail }) => {
    queueMicrotask(() => undefined);
    setImmediate(() => fail(new Error('stray')));
  });
  expect(failed.status).toBe('failure');
  set.calls.length = 0;
  expect(await set.resume(nodes, { save })).toMatchObject({ status: 'success' });
});
