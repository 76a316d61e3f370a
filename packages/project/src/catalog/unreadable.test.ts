/** What lies where a configuration is looked for, and cannot be read, is never taken for no configuration. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

let parent: string;
beforeEach(() => void (parent = mkdtempSync(join(tmpdir(), 'flowerpower-unreadable-'))));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(parent, path)), { recursive: true });
  writeFileSync(join(parent, path), text);
}

const config = 'shop/conf/pipelines/hello.yml';

const places: Readonly<Record<string, () => void>> = {
  'a link that leads nowhere': () => symlinkSync(join(parent, 'nothing.yml'), join(parent, config)),
  'a link out of the project': () => {
    write('elsewhere/hello.yml', 'run: { inputs: { x: 2 } }\n');
    symlinkSync(join(parent, 'elsewhere/hello.yml'), join(parent, config));
  },
  'a folder': () => mkdirSync(join(parent, config)),
};

test.each(Object.keys(places))('%s', async (kind) => {
  write('shop/conf/project.yml', '');
  write('shop/pipelines/hello.ts', 'export const one = ({ x = 1 }: { x?: number }) => x;\n');
  write('shop/pipelines/other.ts', 'export const two = () => 2;\n');
  write('shop/conf/pipelines/other.yml', '');
  places[kind]!();
  const project = await FlowerPowerProject.load(join(parent, 'shop'), { environment: {} });
  try {
    const unreadable = {
      code: 'FP_PIPELINE_UNREADABLE',
      message: expect.stringContaining("The configuration of the pipeline 'hello' cannot be read: "),
      places: [{ file: expect.stringContaining('conf/pipelines/hello.yml') }],
    };
    await expect(project.run('hello')).rejects.toMatchObject(unreadable);
    await expect(project.pipelineManager.check('hello')).rejects.toMatchObject(unreadable);
    expect(await project.pipelineManager.list()).toContainEqual({
      name: 'hello',
      file: 'conf/pipelines/hello.yml',
      configured: true,
    });
    expect((await project.run('other')).outputs).toEqual({ two: 2 });
  } finally {
    await project.close();
  }
});

test('a link that leads nowhere, beside the folder of pipelines', async () => {
  write('shop/conf/project.yml', '');
  write('shop/pipelines/hello.ts', 'export const one = () => 1;\n');
  symlinkSync(join(parent, 'nothing.yml'), join(parent, 'shop/conf/hello.yml'));
  symlinkSync(join(parent, 'nothing.yml'), join(parent, 'shop/conf/notes.yml'));
  const project = await FlowerPowerProject.load(join(parent, 'shop'), { environment: {} });
  try {
    await expect(project.run('hello')).rejects.toMatchObject({ code: 'FP_PIPELINE_UNREADABLE' });
    // What no module has the name of is a file for other things.
    expect((await project.pipelineManager.list()).map(({ name }) => name)).toEqual(['hello']);
  } finally {
    await project.close();
  }
});

describe('a folder of pipelines that is a link', () => {
  const setUp = (link: string) => {
    write('shop/conf/project.yml', '');
    write('shop/pipelines/hello.ts', 'export const one = () => 1;\n');
    write('shop/pipelines/far/away.ts', 'export const two = () => 2;\n');
    write('elsewhere/away.yml', 'run: { finalVars: [two] }\n');
    write('shop/shared/away.yml', 'run: { finalVars: [two] }\n');
    mkdirSync(join(parent, 'shop/conf/pipelines'), { recursive: true });
    symlinkSync(join(parent, link), join(parent, 'shop/conf/pipelines/far'), 'junction');
    return FlowerPowerProject.load(join(parent, 'shop'), { environment: {} });
  };

  test('out of the project hides no pipelines: the project does not load', async () => {
    await expect(setUp('elsewhere')).rejects.toMatchObject({
      code: 'FP_PIPELINE_UNREADABLE',
      message: expect.stringMatching(/'conf\/pipelines\/far' to .*elsewhere/),
      hint: expect.stringContaining('Move the folder into conf/pipelines'),
    });
  });

  test('to another folder of the project is read', async () => {
    const project = await setUp('shop/shared');
    try {
      expect(await project.pipelineManager.list()).toContainEqual({
        name: 'far.away',
        file: 'conf/pipelines/far/away.yml',
        configured: true,
      });
      expect((await project.run('far.away')).outputs).toEqual({ two: 2 });
    } finally {
      await project.close();
    }
  });
});

test('links of conf to folders of other things, and of pipelines to modules elsewhere, keep nothing from running', async () => {
  write('shop/conf/project.yml', 'allowOutside: [../elsewhere]\n');
  write('shop/conf/pipelines/far.yml', 'run: { additionalModules: [out.away] }\n');
  write('shop/pipelines/far.ts', 'export const one = ({ two }: { two: number }) => two - 1;\n');
  write('elsewhere/away.ts', 'export const two = () => 2;\n');
  symlinkSync(join(parent, 'elsewhere'), join(parent, 'shop/conf/out'), 'junction');
  symlinkSync(join(parent, 'elsewhere'), join(parent, 'shop/pipelines/out'), 'junction');
  const project = await FlowerPowerProject.load(join(parent, 'shop'), { environment: {} });
  try {
    expect((await project.run('far')).outputs).toEqual({ one: 1 });
  } finally {
    await project.close();
  }
});
