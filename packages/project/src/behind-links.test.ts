/** Data and code behind a symbolic link that leads out of the project: refused, with what to do about it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject } from './index.js';

let parent: string;
let outside: string;
beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-links-')));
  outside = join(parent, 'elsewhere');
  write('elsewhere/x.txt', 'outside');
  write('elsewhere/far.ts', 'export const far = () => 1;\n');
  write('shop/conf/project.yml', 'name: shop\n');
  write('shop/pipelines/p.ts', 'export const size = ({ text }: { text: string }) => text.length;\n');
  mkdirSync(join(parent, 'shop/data'));
  symlinkSync(outside, join(parent, 'shop/data/out'), 'junction');
  symlinkSync(join(outside, 'x.txt'), join(parent, 'shop/data/x.txt'));
  symlinkSync(outside, join(parent, 'shop/pipelines/out'), 'junction');
});
afterEach(() => rmSync(parent, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(parent, path)), { recursive: true });
  writeFileSync(join(parent, path), text);
}

async function withProject<T>(work: (project: FlowerPowerProject) => Promise<T>): Promise<T> {
  const project = await FlowerPowerProject.load(join(parent, 'shop'), { environment: {} });
  try {
    return await work(project);
  } finally {
    await project.close();
  }
}

const entries: Readonly<Record<string, string>> = {
  'a file that is loaded': 'io: { load: { text: { type: text, path: data/x.txt } } }\n',
  'a file in a folder that is loaded from': 'io: { load: { text: { type: text, path: data/out/x.txt } } }\n',
  'a file that is saved over':
    'params: { text: abc }\nio: { save: { size: { type: json, path: data/x.txt } } }\n',
  'a new file in a folder that is saved to':
    'params: { text: abc }\nio: { save: { size: { type: json, path: data/out/new.json } } }\n',
};

describe.each(Object.entries(entries))('%s', (_name, yml) => {
  beforeEach(() => write('shop/conf/pipelines/p.yml', yml));

  const refused = () => ({
    code: 'FP_FS_OUTSIDE_ROOT',
    message: expect.stringContaining(`understood as ${outside}`),
    hint: expect.stringContaining(`Add to conf/project.yml: allowOutside: [${outside}]`),
    places: [{ file: 'conf/pipelines/p.yml' }],
  });

  test('is refused by a run, with where it leads, the line, and the line that would allow it', async () => {
    await withProject((project) => expect(project.run('p')).rejects.toMatchObject(refused()));
    expect(readdirSync(outside).sort()).toEqual(['far.ts', 'x.txt']);
  });

  test('is found by check', async () => {
    await withProject(({ pipelineManager }) =>
      expect(pipelineManager.check('p')).rejects.toMatchObject(refused()),
    );
  });

  test('works once its folder is allowed', async () => {
    write('shop/conf/project.yml', `name: shop\nallowOutside: [${JSON.stringify(outside)}]\n`);
    await withProject(async (project) => expect((await project.run('p')).status).toBe('success'));
  });
});

test('a module is refused, and found once its folder is allowed', async () => {
  write('shop/conf/pipelines/p.yml', 'run: { additionalModules: [out.far], finalVars: [far] }\n');
  await withProject((project) =>
    expect(project.run('p')).rejects.toMatchObject({
      code: 'FP_FS_OUTSIDE_ROOT',
      hint: expect.stringContaining(`allowOutside: [${outside}]`),
    }),
  );
  write('shop/conf/project.yml', `name: shop\nallowOutside: [${JSON.stringify(outside)}]\n`);
  await withProject(async (project) => expect((await project.run('p')).outputs).toEqual({ far: 1 }));
});

test('a named filesystem that is such a link is refused at its line', async () => {
  write('shop/conf/project.yml', 'name: shop\nfileSystems: { lake: data/out }\n');
  await expect(withProject(async () => {})).rejects.toMatchObject({
    code: 'FP_FS_OUTSIDE_ROOT',
    hint: expect.stringContaining(`allowOutside: [${outside}]`),
    places: [{ file: 'conf/project.yml', line: 2 }],
  });
});
