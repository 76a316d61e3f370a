/** The format of "Publish your own adapter" keeps the contracts that the page tells its readers to run. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const page = readFileSync(at('docs/guide/publish-an-adapter.md'), 'utf8');
const block = (start: string) => {
  const text = page.split(`\`\`\`${start}\n`)[1]?.split('```')[0];
  if (text === undefined) throw new Error(`The page has no block ${start}.`);
  return text;
};

const resolve = createRequire(at('packages/io/package.json')).resolve;
const sources: Readonly<Record<string, string>> = {
  valibot: pathToFileURL(resolve('valibot')).href,
  vitest: import.meta.resolve('vitest'),
};
const withSources = (code: string) =>
  code.replaceAll(/from '((?:@flowerpower\/|valibot|vitest)[^']*)'/g, (_, name: string) => {
    const [, part, room = 'index'] = /^@flowerpower\/([a-z]+)(?:\/testing())?$/.exec(name) ?? [];
    const file = room === '' ? 'testing/index' : room;
    return `from ${JSON.stringify(sources[name] ?? at(`packages/${part}/src/${file}.ts`).href)}`;
  });

const folder = mkdtempSync(join(tmpdir(), 'flowerpower-adapter-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'pipes.ts'), withSources(block('ts')).replaceAll(/^console\.log.*$/gm, ''));
writeFileSync(join(folder, 'pipes.contract.ts'), withSources(block('ts pipes.test.ts')));
// Registers its suites here.
await import(/* @vite-ignore */ pathToFileURL(join(folder, 'pipes.contract.ts')).href);

test('package.json of the page has what the example package has', () => {
  const example = JSON.parse(readFileSync(at('examples/custom-adapter/package.json'), 'utf8')) as Package;
  const told = JSON.parse(block('json')) as Package;
  for (const list of ['dependencies', 'peerDependencies', 'devDependencies'] as const) {
    const names = Object.keys(example[list]).filter(
      (name) => list !== 'devDependencies' || !name.startsWith('@flower'),
    );
    expect(Object.keys(told[list])).toEqual(names);
  }
  expect(told.dependencies).toEqual(example.dependencies);
});

test('tsconfig.build.json of the page is that of the example package', () => {
  const example = readFileSync(at('examples/custom-adapter/tsconfig.build.json'), 'utf8');
  expect(JSON.parse(block('json tsconfig.build.json'))).toEqual(JSON.parse(example));
});

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
