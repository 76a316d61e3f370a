import { FlowerPowerError } from '@flowerpower/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig } from '../resolve/resolve-pipeline-config.js';
import { resolveProjectConfig } from '../resolve/resolve-project-config.js';
import { createSourceFile } from './source-file.js';

const secret = 'hunter2';

async function messageOf(rejected: Promise<unknown>): Promise<string> {
  const error = await rejected.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FlowerPowerError)) throw new Error('It did not reject as expected.');
  return `${error.message}\n${JSON.stringify(error)}`;
}

const ofPipeline = (text: string) =>
  messageOf(resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text } }));
const ofProject = (text: string) =>
  messageOf(resolveProjectConfig({ project: { file: 'project.yml', text } }));

describe('values of storageOptions are not shown, wherever the problem is', () => {
  const x = '{ type: csv, path: a, storageOptions: { key: hunter2 } }';
  it.each([
    ['a neighbouring line', `io:\n  load:\n    x: ${x}\nrun: { timeout: abc }`],
    ['the same line', `io: { load: { x: { storageOptions: { key: 'hunter2' }, type: 5 } } }`],
    ['the same line, before', `io: { load: { x: { type: 5, storageOptions: { key: hunter2 } } } }`],
    [
      'a duplicate key',
      `io:\n  load:\n    x:\n      type: csv\n      storage_options:\n        a: hunter2\n        a: hunter2`,
    ],
    ['a text where the map belongs', 'io:\n  load:\n    x:\n      type: csv\n      storageOptions: hunter2'],
    ['a list in its place', 'io:\n  load:\n    x:\n      type: csv\n      storageOptions:\n      - hunter2'],
    ['a broken text', `io:\n  load:\n    x: { storageOptions: { key: hunter2, [ } }\nrun: {`],
    ['a quote that is not closed', `run: {}\nio: { load: { x: { storageOptions: { key: "hunter2 } } } }`],
    ['a tag', 'io:\n  load:\n    x:\n      type: csv\n      storageOptions:\n        a: !x hunter2'],
    [
      'a block of text, which holds what looks like a key',
      'io:\n  load:\n    x:\n      type: 5\n      storageOptions:\n        a: |\n          hunter2: b\n          b: hunter2\n      path: 5\nrun: { timeout: a }',
    ],
    [
      'a comment',
      'io:\n  load:\n    x:\n      storageOptions:\n        # hunter2\n        a: 1\n      type: 5',
    ],
    ['a map over several lines', 'io: { load: { x: { storageOptions: {\n  a: hunter2\n}, type: 5 } } }'],
    ['a map on the next line', 'io: { load: { x: { storageOptions:\n{ a: hunter2 },\n type: 5 } } }'],
    [
      'another way to write a key',
      'io:\n  load:\n    x:\n      type: 5\n      ? storageOptions\n      : hunter2',
    ],
    ['a node that continues below', 'io: { load: { x: { storageOptions: "a\n hunter2", type: 5 } } }'],
  ])('%s', async (_, text) => {
    expect(await ofPipeline(text)).not.toContain(secret);
  });

  it.each([
    ['of a scheme', 'name: 5\nstorageOptions:\n  s3: { secretAccessKey: hunter2 }\n'],
    ['a scheme without a map', 'storageOptions:\n  s3: hunter2\n'],
    ['of a filesystem', 'fileSystems:\n  a: { storageOptions: { key: hunter2 } }\n'],
  ])('in a project, %s', async (_, text) => {
    expect(await ofProject(text)).not.toContain(secret);
  });

  it('digits that are lost', async () => {
    const text =
      'io:\n  load:\n    x:\n      type: csv\n      storageOptions:\n        a: 12345678901234567890';
    expect(await ofPipeline(text)).not.toContain('123456');
  });
});

it('shows keys, what stands beside, and the place', () => {
  const text = [
    'x:',
    '  storageOptions:',
    '    s3:',
    '      key: hunter2',
    '  path: a',
    "y: { storageOptions: { a: b }, tpye: 'c' }",
  ].join('\n');
  const file = createSourceFile({ file: 'p.yml', text });
  expect(file.frame(text.indexOf('key'))).toBe(
    '  3 |     s3:\n> 4 |       key: …\n    |       ^\n  5 |   path: a',
  );
  expect(file.frame(text.indexOf('tpye'))).toBe(
    "  5 |   path: a\n> 6 | y: { storageOptions: { … }, tpye: 'c' }\n    |                             ^",
  );
});

it('leaves other texts as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ':', '{', '}', '"', ' ', '\n', '#') }), (text) => {
      const file = createSourceFile({ file: 'p.yml', text: `${text}\nstorageOptions` });
      for (let at = 0; at < text.length; at++) expect(file.hides(at)).toBe(false);
    }),
  );
});

it('hides what follows a quote that is not closed', () => {
  const unit = fc.constantFrom('a', ': ', '{', '[', '}', ']', "'", ' ', '\n  ', '#', '- ', '|', ',');
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const file = createSourceFile({ file: 'p.yml', text: `storageOptions: { a: "${text}${secret}` });
      expect(file.frame(0)).not.toContain(secret);
      expect(file.hides(file.text.length - 1)).toBe(true);
    }),
  );
});
