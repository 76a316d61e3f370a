/** docs/guide/formats.md lists every option of every format with its default, and no other. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { resolvePipelineConfig } from '../../packages/config/src/index.js';
import { builtinLoaders, builtinSavers, parseOptions } from '../../packages/io/src/index.js';
import arrow from '../../plugins/arrow/src/index.js';
import parquet from '../../plugins/parquet/src/index.js';

const page = await readFile(new URL('../../docs/guide/formats.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.split('\n', 1)[0]!, text] as const),
);

const plugins = [parquet, arrow];
const loaders = [builtinLoaders, ...plugins.map((plugin) => plugin.loaders)].flatMap(Object.values<Format>);
const savers = [builtinSavers, ...plugins.map((plugin) => plugin.savers)].flatMap(Object.values<Format>);
const formats = [
  ...loaders.map((format) => [`Loading ${format.type}`, format] as const),
  ...savers.map((format) => [`Saving ${format.type}`, format] as const),
];

interface Format {
  readonly type: string;
  readonly options: object;
}

/** Option to default, as the table has it. */
function listed(section: string): Record<string, string> {
  const rows = [...section.matchAll(/^\| `(\w+)` *\| (\S+) *\| (.+) \|$/gm)];
  return Object.fromEntries(rows.map(([, option, byDefault]) => [option!, byDefault!]));
}

test.each(formats)('%s', (title, format) => {
  const keys = Object.keys((format.options as unknown as { entries: object }).entries);
  const defaults = parseOptions<object>(format as never, { path: 'file' }) as Record<string, unknown>;
  const expected = keys.map((key) => {
    const value = key === 'path' ? undefined : defaults[key];
    return [key, value === undefined ? '–' : `\`${JSON.stringify(value)}\``];
  });
  expect(listed(sections.get(title) ?? '')).toEqual(Object.fromEntries(expected));
});

test('there is no section for a format that does not exist', () => {
  const titles = [...formats.map(([title]) => title), 'Many files as one'];
  expect([...sections.keys()].sort()).toEqual(titles.sort());
});

test('the entries of the example are valid', async () => {
  const text = /```yaml\n(.*?)```/s.exec(page)![1]!;
  const { value } = await resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text }, env: {} });
  for (const { type, ...options } of Object.values(value.io.load))
    expect(parseOptions(builtinLoaders[type as 'csv'], options)).toMatchObject(options);
  for (const { type, ...options } of Object.values(value.io.save))
    expect(parseOptions(builtinSavers[type as 'json'], options)).toMatchObject(options);
});
