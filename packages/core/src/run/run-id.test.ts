import { afterEach, expect, test, vi } from 'vitest';
import { createRunId } from './run-id.js';

const random = crypto;
afterEach(() => vi.unstubAllGlobals());

test.each(['with', 'without'])(
  'a run id is a UUID version 7 whose order is that of time, %s randomUUID',
  (has) => {
    if (has === 'without') {
      vi.stubGlobal('crypto', {
        getRandomValues: (bytes: Uint8Array) => random.getRandomValues(bytes as never),
      });
    }
    expect(createRunId(0x0123456789ab)).toMatch(/^01234567-89ab-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(createRunId(1000) < createRunId(2000)).toBe(true);
    expect(createRunId(1000)).not.toBe(createRunId(1000));
  },
);
