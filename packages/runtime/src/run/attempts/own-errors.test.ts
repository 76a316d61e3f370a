/** Errors that a plugin declares with `defineErrors`, from where they are raised to whoever runs the pipeline. */
import { defineErrors, type FlowerPowerError } from '@flowerpower/core';
import { createFileSystem, createMemoryFileSystem, type FileSystemDriver } from '@flowerpower/fs';
import { builtinLoaders, builtinSavers, defineLoader, defineSaver } from '@flowerpower/io';
import { defineFileSystem, definePlugin } from '@flowerpower/plugin';
import { expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';

const ledgerError = defineErrors({
  LEDGER_TORN: 'A page of the ledger is torn.',
  LEDGER_BUSY: 'Someone else writes into the ledger.',
});

const cause = new Error('page 3');
const torn = {
  code: 'LEDGER_TORN',
  message: "'may.ledger' line 3 is torn.",
  hint: 'Glue it.',
  places: [{ file: 'may.ledger', line: 3 }],
  cause,
} as const;

/** A plugin whose loader, saver and filesystem fail with the error, and how often they were asked. */
function failing(error: FlowerPowerError) {
  const asked = { count: 0 };
  const fail = async (): Promise<never> => {
    asked.count++;
    throw error;
  };
  const { text } = builtinLoaders;
  const plugin = definePlugin({
    name: 'ledger',
    errors: ledgerError.catalogue,
    apiVersion: 1,
    loaders: { ledger: defineLoader({ type: 'ledger', options: text.options, load: fail }) },
    savers: { ledger: defineSaver({ type: 'ledger', options: builtinSavers.text.options, save: fail }) },
    fileSystems: { ledger: defineFileSystem({ create: () => createFileSystem(failingDriver(fail)) }) },
  });
  return { plugin, asked };
}

function failingDriver(fail: () => Promise<never>): FileSystemDriver {
  return {
    backend: 'ledger',
    scheme: 'ledger',
    capabilities: { casWrite: 'none', metadata: false, realDirectories: false },
    uri: (path) => `ledger://${path}`,
    classify: () => undefined,
    stat: fail,
    openRead: fail,
    openWrite: fail,
    list: () => createMemoryFileSystem().list(''),
    delete: fail,
    copy: fail,
  };
}

const retry = { maxRetries: 2, retryDelay: 0, jitterFactor: 0 };
const path = 'may.ledger';
const size = ({ page }: { page: string }) => page.length;

async function runWith(error: FlowerPowerError, io: object, nodes: object = { size }) {
  const { plugin, asked } = failing(error);
  const { runner, clock, events } = await setUp({ plugins: [plugin] });
  const raised = await errorOf(() => clock.until(runner.run(pipeline(nodes, { run: { retry }, ...io }))));
  return { raised, asked: asked.count, events };
}

const inLoader = { load: { page: { type: 'ledger', path } } };
const inSaver = { save: { page: { type: 'ledger', path } } };
const inFileSystem = { load: { page: { type: 'text', path: `ledger://desk/${path}` } } };

test.each([
  ['a loader', inLoader, { size }],
  ['a saver', inSaver, { page: () => 'May' }],
])(
  'the error of %s is the cause of that of its node, unchanged, with its hint on both',
  async (_n, io, nodes) => {
    const error = ledgerError(torn);
    const { raised, events } = await runWith(error, io, nodes);
    expect(raised).toMatchObject({ code: 'FP_NODE_FAILED', hint: 'Glue it.' });
    expect(raised.message).toContain(torn.message);
    expect(raised.cause).toBe(error);
    expect(error).toMatchObject({ ...torn, cause });
    expect(events.find(({ type }) => type === 'node.failed')).toMatchObject({
      error: { code: 'LEDGER_TORN', hint: 'Glue it.', places: torn.places, cause: { message: 'page 3' } },
    });
  },
);

test('that of a filesystem stands behind the error that every filesystem has, which takes over its advice', async () => {
  const error = ledgerError({ ...torn, retryable: false });
  const { raised } = await runWith(error, inFileSystem);
  expect(raised.cause).toMatchObject({ code: 'FP_FS_UNKNOWN', hint: 'Glue it.', retryable: false });
  expect((raised.cause as Error).cause).toBe(error);
});

const attempts: [string, boolean | undefined, object, number][] = [
  ['a loader', undefined, inLoader, 3],
  ['a loader', true, inLoader, 3],
  ['a loader', false, inLoader, 1],
  ['a filesystem', true, inFileSystem, 3],
  ['a filesystem', false, inFileSystem, 1],
];
test.each(attempts)('an error of %s that says retryable: %s', async (_name, retryable, io, expected) => {
  const busy = ledgerError({ code: 'LEDGER_BUSY', message: 'busy', retryable });
  expect((await runWith(busy, io)).asked).toBe(expected);
});

test('it can be named where a project says what is retried', async () => {
  const { plugin, asked } = failing(ledgerError({ code: 'LEDGER_BUSY', message: 'busy', retryable: false }));
  const { runner, clock } = await setUp({ plugins: [plugin] });
  const run = { retry: { ...retry, retryExceptions: ['LEDGER_BUSY'] } };
  await errorOf(() => clock.until(runner.run(pipeline({ size }, { ...inLoader, run }))));
  expect(asked.count).toBe(3);
});
