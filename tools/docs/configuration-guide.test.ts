/** The YAML of docs/guide/configuration.md is accepted as it stands there, and does what the page says. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { resolvePipelineConfig, resolveProjectConfig } from '../../packages/config/src/index.js';
import { builtinLoaders, builtinSavers, parseOptions } from '../../packages/io/src/index.js';

const page = await readFile(new URL('../../docs/guide/configuration.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
const block = (start: string) => blocks.find((text) => text.startsWith(start))!;

const project = { file: 'conf/project.yml', text: block('# conf/project.yml') };
const pipeline = { file: 'conf/pipelines/sales.yml', text: block('# conf/pipelines/sales.yml') };
const overlay = { file: 'conf/env/prod.yml', text: block('# conf/env/prod.yml') };

test('every block of the page is looked at here', () => {
  expect(blocks).toHaveLength(4);
});

test('the pipeline and the project are valid, without a warning', async () => {
  const { value, warnings } = await resolvePipelineConfig({ name: 'sales', project, pipeline, env: {} });
  expect(warnings).toEqual([]);
  expect(value.run).toMatchObject({ finalVars: ['report'], cache: { enabled: true }, logLevel: 'WARNING' });
  expect((await resolveProjectConfig({ project, env: {} })).value).toMatchObject({ name: 'shop' });
});

test('the loaders and savers take their options', async () => {
  const { value } = await resolvePipelineConfig({ name: 'sales', pipeline, env: {} });
  for (const { type, schema: _, ...options } of Object.values(value.io.load))
    expect(parseOptions(builtinLoaders[type as 'csv'], options)).toMatchObject({ path: options['path'] });
  for (const { type, ...options } of Object.values(value.io.save))
    expect(parseOptions(builtinSavers[type as 'json'], options)).toMatchObject({ path: options['path'] });
});

test('the overlay lies over the project, over every pipeline and over one', async () => {
  const { value } = await resolvePipelineConfig({ name: 'sales', env: {}, overlay, project, pipeline });
  expect(value.run).toMatchObject({ logLevel: 'ERROR', inputs: { limit: 1000, region: 'north' } });
});

test('a secret without a default must be set', async () => {
  const text = block('run:\n  inputs:\n    token');
  const file = 'conf/pipelines/sales.yml';
  const resolve = (env: Record<string, string>) =>
    resolvePipelineConfig({
      name: 'sales',
      pipeline: { file, text },
      env,
      readFile: (path) => Promise.resolve(`of ${path}\n`),
    });
  await expect(resolve({})).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
  expect((await resolve({ API_TOKEN: '1' })).value.run.inputs).toEqual({
    token: '1',
    day: 'today',
    limit: 100,
    file: 'out/today-100.csv',
    query: 'of ./queries/sales.sql',
  });
});
