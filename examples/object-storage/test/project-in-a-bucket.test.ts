/** Whole projects in a bucket of a real server: read, run and made there. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSystem } from '@flowerpower/fs';
import { FlowerPowerProject, isFlowerPowerError } from 'flowerpower';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FaultProxy, faultProxy } from '../../../tools/servers/fault-proxy.js';
import { areMissing, flowerpower, startStores } from './stores.js';

const folder = 'teams/prices ü';
const files: Readonly<Record<string, string>> = {
  'conf/project.yml': 'name: prices\n',
  'conf/pipelines/p.yml': `run: { inputs: { rate: 2 } }
io:
  load: { sales: { type: csv, path: data/sales.csv, types: { total: number }, nullValues: [] } }
  save: { total: { type: json, path: output/total.json } }
`,
  'data/sales.csv': 'total\n1\n2\n',
  'pipelines/p.ts': `import { times } from '../src/times';
export function total({ sales, rate }: { sales: readonly { total: number }[]; rate: number }): number {
  return times(sales.reduce((sum, row) => sum + row.total, 0), rate);
}
`,
  'src/times.ts': 'export const times = (a: number, b: number): number => a * b;\n',
};

describe.skipIf(areMissing)('a project in a bucket', () => {
  const stores = startStores();

  describe.each(['s3', 'gs'] as const)('of %s', (scheme) => {
    let bucket: string;
    let fs: FileSystem;
    let proxy: FaultProxy;
    let cache: string;
    let uri: string;

    beforeEach(async () => {
      const store = stores[scheme];
      bucket = `fp-${randomUUID()}`;
      await store.newBucket(bucket);
      fs = store.open(bucket);
      proxy = await faultProxy(store.endpoint);
      cache = mkdtempSync(join(tmpdir(), 'fp-bucket-'));
      uri = `${scheme}://${bucket}/${folder}`;
      await put(files);
    });
    afterEach(async () => {
      await fs.close();
      await proxy.close();
      rmSync(cache, { recursive: true, force: true });
    });

    const put = async (some: Readonly<Record<string, string>>) => {
      for (const [path, content] of Object.entries(some)) await fs.write(`${folder}/${path}`, content);
    };
    const optionsFor = (endpoint: string) => ({ storageOptions: { [scheme]: { endpoint } } });
    const load = () =>
      FlowerPowerProject.load(uri, {
        ...optionsFor(proxy.endpoint),
        environment: { FP_CACHE_DIR: cache },
      });
    const run = async () => {
      const project = await load();
      try {
        return (await project.run('p')).outputs;
      } finally {
        await project.close();
      }
    };
    const cli = (...args: string[]) =>
      flowerpower(
        [...args, '--base-dir', uri, '--storage-options', `${scheme}.endpoint=${stores[scheme].endpoint}`],
        { FP_CACHE_DIR: cache },
      );

    test('the command runs, draws, lists and inspects it', async () => {
      const ran = await cli('pipeline', 'run', 'p', '--json', '--quiet');
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      expect(JSON.parse(ran.stdout)).toMatchObject({ outputs: { total: 6 } });
      expect(await fs.readText(`${folder}/output/total.json`)).toBe('6\n');
      expect((await cli('pipeline', 'ls')).stdout).toContain('p');
      expect((await cli('pipeline', 'show-dag', 'p', '-f', 'mermaid')).stdout).toContain('total');
      expect(await cli('check')).toMatchObject({ status: 0 });
      expect(await cli('doctor')).toMatchObject({ stdout: expect.stringContaining(`prices in ${uri}`) });
      expect(await cli('cache', 'ls')).toMatchObject({ status: 0 });
      const picture = join(cache, 'p.svg');
      expect(await cli('pipeline', 'save-dag', 'p', '-p', picture)).toMatchObject({ status: 0 });
      expect(readFileSync(picture, 'utf8')).toContain('<svg');
    });

    test('what fails in a node is shown with the file in the bucket', async () => {
      await put({
        'src/times.ts': 'export const times = (a: number): number => {\n  throw new Error(`no ${a}`);\n};\n',
      });
      const { status, stderr } = await cli('pipeline', 'run', 'p');
      expect(status).toBe(1);
      expect(stderr).toContain(`${scheme}://${bucket}/teams/prices%20%C3%BC/src/times.ts:2:`);
      expect(stderr).toContain(`${uri}/pipelines/p.ts:2`);
      expect(stderr).not.toContain(cache);
    });

    test('only what changed is fetched again', async () => {
      const fetched = () =>
        proxy.requests.filter(({ method, url }) => method === 'GET' && /(?:p|times)\.ts/.test(url)).length;
      expect(await run()).toEqual({ total: 6 });
      expect(fetched()).toBe(2);
      expect(await run()).toEqual({ total: 6 });
      expect(fetched()).toBe(2);
      await put({ 'src/times.ts': 'export const times = (): number => 100;\n' });
      expect(await run()).toEqual({ total: 100 });
      expect(fetched()).toBe(3);
    });

    test('a bucket and a folder that are not there hold no project', async () => {
      const at = (place: string) =>
        refusal(() =>
          FlowerPowerProject.load(place, {
            ...optionsFor(proxy.endpoint),
            environment: { FP_CACHE_DIR: cache },
          }),
        );
      expect(await at(`${scheme}://${bucket}/teams/none`)).toMatchObject({ code: 'FP_PROJECT_NOT_FOUND' });
      expect((await at(`${scheme}://fp-${randomUUID()}/x`)).code).toMatch(
        /^FP_PROJECT_(?:NOT_FOUND|UNREADABLE)$/,
      );
      expect(await at(`${uri}/../x`)).toMatchObject({ code: 'FP_FS_INVALID_PATH' });
      expect(await at(`${scheme}://user:hunter2@${bucket}/x`)).toMatchObject({ code: 'FP_FS_INVALID_PATH' });
    });

    test('what may not be read is not absent, whichever call is refused', async () => {
      let total = 0;
      for (let refused = 1; refused <= 60; refused += 1) {
        const first = proxy.requests.length;
        proxy.fault = (_request, nth) =>
          nth === first + refused ? { kind: 'status', status: 403, body: denied[scheme] } : undefined;
        const outcome = await run().catch((error: unknown) => error);
        total = proxy.requests.length - first;
        if (total < refused) {
          expect(outcome).toEqual({ total: 6 });
          break;
        }
        if (isFlowerPowerError(outcome)) {
          const told = causesOf(outcome).map((error) => (error as { code?: string }).code);
          expect(told, `${refused}`).toContain('FP_FS_PERMISSION_DENIED');
          expect(told[0]).not.toMatch(/NOT_FOUND|UNKNOWN_PIPELINE/);
        } else expect(outcome).toEqual({ total: 6 });
        rmSync(join(cache, 'code'), { recursive: true, force: true });
      }
      expect(total).toBeGreaterThan(5);
      expect(total).toBeLessThan(60);
    });

    test('a new project is there as a whole or not at all, whichever call fails, and the next try succeeds', async () => {
      const place = `${scheme}://${bucket}/new/shop`;
      const make = () => FlowerPowerProject.new({ dir: place, name: 'shop', ...optionsFor(proxy.endpoint) });
      for (let failing = 1; ; failing += 1) {
        const first = proxy.requests.length;
        proxy.fault = (_request, nth) =>
          nth === first + failing ? { kind: 'status', status: 403, body: denied[scheme] } : undefined;
        const made = await make().catch((error: unknown) => error);
        proxy.fault = () => undefined;
        const left: string[] = [];
        for await (const { path } of fs.list('new', { recursive: true })) left.push(path);
        if (made instanceof FlowerPowerProject) {
          await made.close();
          expect(left).toContain('new/shop/conf/project.yml');
          break;
        }
        expect(isFlowerPowerError(made)).toBe(true);
        // Where opening what was made fails, it is made.
        if (left.length > 0) {
          expect(left).toContain('new/shop/conf/project.yml');
          expect(await refusal(make)).toMatchObject({ code: 'FP_PROJECT_EXISTS' });
          await fs.deleteDir('new');
        }
      }
    });

    test('the command makes a project, adds a pipeline and runs it', async () => {
      uri = `${scheme}://${bucket}/made/shop`;
      const made = await flowerpower(
        ['init', uri, '--storage-options', `${scheme}.endpoint=${stores[scheme].endpoint}`],
        { FP_CACHE_DIR: cache },
      );
      const next = `pipeline run hello --base-dir ${uri} --storage-options ${scheme}.endpoint=${stores[scheme].endpoint}\n`;
      expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining(uri) });
      expect(made.stderr).toContain(next);
      expect(await cli('pipeline', 'new', 'hello')).toMatchObject({
        status: 0,
        stderr: expect.stringContaining(next),
      });
      expect(await cli('pipeline', 'new', 'hello')).toMatchObject({ status: 2 });
      expect(await cli('pipeline', 'run', 'hello')).toMatchObject({ status: 0 });
      for (const name of ['../x', '/x', '%2e%2e', 'a/../../b', 'C:\\x', 'a\0b'.replace('\0', '\\0')])
        expect(await cli('pipeline', 'new', '--', name)).not.toMatchObject({ status: 0 });
      const found: string[] = [];
      for await (const { path } of fs.list('made', { recursive: true })) found.push(path);
      expect(found.filter((path) => /pipelines/.test(path))).toEqual([
        'made/shop/.flowerpower/schema/pipelines/hello.json',
        'made/shop/conf/pipelines/hello.yml',
        'made/shop/pipelines/hello.ts',
      ]);
    });

    test('the command copies pipelines to the other store and back, and deletes them', async () => {
      const other = scheme === 's3' ? 'gs' : 's3';
      await stores[other].newBucket(bucket);
      const there = stores[other].open(bucket);
      const more = ['--storage-options', `${other}.endpoint=${stores[other].endpoint}`];
      const place = `${other}://${bucket}/copy`;
      expect(await cli('pipeline', 'export', 'p', '--to', place, ...more)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('pipelines/p.ts'),
      });
      expect(await there.readText('copy/pipelines/p.ts')).toBe(files['pipelines/p.ts']);
      expect(await there.exists('copy/conf/project.yml')).toBe(false);
      expect(await cli('pipeline', 'export', '--all', '--to', place, ...more)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('FP_PIPELINE_EXISTS'),
      });
      await there.write('copy/pipelines/q.ts', 'export const q = () => 1;\n');
      expect(await cli('pipeline', 'import', 'q', '--from', place, ...more)).toMatchObject({ status: 0 });
      expect(await cli('pipeline', 'import', '../q', '--from', place, ...more)).toMatchObject({ status: 2 });
      expect(await cli('pipeline', 'import', '--from', place, ...more)).toMatchObject({ status: 2 });
      expect(await cli('pipeline', 'delete', 'q', '--module')).toMatchObject({ status: 0 });
      expect(await fs.exists(`${folder}/pipelines/q.ts`)).toBe(false);
      await there.close();
    });

    test('two processes that copy the same code at once, and one that is killed meanwhile', async () => {
      const program = join(cache, 'load.mjs');
      const entry = JSON.stringify(new URL('../../../packages/cli/dist/index.js', import.meta.url).href);
      writeFileSync(
        program,
        `const { FlowerPowerProject } = await import(${entry});
const project = await FlowerPowerProject.load(${JSON.stringify(uri)}, ${JSON.stringify(optionsFor(proxy.endpoint))});
process.stdout.write(JSON.stringify((await project.run('p')).outputs));
await project.close();
`,
      );
      const start = () => {
        const child = spawn(process.execPath, [program], {
          cwd: import.meta.dirname,
          env: { ...process.env, FP_CACHE_DIR: cache },
        });
        let out = '';
        child.stdout.on('data', (text) => (out += String(text)));
        child.stderr.on('data', (text) => (out += String(text)));
        return { child, ended: once(child, 'close').then(() => out) };
      };
      for (const file of ['p.ts', 'times.ts']) {
        let killed: ReturnType<typeof start> | undefined;
        const reached = new Promise<void>((resolve) => {
          proxy.fault = ({ method, url }) => {
            if (method !== 'GET' || !url.includes(file)) return undefined;
            resolve();
            return { kind: 'stall', afterBytes: 3 };
          };
        });
        killed = start();
        await reached;
        killed.child.kill('SIGKILL');
        await killed.ended;
        proxy.fault = () => undefined;
      }
      const both = [start(), start(), start()];
      expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([
        '{"total":6}',
        '{"total":6}',
        '{"total":6}',
      ]);
      expect(readdirSync(join(cache, 'code/projects')).filter((name) => !name.startsWith('.'))).toHaveLength(
        1,
      );
    });
  });
});

/** Answers that refuse access. */
const denied = {
  s3: '<Error><Code>AccessDenied</Code></Error>',
  gs: '{"error": {"code": 403, "message": "no"}}',
};

async function refusal(work: () => Promise<unknown>) {
  const error = await work().then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  if (!isFlowerPowerError(error)) throw error;
  return error;
}

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
