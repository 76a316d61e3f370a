/**
 * Property tests draw new cases at every run. `FLOWERPOWER_SEED` fixes them, as CI does, so that a run can be repeated.
 *
 * Test files share a process, so each has to leave it as it was.
 */
import fc from 'fast-check';
import { afterAll, expect, vi } from 'vitest';

const seed = process.env['FLOWERPOWER_SEED'];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

const events = [
  'uncaughtException',
  'unhandledRejection',
  'warning',
  'beforeExit',
  'exit',
  'SIGINT',
  'SIGTERM',
];

function shared(): object {
  return {
    fakeTimers: vi.isFakeTimers(),
    env: { ...process.env },
    cwd: process.cwd(),
    listeners: Object.fromEntries(events.map((event) => [event, process.listenerCount(event)])),
    functions: [process.exit, process.emitWarning, console.log, console.warn, Math.random, Date.now],
  };
}

const before = shared();
afterAll(() => expect(shared(), 'what this file leaves changed for the next one').toEqual(before));
