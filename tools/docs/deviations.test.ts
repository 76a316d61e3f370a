/** The table of deviations in the guide says what the tests of the plugins expect, and nothing else. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { deviations as ofGcs } from '../../plugins/gcs/src/__fixtures__/deviations.js';
import { deviations as ofS3 } from '../../plugins/s3/src/__fixtures__/deviations.js';

test('the guide lists every deviation of every server', async () => {
  const guide = await readFile(new URL('../../docs/guide/object-stores.md', import.meta.url), 'utf8');
  const table = guide.slice(guide.indexOf('| server'));
  const listed = table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const declared = Object.entries({ ...ofS3, ...ofGcs }).flatMap(([server, rules]) =>
    Object.entries(rules).map(([rule, reason]) => [server, rule, reason]),
  );
  expect(listed).toEqual(declared);
});
