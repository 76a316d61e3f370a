/**
 * Keeps docs/reference/run-options.md in step with the table of run options. To write it anew after a change:
 * `npx vitest run tools/docs -u`.
 */
import { expect, test } from 'vitest';
import { resolvePipelineConfig, runOptionList } from '../../packages/config/src/index.js';

test('the reference of run options lists every row of the table', async () => {
  const { value } = await resolvePipelineConfig({ name: 'any', env: {} });
  await expect(reference(value)).toMatchFileSnapshot('../../docs/reference/run-options.md');
});

function reference(defaults: unknown): string {
  const rows = runOptionList.map(({ path, flag, help, variable, pathVariable, takes, choices }) => {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], defaults);
    const shown = value === undefined ? '' : `\`${JSON.stringify(value)}\``;
    const kind = choices?.map((choice) => `\`${choice}\``).join(' ') ?? takes;
    const variables = [variable, pathVariable].filter((name) => name !== undefined);
    return [
      `\`${path}\``,
      kind,
      shown,
      `\`${flag}\``,
      variables.map((name) => `\`${name}\``).join(' '),
      help,
    ];
  });
  const table = [
    ['setting', 'takes', 'default', 'flag', 'variables', 'what it does'],
    Array(6).fill('---'),
    ...rows,
  ]
    .map((cells) => `| ${cells.map((cell: string) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
  return `# Run options\n\nThe settings of \`run:\`, in YAML, on the command line and as variables; in code they have the same names. A flag that is\na switch has a \`--no-…\` besides. \`run.finalVars\` is \`outputs\` in code.\nThis page is generated from the table of run options.\n\n${table}\n`;
}
