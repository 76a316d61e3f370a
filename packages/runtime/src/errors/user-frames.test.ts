import { expect, test } from 'vitest';
import { userFrames } from './user-frames.js';

test('frames of the user are kept, and a name that V8 guessed is no name', () => {
  const stack = [
    'Error: no rate',
    '    at retry.maxRetries (/shop/pipelines/rates.ts:3:9)',
    '    at async node.of.inputs (/shop/pipelines/rates.ts:9:1)',
    '    at Order.total (/shop/lib/order.ts:4:5)',
    '    at async rateOf (/shop/lib/rate.ts:1:2)',
    '    at new Rate (/shop/lib/rate.ts:7:2)',
    '    at /shop/lib/rate.ts:8:2',
    '    at run (/shop/node_modules/@flowerpower/core/dist/index.js:1:2)',
    '    at process.processTicks (node:internal/process/task_queues:1:2)',
  ].join('\n');
  expect(userFrames(stack)).toEqual([
    'at /shop/pipelines/rates.ts:3:9',
    'at /shop/pipelines/rates.ts:9:1',
    'at Order.total (/shop/lib/order.ts:4:5)',
    'at async rateOf (/shop/lib/rate.ts:1:2)',
    'at new Rate (/shop/lib/rate.ts:7:2)',
    'at /shop/lib/rate.ts:8:2',
  ]);
  expect(userFrames('no frames')).toEqual([]);
});
