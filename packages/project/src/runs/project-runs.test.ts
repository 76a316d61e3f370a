import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions } from '../index.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-project-runs-')));
  write({
    'conf/project.yml': 'name: shop\n',
    'pipelines/p.ts': module(true),
  });
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function module(isBroken: boolean, factor = 2): string {
  return `export const a = ({ x = 1 }: { x?: number }) => x * ${factor};
export function b({ a, add = 0 }: { a: number; add?: number }) {
  ${isBroken ? "throw new Error('broken');" : 'return a + add;'}
}
`;
}

async function opened<T>(
  use: (project: FlowerPowerProject) => Promise<T>,
  options: LoadProjectOptions = {},
): Promise<T> {
  const project = await FlowerPowerProject.load(root, { environment: {}, log: quiet(), ...options });
  try {
    return await use(project);
  } finally {
    await project.close();
  }
}

function quiet(): NonNullable<LoadProjectOptions['log']> {
  const none = () => {};
  return { level: 'INFO', sink: none, debug: none, info: none, warn: none, error: none, critical: none };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as { code: string }).code,
  );

test('C25: what was given to a run is given again by itself, in another process too', async () => {
  await opened((project) =>
    codeOf(project.run('p', { inputs: { x: 5 }, set: ['params.b.add=1'], maxConcurrency: 3 })),
  );
  write({ 'pipelines/p.ts': module(false) });
  await opened(async (project) => {
    const { of, result } = await project.resume();
    expect(result).toMatchObject({ outputs: { b: 11 } });
    expect(Object.keys(result!.nodes)).toEqual(['b']);
    expect(await project.runs.list()).toMatchObject([
      { status: 'success', resumeOf: of.runId },
      { status: 'failure', runId: of.runId },
    ]);
    // C28
    expect(await project.resume('last')).toEqual({ of: (await project.runs.show('last')).summary });
    expect(await project.runs.list()).toHaveLength(2);
  });
});

test('C24, C27: a changed function and what needs it run again, a changed comment is no change', async () => {
  await opened((project) => codeOf(project.run('p')));
  write({ 'pipelines/p.ts': `// A comment.\n${module(false)}` });
  await opened(async (project) => expect(Object.keys((await project.resume()).result!.nodes)).toEqual(['b']));
  write({ 'pipelines/p.ts': module(true) });
  await opened((project) => codeOf(project.run('p')));
  write({ 'pipelines/p.ts': module(false, 3) });
  await opened(async (project) => {
    const { result } = await project.resume();
    expect(Object.keys(result!.nodes)).toEqual(['a', 'b']);
    expect(result!.outputs).toEqual({ b: 3 });
  });
});

describe('refused', () => {
  test('C29: other inputs, unless they are meant', async () => {
    await opened(async (project) => {
      await codeOf(project.run('p', { inputs: { x: 5 } }));
      expect(await codeOf(project.resume('last', { inputs: { x: 6 } }))).toBe('FP_RESUME_CHANGED');
    });
    write({ 'pipelines/p.ts': module(false) });
    await opened(async (project) => {
      const [failed] = (await project.runs.list()).slice(-1);
      const { result } = await project.resume(failed!.runId, { inputs: { x: 6 }, force: true });
      expect(result!.outputs).toEqual({ b: 12 });
    });
  });

  test('another environment, unless it is meant', async () => {
    write({ 'conf/env/dev.yml': '{}\n' });
    await opened((project) => codeOf(project.run('p')), { env: 'dev' });
    await opened(async (project) => {
      expect(await codeOf(project.resume())).toBe('FP_RESUME_ENVIRONMENT');
      expect(await codeOf(project.resume('last', { force: true }))).toBe('FP_NODE_FAILED');
    });
  });

  test('a run that goes on, an unknown one, and none at all', async () => {
    await opened(async (project) => {
      expect(await codeOf(project.resume())).toBe('FP_UNKNOWN_RUN');
      expect(await codeOf(project.resume('nope'))).toBe('FP_UNKNOWN_RUN');
      expect(await codeOf(project.runs.show(7 as never))).toBe('FP_BAD_OPTION');
      expect(await codeOf(project.runs.list({ limt: 1 } as never))).toBe('FP_BAD_OPTION');
    });
    write({
      'pipelines/slow.ts': `export const s = ({}: object, { signal }: { signal: AbortSignal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
`,
    });
    await opened(async (project) => {
      const stop = new AbortController();
      const running = codeOf(project.run('slow', { signal: stop.signal }));
      let going: readonly { readonly status: string }[] = [];
      while (going.length === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        going = await project.runs.list();
      }
      expect(await codeOf(project.resume())).toBe('FP_RUN_GOES_ON');
      stop.abort();
      expect(await running).toBe('FP_RUN_CANCELLED');
    });
  });
});

test('runs: { dir, keep, maxAge } in project.yml; a folder that may not be used is refused with its line', async () => {
  write({
    'conf/project.yml': 'name: shop\nruns:\n  dir: .flowerpower/elsewhere\n  keep: 1\n  max_age: 60\n',
  });
  await opened(async (project) => {
    expect(project.runs.dir).toBe(join(root, '.flowerpower/elsewhere'));
    await codeOf(project.run('p'));
    await codeOf(project.run('p'));
    expect((await project.runs.prune()).removed).toHaveLength(1);
  });
  for (const dir of ['conf/runs', '../outside', 's3://bucket/runs']) {
    write({ 'conf/project.yml': `runs: { dir: '${dir}' }\n` });
    await expect(opened(async () => {})).rejects.toMatchObject({
      code: 'FP_RUNS_FOLDER',
      places: [expect.objectContaining({ file: 'conf/project.yml', line: 1 })],
    });
  }
});

test('not recorded: record: false, and run.record in YAML', async () => {
  write({
    'conf/pipelines/q.yml': 'run: { record: false }\n',
    'pipelines/q.ts': 'export const q = () => 1;\n',
  });
  await opened(async (project) => {
    await project.run('q');
    await codeOf(project.run('p', { record: false }));
    expect(await project.runs.list()).toEqual([]);
    await project.run('q', { record: true });
    expect(await project.runs.list()).toHaveLength(1);
  });
});

test('C41: a secret is nowhere in the folder of a run', async () => {
  write({
    'conf/pipelines/p.yml':
      "params: { b: { key: '${KEY}' } }\nio: { save: { a: { type: json, path: 'out/${KEY}.json' } } }\nrun: { onError: continue }\n",
    'pipelines/p.ts': `export const a = () => 1;
export function b({ a, key }: { a: number; key: string }) { console.log(key); throw new Error(\`\${key} is wrong for \${a}\`); }
`,
  });
  await opened(
    async (project) => {
      await codeOf(project.run('p'));
      const { folder, events } = await project.runs.show('last');
      expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'failure' });
      const { readdirSync, readFileSync } = await import('node:fs');
      const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
      expect(texts.length).toBeGreaterThan(2);
      expect(texts.filter((text) => text.includes('hunter2-and-more'))).toEqual([]);
    },
    { environment: { KEY: 'hunter2-and-more' } },
  );
});

test('a last run whose record is torn is named: no older one is taken in its place', async () => {
  await opened(async (project) => {
    await codeOf(project.run('p'));
    await codeOf(project.run('p'));
    const [last, older] = await project.runs.list();
    writeFileSync(join(project.runs.dir, last!.runId, 'run.json'), '');
    await expect(project.runs.show('last')).rejects.toMatchObject({
      code: 'FP_UNKNOWN_RUN',
      message: expect.stringContaining(last!.runId) as string,
      hint: expect.stringContaining(older!.runId) as string,
    });
    expect((await project.runs.unreadable()).map(({ runId }) => runId)).toEqual([last!.runId]);
  });
});
