import { describe, expect, it } from 'vitest';
import { validatePipelineName } from './pipeline-name.js';

describe('validatePipelineName', () => {
  it.each(['a', 'sales_etl', 'group.sales-etl', 'A1.b2.c3', '_x', '-x', 'x'.repeat(100)])(
    'accepts %s',
    (name) => {
      expect(validatePipelineName(name)).toBeUndefined();
    },
  );

  it.each([
    '',
    '.',
    '..',
    '.a',
    'a.',
    'a..b',
    'a/b',
    'a\\b',
    '../etc',
    'a b',
    'a\0',
    'ä',
    'a%2e',
    'C:x',
    'x'.repeat(101),
    'a\n',
  ])('refuses %j', (name) => {
    expect(validatePipelineName(name)).toMatchObject({ code: 'FP_CONFIG_NAME' });
  });
});
