import { expect, test } from 'vitest';
import { createRunId } from './run-id.js';

test('a run id is a UUID version 7 whose order is that of time', () => {
  expect(createRunId(0x0123456789ab)).toMatch(/^01234567-89ab-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(createRunId(1000) < createRunId(2000)).toBe(true);
});
