import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { isFlowerPowerError, type FlowerPowerError } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { IoContext, IoMetadata, StreamMetadata } from '../contract/io.js';
import type { OptionsSchema } from '../contract/options-schema.js';
import { parseOptions } from '../contract/parse-options.js';

/** Every path is a path of this filesystem. */
export function contextOf(fs: FileSystem, signal?: AbortSignal): IoContext {
  return { resolve: (path) => ({ fs, path }), signal };
}

/** Asserts that a call rejects with an error of FlowerPower, and returns it. */
export async function rejection(call: () => Promise<unknown>): Promise<FlowerPowerError> {
  let outcome: unknown;
  try {
    outcome = await call();
  } catch (error) {
    assert.ok(isFlowerPowerError(error), `a FlowerPowerError, not ${String(error)}`);
    assert.match(error.code, /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/);
    return error;
  }
  throw new assert.AssertionError({ message: `A rejection was expected; the call gave ${typeof outcome}.` });
}

/** A value that is read as it is consumed becomes the array of its items. */
export async function wholeOf(value: unknown): Promise<unknown> {
  if (!isAsyncIterable(value)) return value;
  const items: unknown[] = [];
  for await (const item of value) items.push(item);
  return items;
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Asserts that metadata tells what is stored under a path. */
export async function describesFile(
  metadata: IoMetadata | undefined,
  { fs, path, format }: { fs: FileSystem; path: string; format: string },
): Promise<void> {
  assert.ok(metadata, 'the metadata is known');
  const stored = await fs.read(path);
  assert.equal(metadata.uri, fs.uri(path));
  assert.equal(metadata.format, format);
  assert.equal(metadata.bytes, stored.byteLength);
  assert.equal(metadata.sha256, createHash('sha256').update(stored).digest('hex'));
}

/** Every file and its bytes in base64. */
export async function snapshot(fs: FileSystem): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { path } of fs.list('', { recursive: true })) {
    files[path] = Buffer.from(await fs.read(path)).toString('base64');
  }
  return files;
}

/** Asserts that the options are strict, whatever library the schema comes from. */
export async function optionsAreStrict(
  definition: { readonly type: string; readonly options: OptionsSchema<unknown> },
  valid: Readonly<Record<string, unknown>>,
): Promise<void> {
  parseOptions(definition, valid);
  const { path: _path, ...withoutPath } = valid;
  for (const wrong of [
    { ...valid, noSuchOption: 1 },
    withoutPath,
    { ...valid, path: 1 },
    undefined,
    'path',
  ]) {
    const error = await rejection(async () => parseOptions(definition, wrong));
    assert.equal(error.code, 'FP_IO_OPTIONS');
  }
}

/** The facts about the whole file, once nothing more will be read of it. */
export async function wholeFacts(metadata: IoMetadata | StreamMetadata): Promise<IoMetadata | undefined> {
  return 'ended' in metadata ? metadata.ended : metadata;
}
