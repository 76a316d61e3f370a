/**
 * A hostile text in every place from which a text can come to the terminal. The places:
 *
 * - the command line: commands, options, arguments, names of pipelines, inputs, outputs, environments, folders, paths
 * - configuration: the name of the project, keys and values, unknown names, a broken file, names of files
 * - modules: names of nodes, types, documentation, syntax errors, what does not load
 * - errors: message, name, cause, stack, fields, what is thrown instead of an error, several at once, retries
 * - values: texts, items, keys and cells of tables, members, classes, symbols, functions, what shows itself
 * - what nodes say: log lines and fields, console, both streams, warnings of the process, names of saved files
 */
import { describe, expect, test, onTestFinished } from 'vitest';
import { createTempProject } from '../__fixtures__/temp-project.js';

/** Clears the screen, sets the title, fills the clipboard, goes back, turns the text around, hides. */
const hostile =
  'A\u001b[2J\u001b]0;owned\u0007\u001b]52;c;b3duZWQ=\u001b\\B\rC\u009b31mD\u0000\u0008\u007fE\u202eF\u2066G\u200bH\ufeffI';
/** The same as source code. */
const code = `'A\\u001b[2J\\u001b]0;owned\\u0007\\u001b]52;c;b3duZWQ=\\u001b\\\\B\\rC\\u009b31mD\\0\\u0008\\u007fE\\u202eF\\u2066G\\u200bH\\ufeffI'`;
/** What file systems take. */
const inName = 'a\u001b[2Jb\u202ec\u0007';
const raw = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

type Files = Readonly<Record<string, string>>;
const conf: Files = { 'conf/project.yml': 'name: shop\n' };

function pipelineOf(source: string, yaml = ''): Files {
  return { ...conf, 'pipelines/p.ts': source, 'conf/pipelines/p.yml': yaml };
}

/** What the command prints for people, and where it is worth a second process for programs; each is looked at. */
async function look(args: readonly string[], files: Files, forms = ['people']): Promise<string> {
  const project = createTempProject(files);
  onTestFinished(() => project.remove());
  let seen = '';
  for (const form of forms) {
    const more = form === 'programs' ? ['--json'] : [];
    const { stdout, stderr, status } = await project.flowerpower([...args, ...more]);
    for (const [at, line] of `${stdout}\n${stderr}`.split('\n').entries()) {
      const found = raw.exec(line)?.[0].codePointAt(0)?.toString(16);
      expect(found, `line ${at}: ${JSON.stringify(line)}`).toBe(undefined);
    }
    expect(status).not.toBe(3);
    if (form === 'programs') expect(JSON.parse(stdout)).toBeTypeOf('object');
    else seen = stdout + stderr;
  }
  return seen;
}

const both = ['people', 'programs'];
const run = ['pipeline', 'run', 'p'];
const plain = 'export const a = ({ x = 1 }: { x?: number }) => x;\n';

describe('on the command line', () => {
  test.each<[string, readonly string[]]>([
    ['a command', [hostile.replaceAll('\0', '')]],
    ['an option', [...run, `--${hostile.replaceAll('\0', '')}`]],
    ['an argument', [...run, hostile.replaceAll('\0', '')]],
    ['a pipeline', ['pipeline', 'run', hostile.replaceAll('\0', '')]],
    ['a new pipeline', ['pipeline', 'new', hostile.replaceAll('\0', '')]],
    ['an input', [...run, '-i', `${hostile.replaceAll('\0', '')}=1`]],
    ['a value of an input', [...run, '-i', `x=${hostile.replaceAll('\0', '')}`]],
    ['JSON', [...run, '-i', `{${hostile.replaceAll('\0', '')}`]],
    ['a file of inputs', [...run, '-i', `@${inName}`]],
    ['an output', [...run, '-o', hostile.replaceAll('\0', '')]],
    ['a setting', [...run, '-s', `${hostile.replaceAll('\0', '')}=1`]],
    ['an executor', [...run, '--executor', hostile.replaceAll('\0', '')]],
    ['an environment', [...run, '-e', hostile.replaceAll('\0', '')]],
    ['a number', [...run, '--timeout', hostile.replaceAll('\0', '')]],
    ['a choice', [...run, '--on-error', hostile.replaceAll('\0', '')]],
    ['a folder', ['doctor', '-d', inName]],
    ['the folder of a new project', ['init', inName]],
    ['the name of a new project', ['init', 'new', '-n', hostile.replaceAll('\0', '')]],
    ['a picture', ['pipeline', 'save-dag', 'p', '-p', `${inName}.svg`]],
    ['the ending of a picture', ['pipeline', 'save-dag', 'p', '-p', `x.${inName}`]],
    ['a size', ['cache', 'prune', '--max-size', hostile.replaceAll('\0', '')]],
  ])('%s', async (_, args) => {
    expect(await look(args, pipelineOf(plain))).not.toBe('');
  });
});

describe('in configuration and names of files', () => {
  const yamlText = JSON.stringify(hostile);
  test.each<[string, readonly string[], Files]>([
    ['the name of the project', ['doctor'], { 'conf/project.yml': `name: ${yamlText}\n` }],
    ['an unknown key', run, pipelineOf(plain, `run:\n  ${yamlText}: 1\n`)],
    ['a value of the wrong type', run, pipelineOf(plain, `run:\n  timeout: ${yamlText}\n`)],
    ['an unknown output', run, pipelineOf(plain, `run:\n  finalVars: [${yamlText}]\n`)],
    ['an unknown parameter', run, pipelineOf(plain, `params:\n  ${yamlText}: { a: 1 }\n`)],
    ['an unknown loader', run, pipelineOf(plain, `io:\n  load:\n    x: { type: ${yamlText} }\n`)],
    ['a path to save to', run, pipelineOf(plain, `io:\n  save:\n    a: { type: json, path: ${yamlText} }\n`)],
    ['a broken file', run, pipelineOf(plain, `run: ${hostile.replaceAll('\0', '')} [\n`)],
    [
      'the directory of the cache',
      ['cache', 'ls'],
      pipelineOf(plain, `run:\n  cache: { dir: ${JSON.stringify(inName)} }\n`),
    ],
    [
      'an additional module',
      ['check'],
      pipelineOf(plain, `run:\n  additionalModules: [${JSON.stringify(inName)}]\n`),
    ],
    ['a plugin', ['doctor'], { 'conf/project.yml': `name: shop\nplugins: [${yamlText}]\n` }],
    ['a file of a pipeline, listed', ['pipeline', 'ls'], { ...conf, [`conf/pipelines/${inName}.yml`]: '' }],
    ['a file of a pipeline, examined', ['doctor'], { ...conf, [`conf/pipelines/${inName}.yml`]: '' }],
    ['a file of a pipeline, checked', ['check'], { ...conf, [`conf/pipelines/${inName}.yml`]: '' }],
    [
      'data that cannot be read',
      run,
      {
        ...pipelineOf(
          'export const a = ({ x }: { x: unknown }) => x;\n',
          'io:\n  load:\n    x: { type: json, path: x.json }\n',
        ),
        'x.json': `{ "a": ${hostile} }`,
      },
    ],
  ])('%s', async (_, args, files) => {
    expect(await look(args, files)).not.toBe('');
  });
});

test.each<[string, readonly string[], Files]>([
  ['the command line', [...run, `--${hostile.replaceAll('\0', '')}`], conf],
  ['configuration', run, pipelineOf(plain, `run:\n  ${JSON.stringify(hostile)}: 1\n`)],
  ['the name of the project', ['doctor'], { 'conf/project.yml': `name: ${JSON.stringify(hostile)}\n` }],
  [
    'documentation and types',
    ['pipeline', 'show-dag', 'p'],
    pipelineOf(`/** ${inName} */\nexport const a = ({ x }: { x: ${code.replace('\\0', '')} }) => x;\n`),
  ],
])('for programs: %s', async (_, args, files) => {
  await look(args, files, both);
});

describe('in modules', () => {
  const named = `const f = () => 1;\nexport { f as ${code.replace('\\0', '')} };\nexport const b = () => 2;\n`;
  const documented = `/** Doc ${hostile.replaceAll('\0', '').replaceAll('\r', '')} */\nexport const a = ({ x }: { x: ${code.replace('\\0', '')} }) => x;\n`;
  test.each<[string, readonly string[], string]>([
    ['the name of a node', run, named],
    ['documentation and types, drawn', ['pipeline', 'show-dag', 'p'], documented],
    ['documentation and types, as DOT', ['pipeline', 'show-dag', 'p', '-f', 'dot'], documented],
    ['documentation and types, as SVG', ['pipeline', 'show-dag', 'p', '-f', 'svg'], documented],
    [
      'a missing input',
      run,
      `export const a = (o: any) => o;\nexport const b = ({ ${code.replace('\\0', '')}: x }: any) => x;\n`,
    ],
    ['a syntax error', run, `export const a = '${hostile.replaceAll('\0', '').replaceAll('\r', '')}' (;\n`],
    ['a module that throws', run, `throw new Error(${code});\n`],
    [
      'a module that is not there',
      run,
      `import x from ${code.replace('\\0', '')};\nexport const a = () => x;\n`,
    ],
    ['what a module prints while it loads', ['check'], `console.log(${code});\n${plain}`],
  ])('%s', async (_, args, source) => {
    expect(await look(args, pipelineOf(source))).not.toBe('');
  });
});

describe('in errors', () => {
  test.each<[string, string, string?]>([
    ['the message', `export const a = () => { throw new Error(${code}); };`],
    ['the name', `export const a = () => { throw Object.assign(new Error('x'), { name: ${code} }); };`],
    ['the code', `export const a = () => { throw Object.assign(new Error('x'), { code: ${code} }); };`],
    ['the cause', `export const a = () => { throw new Error('x', { cause: new Error(${code}) }); };`],
    [
      'the stack',
      `export const a = () => { throw Object.assign(new Error('x'), { stack: 'Error: x\\n    at ' + ${code} + ' (/x.ts:1:1)' }); };`,
    ],
    ['a text that is thrown', `export const a = () => { throw ${code}; };`],
    [
      'an object that is thrown',
      `export const a = () => { throw { [${code}]: ${code}, [Symbol.for('nodejs.util.inspect.custom')]: () => ${code} }; };`,
    ],
    [
      'several errors',
      `export const a = () => { throw new Error(${code}); };\nexport const b = () => { throw new Error(${code}); };`,
      'run: { onError: continue }\n',
    ],
    [
      'a retry',
      `export const a = () => { throw new Error(${code}); };`,
      'run: { retry: { maxRetries: 1, retryDelay: 0 } }\n',
    ],
    [
      'a saver',
      `export const a = () => ({ get x() { throw new Error(${code}); } });`,
      'io:\n  save:\n    a: { type: json, path: a.json }\n',
    ],
    [
      'a skipped node',
      `export const a = () => { throw new Error(${code}); };\nexport const b = ({ a }: { a: 1 }) => a;`,
      'run: { onError: continue }\n',
    ],
  ])('%s', async (_, source, yaml = '') => {
    expect(await look(run, pipelineOf(`${source}\n`, yaml), both)).toMatch(/error/);
  });
});

/** One node for each of these, so that all are printed by one run. */
const values: Readonly<Record<string, string>> = {
  text: code,
  list: `[${code}, 1, Symbol(${code})]`,
  table: `[{ [${code}]: ${code}, b: 1 }]`,
  members: `({ [${code}]: { x: ${code}, y: [{}] } })`,
  mapAndSet: `new Map<unknown, unknown>([[${code}, new Set([${code}])], [{}, 1]])`,
  nameOfClass: `new (Object.defineProperty(class {}, 'name', { value: ${code} }))()`,
  symbol: `Symbol(${code})`,
  nameOfFunction: `Object.defineProperty(() => 1, 'name', { value: ${code} })`,
  error: `new Error(${code})`,
  showsItself: `({ [Symbol.for('nodejs.util.inspect.custom')]: () => ${code} })`,
  turnsIntoJson: `({ toJSON: () => ${code} })`,
  getterThatThrows: `({ get x() { throw new Error(${code}); } })`,
};

test('in values', async () => {
  const nodes = Object.entries(values).map(
    ([name, value]) => `export const ${name} = (): unknown => ${value};\n`,
  );
  const seen = await look(run, pipelineOf(nodes.join('')), both);
  for (const name of Object.keys(values)) expect(seen).toMatch(new RegExp(`^${name}\\b`, 'm'));
});

test('in what nodes say: log, console, streams, warnings, names of files', async () => {
  const source = `
export const logs = ({}: object, { log }: { log: Console }) => { log.info(${code}, { [${code}]: ${code} }); return 1; };
export const prints = () => { console.log(${code}); console.error(${code}); console.table([{ [${code}]: 1 }]); return 1; };
export const inParts = () => { process.stdout.write(${code}); process.stderr.write(Buffer.from(${code})); return 1; };
export const warns = async () => { process.emitWarning(${code}, ${code}); await new Promise(setImmediate); return 1; };
`;
  const yaml = `io:\n  save:\n    logs: { type: json, path: ${JSON.stringify(`out/${inName}.json`)} }\n`;
  const seen = await look(run, pipelineOf(source, yaml), both);
  expect(seen).toMatch(/INFO .*\[p logs\]/);
  expect(seen).toMatch(/^ {2}prints │ A\\u001b\[2J/m);
  expect(seen).toMatch(/^ {2}inParts │ A\\u001b\[2J/m);
  expect(seen).toMatch(/^warning A\\u001b\[2J/m);
  expect(seen).toMatch(/→ out\/a\\u001b\[2Jb\\u202ec\\u0007\.json/);
});

test('with colour, the only control sequences are colours', async () => {
  const project = createTempProject(
    pipelineOf(
      `export const a = () => { console.log('\\u001b[31mred\\u001b[39m' + ${code}); return { x: ${code} }; };\nexport const b = () => { throw new Error(${code}); };\n`,
    ),
  );
  onTestFinished(() => project.remove());
  for (const args of [
    [...run, '--color', '--on-error', 'continue'],
    ['pipeline', 'show-dag', 'p', '--color'],
    ['doctor', '--color'],
  ]) {
    const { stdout, stderr } = await project.flowerpower(args);
    expect(stdout + stderr).toMatch(/\p{Cc}\[\d/u);
    expect((stdout + stderr).replaceAll('\n', '').replaceAll(/\p{Cc}\[[\d;]*m/gu, '')).not.toMatch(raw);
  }
});

test('a message of 10 MB is cut, and says by how much', async () => {
  const project = createTempProject(
    pipelineOf(`export const a = () => { throw new Error('x'.repeat(10_000_000)); };\n`),
  );
  onTestFinished(() => project.remove());
  const people = await project.flowerpower(run);
  expect(people.stderr.length).toBeLessThan(10_000);
  expect(people.stderr).toMatch(/x… 99\d{5} more characters/);
  const programs = await project.flowerpower([...run, '--json']);
  expect(programs.stdout.length).toBeLessThan(200_000);
  expect(JSON.parse(programs.stdout).error.message).toMatch(/x… 99\d{5} more characters$/);
});
