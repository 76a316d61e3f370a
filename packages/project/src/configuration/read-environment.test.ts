import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { beforeEach, expect, it } from 'vitest';
import { readEnvironment } from './read-environment.js';

let fs: FileSystem;
beforeEach(async () => {
  fs = createMemoryFileSystem({ name: 'project' });
  await fs.write('.env', 'A=base\nB=base\nC=base\nFP_ENV=prod\n');
  await fs.write('.env.prod', '\nB=prod\nC=prod\n');
});

it('the process wins, also with an empty variable, then the file of the environment, then .env', async () => {
  const { environment, env, variablePlaces } = await readEnvironment(fs, {
    environment: { C: '', D: 'own' },
    env: undefined,
    useFiles: true,
  });
  expect({ ...environment }).toEqual({ A: 'base', B: 'prod', C: '', D: 'own', FP_ENV: 'prod' });
  expect(env).toBe('prod');
  expect(Object.fromEntries(variablePlaces)).toEqual({
    A: { file: '.env', line: 1 },
    B: { file: '.env.prod', line: 2 },
    FP_ENV: { file: '.env', line: 4 },
  });
});

it('an environment that is asked for, and the variable of the process, win over FP_ENV of the file', async () => {
  const given = { environment: { FP_ENV: 'test' }, env: undefined, useFiles: true };
  expect((await readEnvironment(fs, given)).env).toBe('test');
  const { env, environment } = await readEnvironment(fs, { ...given, env: 'dev' });
  expect([env, environment['B']]).toEqual(['dev', 'base']);
});

it('without files the environment is the same object', async () => {
  const environment = { A: 'own' };
  const read = await readEnvironment(fs, { environment, env: undefined, useFiles: false });
  expect(read.environment).toBe(environment);
  expect(read.env).toBeUndefined();
});

it('a name of an environment cannot lead to another folder', async () => {
  await fs.write('x/y', 'A=evil');
  const { environment } = await readEnvironment(fs, {
    environment: {},
    env: 'prod/../../x/y',
    useFiles: true,
  });
  expect(environment['A']).toBe('base');
});

it('says that a file cannot say where things are', async () => {
  await fs.write('.env', 'FP_CONFIG_DIR=settings\n');
  const { warnings } = await readEnvironment(fs, { environment: {}, env: undefined, useFiles: true });
  expect(warnings).toMatchObject([{ code: 'FP_PROJECT_LAYOUT', places: [{ file: '.env', line: 1 }] }]);
});
