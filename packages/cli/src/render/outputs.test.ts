import { expect, test } from 'vitest';
import { renderOutputs } from './outputs.js';

test('null, nothing, an empty text and the text null are told apart in a table', () => {
  const rows = [{ a: '', b: null, c: undefined, d: 'null', e: 'x' }];
  expect(renderOutputs({ rows }, { columns: 80 }).at(-1)).toMatch(/^ {2}"" +null +undefined +"null" +x$/);
});

test('rows that hold lists and objects are a table, not a page for each', () => {
  const rows = [
    { id: 1, tags: ['a', 'b'], at: { x: 1 } },
    { id: 2, tags: [], at: { x: 2 } },
  ];
  const lines = renderOutputs({ rows }, { columns: 80 });
  expect(lines).toHaveLength(5);
  expect(lines[3]).toMatch(/^ {3}1 {2}\[ 'a', 'b' \] +\{ x: 1 \}$/);
});

test('a stream is not shown as the object that it is', () => {
  const stream = (async function* () {})();
  expect(renderOutputs({ stream }, { columns: 120 }).join('')).toMatch(/^stream +a stream, which is read/);
});
