/** What is made under a name can be loaded under it; a name that cannot is refused before anything is written. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

let parent: string;
beforeEach(() => void (parent = mkdtempSync(join(tmpdir(), 'flowerpower-any-name-'))));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const hostile = [
  '$HOME',
  '${FOO}',
  '$$',
  'yes',
  'null',
  '007',
  '- a',
  'a: b',
  '# a',
  '"',
  "'",
  'a\nb',
  '🌸',
  '@x',
];
const anyName = fc.oneof(fc.constantFrom(...hostile), fc.string({ minLength: 1 }));

test('law: a project is loaded under the name it was given, or refused and nothing is written', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(anyName, async (name) => {
      const dir = join(parent, String(++count));
      let project: FlowerPowerProject | undefined;
      try {
        project = await FlowerPowerProject.new({ dir, name });
      } catch (error) {
        // A blank name is not even an option.
        expect(error).toMatchObject({ code: name.trim() === '' ? 'FP_BAD_OPTION' : 'FP_PROJECT_NAME' });
        expect(readdirSync(parent)).not.toContain(String(count));
        return;
      }
      await project.close();
      const loaded = await FlowerPowerProject.load(dir, { environment: {} });
      expect(loaded.name).toBe(name);
      await loaded.close();
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['', 'FP_BAD_OPTION'],
  [' ', 'FP_BAD_OPTION'],
  ['a/b', 'FP_PROJECT_NAME'],
  ['..', 'FP_PROJECT_NAME'],
  ['a\\b', 'FP_PROJECT_NAME'],
])('the project name %j is refused, and nothing is written', async (name, code) => {
  await expect(FlowerPowerProject.new({ dir: join(parent, 'x'), name })).rejects.toMatchObject({ code });
  expect(readdirSync(parent)).toEqual([]);
});

test.each(['007', 'true', 'null', '-', '1e3', '0x1F', '2026-01-31', '_', '-a', 'a.b-c'])(
  'a new pipeline called %j runs as it is',
  async (name) => {
    mkdirSync(join(parent, 'x'));
    const project = await FlowerPowerProject.new({ dir: join(parent, 'x') });
    try {
      await project.pipelineManager.create(name);
      expect((await project.run(name)).outputs).toMatchObject({ greeting: 'Hello, world!' });
      expect((await project.pipelineManager.list()).map((pipeline) => pipeline.name)).toEqual([name]);
    } finally {
      await project.close();
    }
  },
);
