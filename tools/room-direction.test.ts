/**
 * Inside a package rooms import downwards. A room is a folder; where folders stand in a folder, they are its rooms.
 *
 * By value there are no circles between rooms, anywhere. A circle that only types close costs nothing when a program runs
 * and still has to be held in mind: such an import has its line, and its reason, in `typeExceptions`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Circle, circlesOf } from './rooms/circles.js';
import { faultsOf, type House } from './rooms/floors.js';
import { type Import, importsOfPackage, importsOfSource } from './rooms/imports-of-package.js';

interface TypeException {
  /** A folder or a file below `src`. */
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

/** Type-only imports that close a circle, by package. */
const typeExceptions: Readonly<Record<string, readonly TypeException[]>> = {
  runtime: [
    {
      from: 'config/run-config.ts',
      to: 'run/report/run-result.ts',
      because: 'the callback onSuccess, which is configured, is given the result of the run',
    },
    {
      from: 'config/run-hooks.ts',
      to: 'run/report/run-result.ts',
      because: 'hooks that are called after a run, which a pipeline is defined with, are told its outcome',
    },
  ],
};

/** Packages whose rooms have an order that is declared, not only one that exists. */
const houses: Readonly<Record<string, House>> = {
  core: {
    floors: ['errors', 'model', 'types', 'draft', 'graph', 'plan', 'run', 'engine', 'driver'],
    parts: [
      'fan-out',
      'branch',
      'read-once',
      'cache',
      'checks',
      'adapters',
      'inspect',
      'preview',
      'materialize',
      'retry',
      'explanations',
      'modifiers',
      'testing',
    ],
  },
};

const root = join(import.meta.dirname, '..');
const packages = ['packages', 'plugins'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .map((name) => ({ name, src: join(root, folder, name, 'src') }))
    .filter(({ src }) => existsSync(src)),
);

describe.each(packages)('$name', ({ name, src }) => {
  const { files, imports } = importsOfPackage(src);
  const exceptions = typeExceptions[name] ?? [];

  test('no circle of value imports between rooms', () => {
    expect(files).toContain('index.ts');
    expect(reported(circlesOf(imports.filter(({ isValue }) => isValue)))).toEqual([]);
  });

  test('a circle that types close is a named exception', () => {
    expect(reported(circlesOf(without(imports, exceptions)))).toEqual([]);
  });
});

test.each(Object.entries(typeExceptions))('every exception of %s is needed', (name, exceptions) => {
  const { imports } = importsOfPackage(srcOf(name));
  const idle = exceptions.filter((one) => {
    const others = exceptions.filter((other) => other !== one);
    return circlesOf(without(imports, others)).length === 0;
  });
  expect(idle).toEqual([]);
});

test.each(Object.entries(houses))('%s: floors import floors below, and no parts', (name, house) => {
  expect(faultsOf(house, importsOfPackage(srcOf(name)).imports)).toEqual([]);
});

function srcOf(name: string): string {
  return packages.find((one) => one.name === name)!.src;
}

/** Type-only imports that are not an exception stay, and so does every import by value. */
function without(imports: readonly Import[], exceptions: readonly TypeException[]): Import[] {
  const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
  return imports.filter(
    ({ from, to, isValue }) =>
      isValue || !exceptions.some((exception) => isIn(from, exception.from) && isIn(to, exception.to)),
  );
}

function reported(circles: readonly Circle[]): string[] {
  return circles.map(({ folder, rooms, imports }) => {
    const list = imports.map(({ from, to, isValue }) => `  ${from} → ${to}${isValue ? '' : ' (type)'}`);
    return [`${folder || 'src'}: ${rooms.join(', ')}`, ...list].join('\n');
  });
}

describe('the proof itself', () => {
  const of = (...edges: (readonly [from: string, to: string])[]): Import[] =>
    edges.map(([from, to]) => ({ from, to, isValue: true }));

  test.each([
    ["import { a } from './b.js';", true],
    ["import a from './b.js';", true],
    ["import * as a from './b.js';", true],
    ["import { type A, b } from './b.js';", true],
    ["export { a } from './b.js';", true],
    ["export * from './b.js';", true],
    ["const b = await import('./b.js');", true],
    ["import './b.js';", true],
    ["import type { A } from './b.js';", false],
    ["import { type A } from './b.js';", false],
    ["export type { A } from './b.js';", false],
    ["export { type A } from './b.js';", false],
    ["type A = typeof import('./b.js');", false],
  ])('%s', (text, isValue) => {
    expect(importsOfSource('room/a.ts', text)).toEqual([{ from: 'room/a.ts', to: 'room/b.ts', isValue }]);
  });

  test('texts, comments and other packages are not imports of rooms', () => {
    const text =
      "// import './a.js'\nconst t = `import { a } from './b.js';`;\nimport { c } from '@flowerpower/fs';";
    expect(importsOfSource('a.ts', text)).toEqual([]);
  });

  test('a circle with a detour, and one in a folder within a folder, is found', () => {
    expect(reported(circlesOf(of(['a/1.ts', 'b/1.ts'], ['b/2.ts', 'c/1.ts'], ['c/2.ts', 'a/2.ts'])))).toEqual(
      ['src: a, b, c\n  a/1.ts → b/1.ts\n  b/2.ts → c/1.ts\n  c/2.ts → a/2.ts'],
    );
    expect(reported(circlesOf(of(['a/x/1.ts', 'a/y/1.ts'], ['a/y/1.ts', 'a/x/2.ts'])))).toEqual([
      'a: x, y\n  a/x/1.ts → a/y/1.ts\n  a/y/1.ts → a/x/2.ts',
    ]);
    expect(reported(circlesOf(of(['a.ts', 'b/1.ts'], ['b/1.ts', 'a.ts'])))).toHaveLength(1);
  });

  test('files of one room, and rooms that only import downwards, are not a circle', () => {
    expect(circlesOf(of(['a/1.ts', 'a/2.ts'], ['a/2.ts', 'a/1.ts'], ['b/1.ts', 'a/1.ts']))).toEqual([]);
  });

  test('floors and parts', () => {
    const house: House = { floors: ['model', 'graph', 'driver'], parts: ['cache', 'checks'] };
    const good = of(
      ['graph/a.ts', 'model/a.ts'],
      ['driver.ts', 'cache/a.ts'],
      ['cache/a.ts', 'graph/a.ts'],
      ['checks/a.ts', 'cache/a.ts'],
      ['index.ts', 'driver.ts'],
    );
    expect(faultsOf(house, good)).toEqual([]);
    const types = [{ from: 'graph/a.ts', to: 'cache/a.ts', isValue: false }];
    expect(faultsOf(house, types)).toEqual([]);
    const bad = of(
      ['model/a.ts', 'graph/a.ts'],
      ['graph/a.ts', 'cache/a.ts'],
      ['cache/a.ts', 'driver.ts'],
      ['graph/a.ts', 'index.ts'],
      ['attic/a.ts', 'model/a.ts'],
    );
    expect(faultsOf(house, bad)).toEqual([
      'model/a.ts imports graph/a.ts, a floor above it',
      'graph/a.ts imports cache/a.ts, a part',
      'cache/a.ts imports driver.ts, the floor that puts the parts together',
      'graph/a.ts imports index.ts, an entry',
      "'attic' is neither a floor nor a part",
    ]);
  });
});
