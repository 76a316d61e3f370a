import assert from 'node:assert/strict';
import type { FileInfo, FileSystem } from '../contract/file-system.js';
import { fsErrors } from '../errors/catalogue.js';
import {
  type FileSystemError,
  type FileSystemErrorReason,
  isFileSystemError,
} from '../errors/file-system-error.js';

/** Asserts that a call rejects with a complete FileSystemError of one reason, and returns it. */
export async function rejectsWith(
  reason: FileSystemErrorReason,
  call: () => Promise<unknown>,
): Promise<FileSystemError> {
  let outcome: unknown;
  try {
    outcome = await call();
  } catch (error) {
    assert.ok(isFileSystemError(error), `a FileSystemError, not ${String(error)}`);
    assert.equal(error.reason, reason, `${error.message} Cause: ${String(error.cause)}`);
    assert.ok(Object.hasOwn(fsErrors, error.code), `the code ${error.code} is in the catalogue`);
    assert.notEqual(error.message, '');
    assert.notEqual(error.op, '');
    return error;
  }
  throw new assert.AssertionError({
    message: `${reason} was expected; the call gave ${JSON.stringify(outcome)}`,
  });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Paths in listing order, directories with `/` appended. */
export async function keysOf(items: AsyncIterable<FileInfo>): Promise<string[]> {
  return (await collect(items)).map(({ path, type }) => (type === 'directory' ? `${path}/` : path));
}

/** Every file with its text: what a reader sees of the whole filesystem. */
export async function snapshot(fs: FileSystem): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { path } of await collect(fs.list('', { recursive: true }))) {
    files[path] = Buffer.from(await fs.read(path)).toString('utf8');
  }
  return files;
}

/** Creates a text file for each path. */
export async function fill(fs: FileSystem, paths: readonly string[]): Promise<void> {
  for (const path of paths) await fs.write(path, path);
}

export const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
export const text = (data: Uint8Array): string => Buffer.from(data).toString('utf8');

/** What a write says of its file is the path, type, size and version, and nothing that `stat` would contradict. */
export function agrees(written: FileInfo, info: FileInfo): void {
  const { path, type, size, version } = written;
  assert.deepEqual({ path, type, size, version }, pick(info, ['path', 'type', 'size', 'version']));
  assert.deepEqual(written, pick(info, Object.keys(written)));
}

function pick(info: FileInfo, keys: readonly string[]): Partial<FileInfo> {
  return Object.fromEntries(Object.entries(info).filter(([key]) => keys.includes(key)));
}
