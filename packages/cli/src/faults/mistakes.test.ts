/**
 * Mistakes that people make, and every word that the command says about them: mistakes.txt, written anew by `-u` and read by
 * people before it is committed.
 */
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inProcess, wordsOf } from '../__fixtures__/in-process.js';
import { createTempProject, type Ended, type TempProject } from '../__fixtures__/temp-project.js';

type Files = Readonly<Record<string, string>>;

interface Mistake {
  readonly title: string;
  /** As it is typed; quotes as a shell reads them. */
  readonly line: string;
  /** In place of those of the project below; empty for one that is not there. */
  readonly files?: Files;
  readonly exitCode?: number;
  /** Below the folder of the project. Default: there. */
  readonly cwd?: string;
  /** What it says names lines of a stack, which only a process of its own has. */
  readonly isOwnProcess?: boolean;
}

const report = `export const total = ({ orders }: { orders: { price: number }[] }): number =>
  orders.reduce((sum, { price }) => sum + price, 0);
export const report = ({ total, currency, day = 'today', limit = 10 }: { total: number; currency: string; day?: string; limit?: number }): string =>
  \`\${day}: \${Math.min(total, limit)} \${currency}\`;
`;

const sales = `params:
  report: { currency: EUR }
io:
  load:
    orders: { type: json, path: data/orders.json }
run:
  finalVars: [report]
`;

const shop: Files = {
  'conf/project.yml': 'name: shop\n',
  'conf/env/prod.yml': '',
  'conf/pipelines/sales.yml': sales,
  'pipelines/sales.ts': report,
  'data/orders.json': '[{ "price": 5 }]\n',
  'elsewhere/README.md': '',
};

const yaml = (text: string): Files => ({ 'conf/pipelines/sales.yml': text });
const code = (text: string): Files => ({ 'pipelines/sales.ts': text, 'conf/pipelines/sales.yml': '' });
const run = 'pipeline run sales';

const mistakes: readonly Mistake[] = [
  { title: 'no name', line: 'pipeline run' },
  { title: 'a command that is misspelled', line: 'pipeline rum sales' },
  { title: 'a command without its group', line: 'new sales' },
  { title: 'a word of another tool', line: 'pipeline list' },
  { title: 'a pipeline that is misspelled', line: 'pipeline run salse' },
  { title: 'a path in place of a name', line: 'pipeline run pipelines/sales.ts' },
  { title: 'a flag that is misspelled', line: `${run} --outptus report` },
  { title: 'a letter that is no flag', line: `${run} -x` },
  { title: 'an output that is misspelled', line: `${run} -o reprot` },
  { title: 'no output', line: `${run} -o ''` },
  { title: 'an input that is misspelled', line: `${run} -i dya=2026-01-31` },
  { title: 'an input without a value', line: `${run} -i day` },
  { title: 'a text for a number', line: `${run} -i limit=ten` },
  { title: 'an input twice', line: `${run} -i day=1 -i day=2` },
  { title: 'a Python literal', line: `${run} -i "{'day': None}"` },
  { title: 'a file that is not there', line: `${run} -i @/no/such/day.json` },
  { title: 'an input that params bind', line: `${run} -i currency=USD` },
  { title: 'a setting of the wrong type', line: `${run} --set run.timeout=soon` },
  { title: 'a parameter that is misspelled', line: `${run} --set params.report.curency=USD` },
  { title: 'a setting without a value', line: `${run} --set run.timeout` },
  { title: 'a flag of the wrong type', line: `${run} --max-retries lots` },
  { title: 'a level that is none', line: `${run} --log-level LOUD` },
  { title: 'an executor that is none', line: `${run} --executor distributed` },
  { title: 'a flag twice', line: `${run} --timeout 5 --timeout 6` },
  { title: 'a flag and its opposite', line: `${run} --cache --no-cache` },
  { title: 'a flag without its value', line: `${run} --env` },
  { title: 'an environment that is misspelled', line: `${run} --env prdo` },
  { title: 'a folder that is not there', line: `${run} --base-dir /no/such/shop` },
  {
    title: 'a folder that is no project',
    line: run,
    files: { 'conf/project.yml': '', conf: '' },
    cwd: 'elsewhere',
  },
  { title: 'a reporter that is none', line: `${run} --reporter xml` },
  { title: 'a pipeline that is there', line: 'pipeline new sales' },
  { title: 'a name with a blank', line: 'pipeline new "my sales"' },
  { title: 'a project that is there', line: 'init' },
  { title: 'a pipeline to delete that is not there', line: 'pipeline delete salse' },
  { title: 'an import from nowhere', line: 'pipeline import sales' },
  { title: 'a format that is none', line: 'pipeline show-dag sales --format pdf' },
  { title: 'a picture of an unknown kind', line: 'pipeline save-dag sales --output-path sales.gif' },
  { title: 'a size that is none', line: 'cache prune --max-size lots' },
  { title: 'a limit beside everything', line: 'cache prune --all --max-age 7d' },
  { title: 'an error code that is misspelled', line: 'explain FP_UNKOWN_OUTPUT' },
  { title: 'a bracket that is not closed', line: run, files: yaml('run:\n  finalVars: [report\n') },
  { title: 'a tab', line: run, files: yaml('run:\n\tfinalVars: [report]\n') },
  { title: 'a key that is misspelled', line: run, files: yaml('run:\n  finalVar: [report]\n') },
  { title: 'a key at the wrong place', line: run, files: yaml('finalVars: [report]\n') },
  { title: 'a key twice', line: run, files: yaml('run: {}\nrun: {}\n') },
  { title: 'a value of the wrong type', line: run, files: yaml('run:\n  retry: { maxRetries: lots }\n') },
  {
    title: 'a variable that is not set',
    line: run,
    files: yaml(`${sales}  inputs: { day: "\${DAY_OF_SHOP}" }\n`),
  },
  {
    title: 'an output of the YAML that is misspelled',
    line: run,
    files: yaml('run:\n  finalVars: [reprot]\n'),
  },
  {
    title: 'params of a node that is misspelled',
    line: run,
    files: yaml('params:\n  reprot: { currency: EUR }\n'),
  },
  {
    title: 'a format that is misspelled',
    line: run,
    files: yaml('io:\n  load:\n    orders: { type: jsno, path: data/orders.json }\n'),
  },
  { title: 'a loader without a path', line: run, files: yaml('io:\n  load:\n    orders: { type: json }\n') },
  {
    title: 'an option that is misspelled',
    line: run,
    files: yaml('io:\n  load:\n    orders: { type: csv, path: data/orders.csv, delimeter: ";" }\n'),
  },
  { title: 'data that is not there', line: run, files: { 'data/orders.json': '' }, exitCode: 1 },
  {
    title: 'data that cannot be read',
    line: run,
    files: { 'data/orders.json': '[{ "price": }]\n' },
    exitCode: 1,
    isOwnProcess: true,
  },
  {
    title: 'a saver of a node that is misspelled',
    line: run,
    files: yaml(sales.replace('run:', '  save:\n    reprot: { type: text, path: out.txt }\nrun:')),
  },
  {
    title: 'a saver outside of the project',
    line: run,
    files: yaml(sales.replace('run:', '  save:\n    report: { type: text, path: ../out.txt }\nrun:')),
  },
  { title: 'a bucket without its plugin', line: run, files: yaml(sales.replace('data/', 's3://bucket/')) },
  {
    title: 'a plugin that is not installed',
    line: run,
    files: { 'conf/project.yml': 'name: shop\nplugins: ["@shop/plugin-scales"]\n' },
  },
  {
    title: 'a module that is not there',
    line: run,
    files: yaml(`${sales}  additionalModules: [shared.money]\n`),
  },
  {
    title: 'a slip in TypeScript',
    line: run,
    files: code('export const report = () => {\n  return (;\n};\n'),
  },
  {
    title: 'a package that is not installed',
    line: run,
    files: code("import { chunk } from 'lodash';\nexport const report = () => chunk([1], 1);\n"),
  },
  {
    title: 'a file that is not there to import',
    line: run,
    files: code("import { tax } from './tax.js';\nexport const report = () => tax;\n"),
  },
  {
    title: 'nodes in a circle',
    line: run,
    files: code(
      'export const a = ({ b }: { b: number }): number => b;\nexport const b = ({ a }: { a: number }): number => a;\n',
    ),
  },
  {
    title: 'an input that nothing gives',
    line: run,
    files: code('export const report = ({ total }: { total: number }): number => total;\n'),
  },
  { title: 'a module without nodes', line: run, files: code('const report = () => 1;\nvoid report;\n') },
  {
    title: 'inputs that cannot be read',
    line: run,
    files: code('export const report = (...inputs: number[]): number => inputs.length;\n'),
  },
  {
    title: 'a module that throws',
    line: run,
    files: code("throw new Error('no licence');\n"),
    isOwnProcess: true,
  },
  {
    title: 'a node that throws',
    line: run,
    files: code(
      "export const report = (): number => {\n  throw new TypeError('price is not a number');\n};\n",
    ),
    exitCode: 1,
    isOwnProcess: true,
  },
];

const projects: TempProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function ended({ line, files = {}, cwd, isOwnProcess }: Mistake): Promise<Ended> & { root: string } {
  const wanted = Object.entries({ ...shop, ...files }).filter(
    ([path, text]) => text !== '' || !(path in files),
  );
  const project = createTempProject(Object.fromEntries(wanted));
  projects.push(project);
  const folder = cwd === undefined ? project.root : join(project.root, cwd);
  const promise = isOwnProcess
    ? project.flowerpower(wordsOf(line), { cwd: folder })
    : inProcess(wordsOf(line), { cwd: folder });
  return Object.assign(promise, { root: project.root });
}

/** What differs from run to run, and from machine to machine. */
function steady(text: string, root: string): string {
  return (
    text
      .replaceAll(root, '<project>')
      .replaceAll(dirname(root), '<above>')
      // As some versions of Node have it.
      .replaceAll(/at <anonymous> \((.*)\)$/gm, 'at $1')
      // There will be more.
      .replaceAll(/ (Known keys|Available): .*$/gm, ' $1: …')
      .replaceAll(/(run|resume) [\da-f-]{36}/g, '$1 <id>')
      .replaceAll(/[\d.]+ m?s\b/g, '<time>')
      .replaceAll(/\d+ parent folders/g, '<n> parent folders')
  );
}

test('every word of every one: the place, the reason and the next step, each once', async () => {
  const parts: string[] = [];
  for (const mistake of mistakes) {
    const { title, line, exitCode = 2 } = mistake;
    const running = ended(mistake);
    const { stderr, stdout, status } = await running;
    const said = steady(stderr, running.root);
    expect({ title, status, stdout }).toEqual({ title, status: exitCode, stdout: '' });
    expect(said.match(/^error FP_/gm), title).toHaveLength(1);
    // What to do stands in a hint, or the line itself is shown and marked, or it is the user's own node.
    expect(said, title).toMatch(/^ {2}hint {2}|^ {6,}\| +\^$|^ {10}at report \(pipelines/m);
    const lines = said.split('\n').filter((each) => each !== '');
    expect(lines, title).toEqual([...new Set(lines)]);
    expect(said, title).not.toMatch(/packages\/|node:internal|FlowerPower itself failed/);
    parts.push(`# ${title}\n$ flowerpower ${line}\n${said}`);
  }
  expect(parts.length).toBeGreaterThanOrEqual(50);
  await expect(parts.join('\n')).toMatchFileSnapshot('mistakes.txt');
});
