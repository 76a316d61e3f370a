/**
 * Keeps docs/reference/configuration.md in step with the schema of the configuration files. To write it anew after a change:
 * `npx vitest run tools/docs -u`.
 */
import { expect, test } from 'vitest';
import {
  type ConfigKey,
  configKeys,
  resolvePipelineConfig,
  resolveProjectConfig,
} from '../../packages/config/src/index.js';

const defaults = {
  project: (await resolveProjectConfig({})).value as unknown,
  pipeline: (await resolvePipelineConfig({ name: 'any' })).value as unknown,
};

test('every key has a help and an example, in packages/config/src/schema/key-help.ts', () => {
  expect(
    configKeys.filter(({ help, example }) => !help || !example).map(({ file, path }) => `${file}: ${path}`),
  ).toEqual([]);
});

/** A document with one key, written as the page shows it. */
function documentOf({ path, example }: ConfigKey): string {
  const keys = path.replaceAll(/<\w+>/g, 'x').split('.');
  // An entry of io, fileSystems or pipelines has a key that must be there.
  const required: readonly (readonly [RegExp, string])[] = [
    [/^io\.\w+\.<node>$/, 'type: csv, '],
    [/^fileSystems\.<name>$/, 'path: x, '],
    [/^pipelines\.<name>$/, 'use: x, '],
  ];
  const names = path.split('.');
  return keys.reduceRight((inner, key, index) => {
    const around = names.slice(0, index).join('.');
    const beside = required.find(([pattern]) => pattern.test(around))?.[1] ?? '';
    return `{ ${beside.startsWith(`${key}:`) ? '' : beside}${key}: ${inner} }`;
  }, example!);
}

test.each(configKeys.map((key) => [key.file, key.path, key] as const))(
  'the example of %s %s is taken',
  async (file, _path, key) => {
    const text = documentOf(key);
    const source = { file: `conf/${file}.yml`, text };
    const resolved =
      file === 'project'
        ? resolveProjectConfig({ project: source })
        : resolvePipelineConfig({ name: 'p', pipeline: source });
    expect((await resolved).warnings).toEqual([]);
  },
);

test('the reference lists every key', async () => {
  await expect(reference()).toMatchFileSnapshot('../../docs/reference/configuration.md');
});

function reference(): string {
  const rows = (keys: readonly ConfigKey[]) =>
    [
      ['key', 'takes', 'default', 'example', 'what it does', 'also given by'],
      Array<string>(6).fill('---'),
      ...keys.map(rowOf),
    ]
      .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
      .join('\n');
  const isRun = ({ path }: ConfigKey) => path.startsWith('run.');
  const project = configKeys.filter(({ file }) => file === 'project');
  const pipeline = configKeys.filter((key) => key.file === 'pipeline' && !isRun(key));
  return `# Configuration: every key

Keys may be written in camelCase or snake_case. What stands in \`<…>\` is a name of yours. From low to high, a value is given by its
default, \`conf/project.yml\`, \`conf/pipelines/<name>.yml\`, \`conf/env/<env>.yml\`, a short variable, a long variable, \`--set\` or its
flag, and code; \`flowerpower config show --explain\` tells which one won. How they are merged, and references as \`\${NAME}\`, are in the
[guide](../guide/configuration.md). This page is generated from the schema.

## \`conf/project.yml\`

Also below \`project:\` of \`conf/env/<env>.yml\`.

${rows(project)}

## \`conf/pipelines/<name>.yml\`

Also below \`pipeline:\` (for all) and \`pipelines.<name>:\` of \`conf/env/<env>.yml\`, and with \`--set\`. Beside \`type\` stand the options of the
[format](../guide/formats.md).

${rows(pipeline)}

## \`run:\` of both

In \`conf/project.yml\` they are defaults for every pipeline; there the long variables begin with \`FP_PROJECT__\`. Each flag is explained by
\`flowerpower pipeline run --help\`.

${rows(configKeys.filter(isRun))}
`;
}

function rowOf({ file, path, takes, choices, example, help, flag, variables }: ConfigKey): string[] {
  const value = path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], defaults[file]);
  const isNone = value === undefined || path === 'name';
  const code = (text: string) => `\`${text}\``;
  return [
    code(path),
    choices?.map(code).join(' ') ?? takes,
    isNone && !(file === 'project' && path === 'name') ? '' : code(JSON.stringify(value)),
    code(example ?? ''),
    help ?? '',
    [...variables, ...(flag === undefined ? [] : [flag])].map(code).join(' '),
  ];
}
