/** Secrets drawn in clear: what came from the environment is shown as the reference that gave it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { resolvePipelineConfig } from '@flowerpower/config';
import { checkOutput, createDriver, node, notNull } from '@flowerpower/core';
import { createLogger, type LogRecord, maskStrings, type RunEvent } from '@flowerpower/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toMermaid } from '@flowerpower/visualize';
import { FlowerPowerProject } from '../flowerpower-project.js';
import { createMask } from './mask.js';
import { isOwnWord } from './own-words.js';

let root: string;
let project: FlowerPowerProject | undefined;
const events: RunEvent[] = [];
const records: LogRecord[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-secrets-'));
  events.length = 0;
  records.length = 0;
});
afterEach(async () => {
  await project?.close();
  rmSync(root, { recursive: true, force: true });
});

const secret = 'hunter2-S3cret';

const module = `export const greeting = ({ message, retries = 0 }: { message: string; retries?: number }) => message + retries;
export const nested = ({ options }: { options: object }) => Object.keys(options).length;
export const checked = ({ token }: { token: string }) => token.length;
export const failing = ({ password = '' }: { password?: string }, { log }: { log: { info(text: string): void } }) => {
  log.info('connecting with ' + password);
  throw new Error('cannot connect with ' + password);
};
`;

const config = `params:
  greeting:
    message: \${DB_PASSWORD}
    retries: \${PIN}
  nested: { options: { url: "postgres://me:\${DB_PASSWORD}@h/db", list: ["\${SHORT}", plain], deep: { k: "\${UNSET:-dflt-9}" } } }
  checked: { token: "a\${DB_PASSWORD}b" }
  failing: { password: "\${DB_PASSWORD}" }
io:
  save:
    nested: { type: json, path: "out-\${SHORT}.json" }
`;

const environment = { DB_PASSWORD: secret, PIN: '73519', SHORT: 'q7' };

async function load(yaml = config, env: Readonly<Record<string, string | undefined>> = environment) {
  const files = { 'conf/project.yml': '', 'conf/pipelines/p.yml': yaml, 'pipelines/p.ts': module };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const masks: ((text: string) => string)[] = [];
  project = await FlowerPowerProject.load(root, {
    environment: env,
    onEvent: (event) => void events.push(event),
    log: createLogger({ sink: (record) => void records.push(record) }),
    onMask: (mask) => void masks.push(mask),
  });
  return {
    manager: project.pipelineManager,
    mask: (text: string) => masks.reduce((m, each) => each(m), text),
  };
}

const hidden = [secret, '73519', '"q7"', 'out-q7', 'dflt-9'];

describe('values from the environment', () => {
  test.each(['text', 'mermaid', 'dot', 'svg'] as const)('are masked in %s', async (format) => {
    const { manager } = await load();
    const drawn = await manager.draw('p', format);
    for (const text of hidden) expect(drawn).not.toContain(text);
    expect(drawn).toContain('DB_PASSWORD');
    expect(drawn).toContain('PIN');
  });

  test('are masked in the graph that is exported; names, nodes and edges are what they were', async () => {
    const { manager } = await load();
    const { graph } = await manager.load('p');
    const exported = JSON.stringify([...graph.nodes.values()]);
    for (const text of hidden) expect(exported).not.toContain(text);
    expect(graph.nodes.get('greeting')?.bound).toEqual({ message: '${DB_PASSWORD}', retries: '${PIN}' });
    expect(graph.nodes.get('nested')?.bound).toEqual({
      options: {
        url: 'postgres://me:${DB_PASSWORD}@h/db',
        list: ['${SHORT}', 'plain'],
        deep: { k: '${UNSET}' },
      },
    });
  });

  test('a variable that sets a value is masked as one that is referred to', async () => {
    const { manager } = await load('', { FP_PIPELINE__PARAMS__checked__token: 'tok' });
    const { graph } = await manager.load('p');
    const bound = [...graph.nodes.values()].map((node) => JSON.stringify(node.bound)).join();
    expect(bound).toContain('${FP_PIPELINE__PARAMS__checked__token}');
    expect(bound).not.toContain('"tok"');
  });

  test('are masked in the log and the events of a run, and by the mask for whoever prints the error', async () => {
    const { manager, mask } = await load();
    const error = await manager.run('p', { outputs: ['failing'] }).catch((thrown: unknown) => thrown);
    const said = JSON.stringify([events, records]);
    expect(said).not.toContain(secret);
    expect(said).toContain('cannot connect with <DB_PASSWORD>');
    expect(said).toContain('connecting with <DB_PASSWORD>');
    expect(mask((error as Error).message)).toContain('cannot connect with <DB_PASSWORD>');
  });

  test('still reach the nodes', async () => {
    const { manager } = await load();
    const { outputs } = await manager.run('p', { outputs: ['greeting'] });
    expect(outputs).toEqual({ greeting: `${secret}73519` });
  });
});

test.each(['q', '7', 'true', 'north', '$&'])(
  '%j is masked in pictures, also of a checked node',
  async (value) => {
    const text = 'params:\n  f:\n    a: ${S}\n    list:\n      - ${S}\n      - plain\n';
    const resolved = await resolvePipelineConfig({
      name: 'p',
      pipeline: { file: 'p.yml', text },
      env: { S: value },
    });
    const f = node(({ a, list }: { a: unknown; list: unknown }) => [a, list], checkOutput(notNull()));
    const { graph } = createDriver({ modules: [{ f }], params: resolved.value.params as never });
    const shown = [...createMask(resolved.environmentValues, [root]).graph(graph).nodes.values()];
    expect(shown.find(({ bound }) => bound !== undefined)?.bound).toEqual({
      a: '${S}',
      list: ['${S}', 'plain'],
    });
  },
);

test('in a message a text is masked from six characters on', () => {
  const value = (text: string, name: string) => ({
    path: ['run', 'inputs', name],
    value: text,
    shown: '',
    texts: [{ text, reference: `\${${name}}` }],
  });
  const { text } = createMask([value('abcde', 'FIVE'), value('fghijk', 'SIX')], [root]);
  expect(text('abcde fghijk')).toBe('abcde <SIX>');
});

describe('a path that was made of a value from the environment', () => {
  const maskOf = (text: string) =>
    createMask([{ path: ['io'], value: text, shown: '', texts: [{ text, reference: '${S}' }] }], [root]).text;

  test.each([
    ['pa ss-hunter2', 'it does not exist (file:///x/data/pa%20ss-hunter2).'],
    ['x/../hunter2', "stat 'data/hunter2' failed (file:///x/data/hunter2)"],
    ['x/../hunter2', "stat 'data/hunter2_2026.csv' failed"],
    ['../../../hunter2x', 'understood as /hunter2x, is outside'],
    ['../../hunter2x/deep', 'Add to conf/project.yml: allowOutside: [/tmp/hunter2x]'],
    ['../../hunter2 x/deep', 'pass --allow-outside "/tmp/hunter2 x".'],
    ['./hunter2/./y', "'data/hunter2/y'"],
    ['hunter2"x', String.raw`allowOutside: ["/tmp/hunter2\"x"]`],
    ['hunter2%20é', 'open /tmp/hunter2 é'],
    ['hunter2é#?', 'file:///x/hunter2%C3%A9%23%3F'],
  ])('%j is masked in %j', (value, message) => {
    expect(maskOf(value)(message)).not.toContain('hunter2');
    expect(maskOf(value)(message)).toContain('<S>');
  });

  test('is told from the words of a sentence', () => {
    const text = maskOf('quarries/summary');
    expect(text('The module quarries a summary. /srv/quarries')).toBe(
      'The module quarries a summary. /srv/<S>',
    );
  });

  test('is masked in the URI that names it, whatever it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -.0-~é]{6,20}$/), (name) => {
        const message = `it does not exist (${pathToFileURL(join(root, 'data', name)).href})`;
        expect(maskOf(name)(message).includes('<S>')).toBe(!isOwnWord(name));
      }),
    );
  });
});

test('whatever the secret is, no picture has it, however it is written', async () => {
  const ways = ['"${S}"', '"x-${S}-y"', '["${S}"]', '{ k: "${S}" }', '"${S:-other}"'];
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[a-z0-9]{9,16}$/), fc.constantFrom(...ways), async (value, way) => {
      const pipeline = { file: 'p.yml', text: `params: { f: { a: ${way} } }` };
      const resolved = await resolvePipelineConfig({ name: 'p', pipeline, env: { S: value } });
      const driver = createDriver({
        // The check makes nodes of other names, which hold the value too.
        modules: [{ f: node(({ a }: { a: unknown }) => a, checkOutput(notNull())) }],
        params: resolved.value.params as never,
      });
      const mask = createMask(resolved.environmentValues, [root]);
      expect(toMermaid(mask.graph(driver.graph))).not.toContain(value);
      expect(mask.hides(value) || way.includes('x-')).toBe(true);
    }),
    { numRuns: 50 },
  );
});

describe('a message of ours stays what it is', () => {
  const maskOf = (text: string, visible = [root]) =>
    createMask([{ path: ['io'], value: text, shown: '', texts: [{ text, reference: '${S}' }] }], visible)
      .text;

  test.each([
    ['string', 'inputs  mode: string(6)'],
    ['number', "The input 'mode' is string, but number wants number"],
    ['pipelines', 'conf/pipelines/mk.yml'],
    ['failed', "The node 'a' failed: no"],
    ['FP_NODE_FAILED', 'FP_NODE_FAILED'],
    ['WARNING', 'WARNING x'],
    ['retryDelay', 'run.retry.retryDelay must be a number'],
    ['recompute', 'run.cache.defaultLoaderBehavior: recompute'],
  ])('%s is a word of it', (value, message) => {
    expect(maskOf(value)(message)).toBe(message);
  });

  test('a name of the project is a word of it, as soon as it is known', () => {
    const visible = [root];
    const text = maskOf('summary_all', visible);
    expect(text("The node 'summary_all' failed")).toBe("The node '<S>' failed");
    visible.push('summary_all');
    expect(text("The node 'summary_all' failed")).toBe("The node 'summary_all' failed");
  });

  test('places of a document are left to programs, and what is said is not', () => {
    const places = [{ file: '/x/hunter2/p.ts', line: 1, column: 2 }];
    expect(maskStrings({ message: 'at hunter2', places }, maskOf('hunter2'))).toEqual({
      message: 'at <S>',
      places,
    });
    const odd = { places: ['hunter2', { file: 'x', note: 'hunter2' }] };
    expect(JSON.stringify(maskStrings(odd, maskOf('hunter2')))).not.toContain('hunter2');
  });
});

test('a value of a node that is a word of ours is masked all the same in a picture', async () => {
  const { manager } = await load(
    'params: { greeting: { message: "${MODE}" }, nested: { options: { a: "x-${MODE}" } } }',
    {
      MODE: 'string',
    },
  );
  const { graph } = await manager.load('p');
  expect(graph.nodes.get('greeting')?.bound).toMatchObject({ message: '${MODE}' });
  expect(graph.nodes.get('nested')?.bound).toMatchObject({ options: { a: 'x-${MODE}' } });
});

test('whatever the secret is, no message has it, also as requests carry it', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 24 }).map((text) => `é/${text}`);
  fc.assert(
    fc.property(texts, fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), (secret, before, after) => {
      const value = { path: ['io'], value: secret, shown: '', texts: [{ text: secret, reference: '${S}' }] };
      const { text } = createMask([value], []);
      const bytes = Buffer.from(before + secret + after);
      const carried = [
        encodeURIComponent(secret),
        new URLSearchParams({ token: secret }).toString(),
        bytes.toString('base64'),
        bytes.toString('base64url'),
        secret,
      ];
      for (const each of carried) expect(text(each)).toContain('<S>');
      expect(text(secret)).not.toContain(secret);
    }),
  );
});

test('a text of six or seven characters is masked as it is', () => {
  const value = { path: ['io'], value: 'k9-x7q', shown: '', texts: [{ text: 'k9-x7q', reference: '${S}' }] };
  expect(createMask([value], [root]).text('the token k9-x7q')).toBe('the token <S>');
});

describe('a text of several lines', () => {
  const pem = [
    '-----BEGIN PRIVATE KEY-----',
    'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7+w/x0Zk3Yq1s',
    'Zz8hQyR5bTnW2p/Vd4uKcLxEoJfAi6gM7rP1eNsXtH3v0aB9yUqCkGmDwIl5SO2T',
    'q9Hf4jL=',
    '-----END PRIVATE KEY-----',
    '',
  ].join('\n');
  const maskOf = (text: string) =>
    createMask(
      [
        {
          path: ['run', 'inputs', 'token'],
          value: text,
          shown: '',
          texts: [{ text, reference: '${secret:S}', isSecret: true }],
        },
      ],
      [],
    );
  const wrong = (text: string) => new Error('refused', { cause: { text } });
  const ways: Readonly<Record<string, (text: string) => string>> = {
    'as it is': (text) => `x${text}y`,
    'without white space around it': (text) => text.trim(),
    'line by line': (text) => `x\n  ${text.split(/\r\n|[\r\n]/).join('\n  ')}`,
    'in one line': (text) => text.split(/\r\n|[\r\n]/).join(' / '),
    'as JSON': (text) => JSON.stringify({ text }),
    'as JSON in JSON': (text) => JSON.stringify(JSON.stringify({ text })),
    'as inspect shows it': (text) => inspect(text),
    'as inspect shows it among others': (text) =>
      inspect({ token: text, others: [wrong(text), ['', [text]]] }),
    'as inspect shows it in a longer one': (text) => inspect({ text: `it's "so": ${text}` }),
    'as the shell has it': (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`,
    'in a URL': (text) => encodeURIComponent(text),
    'in a form': (text) => new URLSearchParams({ text }).toString(),
    'in base64': (text) => Buffer.from(`user:${text}`).toString('base64'),
    'in base64 without white space around it': (text) => Buffer.from(text.trim()).toString('base64'),
  };
  /** What nobody may find of a text, whatever became of its quotes, backslashes and line breaks. */
  const telling = (text: string) => text.match(/[A-Za-z0-9]{6,}/g) ?? [];

  test.each([
    ['a key', pem],
    ['a key with the line breaks of Windows', pem.replaceAll('\n', '\r\n')],
    ['a token with a line break behind it', 'abcdefgh-Token91\n'],
    ['white space around it', ' \tabcdefgh-Token91 \r\n'],
    ['quotes and backslashes', `s3cret9"et\\TOKEN42'x\nline2xyz é+/&<x>\`abcdef77\`\n`],
    ['control characters', 'abcdefgh\tijklmn\u001bopqrst\n'],
  ])('%s is masked however it is written', (_what, text) => {
    const { text: mask, secrets } = maskOf(text);
    for (const [way, write] of Object.entries(ways)) {
      const written = write(text);
      for (const masked of [mask(written), secrets(written)]) {
        expect(masked, way).toContain('<secret:S>');
        for (const each of telling(text)) expect(masked, way).not.toContain(each);
      }
      for (const line of written.split('\n'))
        for (const each of telling(text)) expect(mask(line), `${way}, a line of it`).not.toContain(each);
    }
  });

  test.each([
    ['in the environment', pem.replaceAll('\n', String.raw`\n`)],
    ['in a document', JSON.stringify({ key: pem })],
  ])('a key whose line breaks were written \\n %s is masked when code has put them back', (_where, text) => {
    const { text: mask } = maskOf(text);
    // Every key has the first line; in a document it stands beside other things.
    const parts = telling(pem).filter((each) => each !== 'PRIVATE');
    for (const write of Object.values(ways).slice(0, -2))
      for (const each of parts) expect(mask(write(pem)), each).not.toContain(each);
  });

  test('short lines and our own words stay what they are', () => {
    const { text: mask } = maskOf('abc\nfailed\nabcdefgh');
    expect(mask('abc failed abcdefgh')).toBe('abc failed <secret:S>');
  });

  test('the whole of it is masked at once', () => {
    const { text: mask } = maskOf(pem);
    expect(mask(`x ${pem} y ${JSON.stringify(pem)}`)).toBe('x <secret:S> y "<secret:S>"');
  });

  test('whatever its lines are, none is seen', () => {
    const lines = fc.array(fc.stringMatching(/^[!-~]{6,30}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), (texts, end) => {
        const shown = texts.filter((line) => !isOwnWord(line));
        const { text: mask } = maskOf(texts.map((line) => line + end).join(''));
        for (const line of shown)
          for (const written of [line, JSON.stringify([line]), inspect([line]), inspect({ x: `${line}\n` })])
            expect(mask(written).replaceAll('<secret:S>', '')).not.toContain(line.slice(1, -1));
      }),
    );
  });
});
