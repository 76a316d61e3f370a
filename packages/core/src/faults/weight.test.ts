/** SEMANTICS §2.10.17 and §6.10: what the originals load, build and hold again and again. Each test has the name of a fault. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDriver, node, resolve, tag } from '../index.js';

test('§2.10.17, §6.10 driver and graph are built anew in every run', () => {
  let built = 0;
  const m = {
    a: node(
      ({ n }: { n: number }) => n,
      resolve([], () => {
        built++;
        return tag({ built: 'yes' });
      }),
    ),
    b: ({ a }: { a: number }) => a + 1,
  };
  const driver = createDriver({ modules: [m] });
  expect(built).toBe(1);
  const { graph } = driver;
  for (let n = 0; n < 50; n++) expect(driver.executeSync(['b'], { inputs: { n } })).toEqual({ b: n + 1 });
  expect(built).toBe(1);
  expect(driver.graph).toBe(graph);
});

test('§6.10 the engine brings half an ecosystem along', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as object;
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies'])
    expect(manifest).not.toHaveProperty(kind);
});
