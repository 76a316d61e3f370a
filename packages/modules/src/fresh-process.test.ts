/** What only a fresh Node process shows, with the package built as it is published. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type BuiltImporter, buildImporter, runScript } from './__fixtures__/built-importer.js';
import { type TempProject, tempProject } from './__fixtures__/temp-project.js';

let built: BuiltImporter;

beforeAll(async () => {
  built = await buildImporter();
});

afterAll(() => built.remove());

/** Loads `a` and runs `use` with `module` and `importer` in scope. */
function script({ root }: TempProject, use: string): string {
  return `
    import { createModuleImporter } from ${JSON.stringify(built.url)};
    const root = ${JSON.stringify(root)};
    const importer = createModuleImporter({ root });
    const module = await importer.import('a');
    ${use}`;
}

const printSharedObjects = `console.log(process.report.getReport().sharedObjects.filter((path) => /oxc/.test(path)).length);`;

/** Changes every time stamp of a project to the past, as if it had rested since. */
function letRest({ root }: TempProject): void {
  const past = new Date(Date.now() - 60_000);
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (statSync(join(root, name)).isFile() && !name.includes('node_modules'))
      utimesSync(join(root, name), past, past);
  }
}

test('a changed file loads the transformer, an unchanged one only stats and imports', async () => {
  const project = tempProject({ 'a.ts': `export * from './b';`, 'b.ts': 'export const b: number = 1;' });
  expect(Number(await runScript(script(project, printSharedObjects)))).toBeGreaterThan(0);
  expect(await runScript(script(project, printSharedObjects))).toBe('0');
  project.write({ 'b.ts': 'export const b: number = 2;' });
  expect(Number(await runScript(script(project, printSharedObjects)))).toBeGreaterThan(0);
  letRest(project);
  // Stamps changed, contents did not: files are hashed, not transformed.
  expect(await runScript(script(project, `console.log(module.exports.b);${printSharedObjects}`))).toBe(
    '2\n0',
  );
});

test('an unchanged module that fails explains itself from the manifest', async () => {
  const project = tempProject({ 'a.ts': `import { a } from 'not-there';\nexport const b = a;` });
  const print = script(project, '').replace(
    `await importer.import('a')`,
    `await importer.import('a').catch((error) => console.log(error.code, error.places[0].line, error.places[0].column))`,
  );
  const [cold, warm] = [await runScript(print), await runScript(print)];
  expect(cold).toBe('FP_MODULE_PACKAGE_NOT_FOUND 1 19');
  expect(warm).toBe(cold);
});

test('stack traces show lines of the TypeScript source, cold and warm', async () => {
  const project = tempProject({
    'a.ts': `interface Unused {\n  a: string;\n}\nenum E { A }\n\nexport function fail({ b }: { b: number }): never {\n  const { url } = import.meta; const load = (x: string) => import(x);\n  throw new Error('boom ' + b + E.A + typeof load + typeof url);\n}\nexport type { Unused };`,
  });
  const print = script(
    project,
    `try { module.exports.fail({ b: 1 }); } catch (error) { console.log(error.stack.split('\\n')[1]); }`,
  );
  for (const state of ['cold', 'warm']) {
    expect(await runScript(print), state).toContain(`${project.path('a.ts')}:8:9`);
  }
});

test('the example of the README runs', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readme)!;
  const project = tempProject({
    'a.ts': `${example}\nexport { marketing };`,
    'node_modules/@flowerpower/modules/package.json': '{ "type": "module", "exports": "./index.js" }',
    'node_modules/@flowerpower/modules/index.js': `export * from ${JSON.stringify(built.url)};`,
  });
  const print = script(project, 'console.log(JSON.stringify(module.exports.marketing));');
  expect(JSON.parse(await runScript(print, { cwd: project.root }))).toMatchObject({
    name: 'pipelines/marketing',
    closure: [project.path('pipelines/marketing.ts')],
    nodes: {
      spendPerSignup: {
        line: 3,
        column: 17,
        doc: 'Cost per signup.',
        style: 'object',
        takesContext: false,
        returnType: 'number',
        parameters: [
          { name: 'spend', optional: false, type: 'number' },
          { name: 'signups', optional: true, type: 'number' },
        ],
      },
    },
  });
});

test('packages are the instances that the host has', async () => {
  const project = tempProject({
    'a.ts': `import { Shared } from 'dep'; export const made: object = new Shared();`,
    'node_modules/dep/package.json': '{ "type": "module", "exports": "./main.js" }',
    'node_modules/dep/main.js': 'export class Shared {}',
    'host.mjs': `export { Shared } from 'dep';`,
  });
  const print = script(
    project,
    `const { Shared } = await import('file://' + root + '/host.mjs'); console.log(module.exports.made instanceof Shared);`,
  );
  expect(await runScript(print)).toBe('true');
});

test('processes and workers that start together share one cache and all succeed', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [
      `m${index}.ts`,
      `${index > 0 ? `export * from './m${index - 1}';` : ''}\nexport const v${index}: number = ${index};`,
    ]),
  );
  const project = tempProject({
    ...files,
    'a.ts': `export * from './m7'; export const where = () => { throw new Error('here'); };`,
  });
  const inWorker = `
    import { Worker, isMainThread, parentPort } from 'node:worker_threads';
    import { createModuleImporter } from ${JSON.stringify(built.url)};
    const load = () => createModuleImporter({ root: ${JSON.stringify(project.root)} }).import('a');
    const source = \`
      import { parentPort } from 'node:worker_threads';
      import { createModuleImporter } from ${JSON.stringify(built.url)};
      const module = await createModuleImporter({ root: ${JSON.stringify(project.root)} }).import('a');
      let stack; try { module.exports.where(); } catch (error) { stack = error.stack.split('\\\\n')[1]; }
      parentPort.postMessage([module.hash, Object.keys(module.exports).length, stack]);\`;
    const worker = () => new Promise((resolve, reject) => new Worker(new URL('data:text/javascript,' + encodeURIComponent(source))).once('message', resolve).once('error', reject));
    const [module, ...workers] = await Promise.all([load(), worker(), worker()]);
    for (const [hash, count, stack] of workers) {
      if (hash !== module.hash || count !== 9 || !stack.includes('a.ts:1:')) throw new Error('differs: ' + stack);
    }
    console.log(module.hash);`;
  const hashes = await Promise.all([1, 2, 3].map(() => runScript(inWorker)));
  expect(new Set(hashes).size).toBe(1);
  expect(readdirSync(project.cache).filter((name) => !/\.(mjs|json)$/.test(name))).toEqual([]);
  // What the race left behind is complete: the next process has nothing to transform.
  await runScript(script(project, ''));
  expect(await runScript(script(project, printSharedObjects))).toBe('0');
});

describe('syntax that Node lacks', () => {
  test.each([
    [
      'enums',
      'export enum E { A = 1, B = A << 2, C = "cde".length } const enum K { X = 5 } export const value = [E.B, E[1], K.X];',
      [4, 'A', 5],
    ],
    ['a const enum of another file', `import { K } from './k'; export const value = K.X;`, 7],
    [
      'namespaces',
      'export namespace N { export const x = 1; export namespace M { export const y = x + 1; } } export const value = N.M.y;',
      2,
    ],
    [
      'parameter properties',
      'class P { constructor(readonly a: number, private b = 2) {} sum() { return this.a + this.b; } } export const value = new P(1).sum();',
      3,
    ],
    [
      'class fields as defined',
      'class A { a = 1 } class B extends A { declare a: number; b; static c = 3; #d = 4; d() { return this.#d } accessor e = 5; } const b = new B(); export const value = [b.a, "b" in b, B.c, b.d(), b.e];',
      [1, true, 3, 4, 5],
    ],
    [
      'types in expressions',
      'const a = { b: 1 } satisfies object; export const value = <number>(a!.b as number);',
      1,
    ],
    ['top-level await', 'export const value = await Promise.resolve(1);', 1],
    [
      'using',
      'const log: string[] = []; { using x = { [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() { log.push("closed"); } }; log.push("open"); } export const value = log;',
      ['open', 'closed'],
    ],
    [
      'overloads, generics and assertions',
      'export function f(a: string): void; export function f(a: unknown): asserts a is string {} const id = <T,>(x: T) => x; export const value = id<number>(1);',
      1,
    ],
  ])('%s', async (_, source, value) => {
    const project = tempProject({ 'a.ts': source, 'k.ts': 'export const enum K { X = 7 }' });
    expect(
      JSON.parse(await runScript(script(project, 'console.log(JSON.stringify(module.exports.value));'))),
    ).toEqual(value);
  });

  test('legacy decorators, with metadata, and assigned class fields when tsconfig.json asks for them', async () => {
    const project = tempProject({
      'tsconfig.json': JSON.stringify({
        compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true, target: 'ES2020' },
      }),
      'a.ts': `
        const log: unknown[] = [];
        Object.assign(Reflect, { metadata: (key: string, value: unknown) => () => { log.push(key + ':' + (Array.isArray(value) ? value.map((type) => type.name) : (value as Function | undefined)?.name)); } });
        const mark = (...args: any[]): any => { log.push(typeof args[0] + ':' + String(args[1]) + ':' + typeof args[2]); };
        @mark class A { b = this.a * 2; @mark c = 1; unset?: number; constructor(@mark readonly a: number) {} @mark m(x: string): void {} }
        const a = new A(2);
        export const value = [log, a.b, 'unset' in a];`,
    });
    const [log, b, unset] = JSON.parse(
      await runScript(script(project, 'console.log(JSON.stringify(module.exports.value));')),
    ) as [string[], number, boolean];
    expect(b).toBe(4);
    expect(unset).toBe(false);
    expect(log).toContain('design:paramtypes:Number');
    expect(log).toContain('object:m:object');
    expect(log).toContain('function:undefined:number');
  });
});

describe.skipIf(process.getuid?.() !== 0)('a project of another user that cannot be written', () => {
  const nobody = 65_534;
  const foreignCache = join(tmpdir(), `flowerpower-cache-${nobody}`);
  const openUp = ({ root }: TempProject): void => chmodSync(root, 0o755);

  test('uses a cache of its own user, and the cache of the project when that is complete', async ({
    skip,
  }) => {
    const project = tempProject({
      'a.ts': `import { dep } from 'dep'; export const b: number = dep;`,
      'node_modules/dep/package.json': '{ "type": "module", "main": "main.js" }',
      'node_modules/dep/main.js': 'export const dep = 3;',
    });
    openUp(project);
    // The child reads this package, whose folder need not be open to everyone.
    const visible = await runScript(`import ${JSON.stringify(built.url)};`, { uid: nobody }).then(
      () => true,
      () => false,
    );
    skip(!visible, 'the repository is not readable by others');
    const print = `console.log(module.exports.b);${printSharedObjects}`;
    onTestFinished(() => rmSync(foreignCache, { recursive: true, force: true }));
    expect(await runScript(script(project, print), { uid: nobody })).toMatch(/^3\n[1-9]/);
    expect(() => readdirSync(project.cache)).toThrow('ENOENT');
    expect(await runScript(script(project, print), { uid: nobody })).toBe('3\n0');
    await runScript(script(project, print));
    rmSync(foreignCache, { recursive: true, force: true });
    expect(await runScript(script(project, print), { uid: nobody })).toBe('3\n0');
    // Somebody else prepared the directory from which this user would import code.
    rmSync(project.cache, { recursive: true });
    mkdirSync(foreignCache);
    await expect(runScript(script(project, print), { uid: nobody })).rejects.toThrow(
      'another user can change it',
    );
  });
});
