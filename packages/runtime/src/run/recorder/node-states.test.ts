import { expect, test } from 'vitest';
import { NodeStates } from './node-states.js';

test('data that is loaded counts as one node, and so it does when loading fails', () => {
  const states = new NodeStates();
  states.set('rows.loader', { status: 'success' });
  states.set('rows', { status: 'success' });
  states.set('sum', { status: 'success', cached: true });
  expect(states.counts()).toMatchObject({ succeeded: 2, cached: 1 });
  states.set('rows.loader', { status: 'failed' });
  states.set('rows', { status: 'skipped' });
  expect(states.counts()).toMatchObject({ succeeded: 1, failed: 1, skipped: 0 });
});

test('a node that was stopped because another one failed does not count as failed', () => {
  const states = new NodeStates();
  const stopped = { name: 'AbortError', message: 'stopped' };
  states.set('save', { status: 'failed', error: stopped });
  expect(states.counts()).toMatchObject({ failed: 1 });
  states.set('report', { status: 'failed', error: { name: 'Error', message: 'broken' } });
  expect(states.counts()).toMatchObject({ failed: 1 });
});
