import assert from 'node:assert/strict';
import { isFlowerPowerError } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem, isFileSystemError } from '@flowerpower/fs';
import { withFaults, registerContract, type TestRegistrar } from '@flowerpower/fs/testing';
import type { Loaded, Loader } from '../contract/io.js';
import { factsNow } from '../contract/facts-now.js';
import { parseOptions } from '../contract/parse-options.js';
import { hostileContents } from './hostile.js';
import {
  contextOf,
  describesFile,
  isAsyncIterable,
  optionsAreStrict,
  rejection,
  wholeFacts,
  wholeOf,
} from './support.js';

export interface LoaderCase<Options, Value> {
  /** Shown as the title of the suite. Default: the type of the loader. */
  readonly name?: string;
  readonly loader: Loader<Options, Value>;
  /** Where the sample is stored, for example `sample.csv`. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Options besides `path`. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What the sample loads as; for an async iterable the array of its items. */
  readonly expected: unknown;
  /** A content that the loader must refuse. Leave it out only when every content is valid. */
  readonly malformed?: string | Uint8Array;
}

interface Subject {
  readonly fs: FileSystem;
  readonly load: (fs: FileSystem, signal?: AbortSignal) => Promise<Loaded<unknown>>;
  readonly sample: LoaderCase<unknown, unknown>;
}

const rules = {
  async 'the options are strict and need a path'({ sample }: Subject) {
    await optionsAreStrict(sample.loader, { ...sample.options, path: sample.path });
  },
  async 'the sample loads as expected'({ fs, load, sample }: Subject) {
    assert.deepEqual(await wholeOf((await load(fs)).value), sample.expected);
  },
  async 'the metadata describes the stored file'({ fs, load, sample }: Subject) {
    const { value, metadata } = await load(fs);
    await wholeOf(value);
    await describesFile(await wholeFacts(metadata), { fs, path: sample.path, format: sample.loader.type });
  },
  async 'the type of the value is told on one line, if it is told'({ sample }: Subject) {
    const { loader, path, options } = sample;
    const type: unknown = loader.valueType?.(parseOptions(loader, { ...options, path }));
    assert.ok(type === undefined || (typeof type === 'string' && /^\S.*$/.test(type)), String(type));
  },
  async 'a folder of such files loads as one, if folders are taken'({ fs, sample }: Subject) {
    const { loader, content, options, expected } = sample;
    const name = sample.path.slice(sample.path.lastIndexOf('/') + 1);
    for (const number of [1, 2]) await fs.write(`folder/n=${number}/${name}`, content);
    const watched = withFaults(fs);
    const run = async () => {
      const given = parseOptions(loader, { ...options, path: 'folder/' });
      return wholeOf((await loader.load(given, contextOf(watched.fs))).value);
    };
    const rows = await run().catch(unlessNoFolders);
    assert.equal(watched.openHandles, 0);
    if (rows === undefined) return;
    const once = (expected as readonly object[]).flat();
    const wanted = [1, 2].flatMap((n) => once.map((row) => ({ ...row, n: String(n) })));
    assert.deepEqual((rows as readonly object[]).flat(), wanted);
  },
  async 'an absent file is NotFound at once'({ load }: Subject) {
    const error = await rejection(() => load(createMemoryFileSystem()));
    assert.ok(isFileSystemError(error, 'NotFound'), error.message);
  },
  async 'malformed content is refused, naming the file'({ fs, load, sample }: Subject) {
    if (sample.malformed === undefined) return;
    await fs.write(sample.path, sample.malformed);
    const error = await rejection(async () => wholeOf((await load(fs)).value));
    assert.equal(error.places[0]?.file, sample.path);
    assert.ok(error.message.includes(sample.path), error.message);
  },
  async 'hostile content loads, or is refused by an error that names the file'({
    fs,
    load,
    sample,
  }: Subject) {
    for (const [what, content] of Object.entries(hostileContents)) {
      await fs.write(sample.path, content());
      const watched = withFaults(fs);
      const run = async () => wholeOf((await load(watched.fs)).value);
      const error = await run().then(
        () => undefined,
        (reason: unknown) => rejection(() => Promise.reject(reason)),
      );
      if (error !== undefined) {
        assert.equal(error.places[0]?.file, sample.path, what);
        assert.ok(error.message.length < 10_000, `${what}: a message of ${error.message.length} characters`);
      }
      assert.equal(watched.openHandles, 0, what);
      assert.equal(({} as { polluted?: unknown }).polluted, undefined, what);
    }
  },
  async 'an aborted signal stops the load'({ fs, load }: Subject) {
    const error = await rejection(() => load(fs, AbortSignal.abort()));
    assert.ok(isFileSystemError(error, 'Aborted'), error.message);
  },
  async 'the metadata of a stream tells how far it was read'({ fs, load, sample }: Subject) {
    const { value, metadata } = await load(fs);
    assert.equal('state' in metadata, isAsyncIterable(value));
    if (!isAsyncIterable(value) || !('state' in metadata)) return;
    assert.deepEqual(factsNow(metadata), {
      uri: fs.uri(sample.path),
      format: sample.loader.type,
      state: 'waiting',
      rows: 0,
    });
    await wholeOf(value);
    assert.equal(metadata.state, 'complete');
    assert.equal(metadata.rows, metadata.complete?.rows);
  },
  async 'leaving early closes the file and leaves the metadata unknown'({ fs, load, sample }: Subject) {
    const watched = withFaults(fs);
    const { value, metadata } = await load(watched.fs);
    if (isAsyncIterable(value)) {
      assert.equal(watched.openHandles, 0, 'nothing is open before the first item is asked for');
      for await (const _item of value) break;
      const known = await wholeFacts(metadata);
      if (known !== undefined)
        await describesFile(known, { fs, path: sample.path, format: sample.loader.type });
    }
    assert.equal(watched.openHandles, 0);
  },
  async 'when the nth call of the filesystem fails, the load fails and leaves nothing open'({
    fs,
    load,
  }: Subject) {
    for (let n = 1; ; n++) {
      const faulty = withFaults(fs, [{ call: n, fail: 'Unavailable' }]);
      const run = async () => {
        const { value, metadata } = await load(faulty.fs);
        try {
          await wholeOf(value);
        } finally {
          if ('ended' in metadata) await metadata.ended;
        }
      };
      const failed = await run().then(
        () => false,
        (error: unknown) => isFileSystemError(error, 'Unavailable') || Promise.reject(error),
      );
      assert.equal(faulty.openHandles, 0, `open handles after call ${n} failed`);
      assert.equal(failed, faulty.calls.length >= n, `the failure of call ${n} was swallowed`);
      if (faulty.calls.length < n) break;
    }
  },
};

/** A loader of single files says so by its options, or as it does of a folder in the place of a file. */
function unlessNoFolders(error: unknown): undefined {
  if (isFileSystemError(error, 'IsDirectory')) return;
  if (!(isFlowerPowerError(error) && error.code === 'FP_IO_OPTIONS')) throw error;
}

/** The name of a rule, to be used as a key of deviations. */
export type LoaderRule = keyof typeof rules;

/**
 * The rules that every loader keeps, as tests. A rule listed in `deviations` with its reason is expected to fail.
 *
 * @example
 * ```ts
 * import { builtinLoaders } from '@flowerpower/io';
 * import { loaderContract } from '@flowerpower/io/testing';
 * import { describe, test } from 'vitest';
 *
 * loaderContract(
 *   { describe, test },
 *   { loader: builtinLoaders.json, path: 'a.json', content: '[1]', expected: [1], malformed: '[1' },
 * );
 * ```
 */
export function loaderContract<Options, Value>(
  registrar: TestRegistrar,
  sample: LoaderCase<Options, Value>,
  deviations: Partial<Readonly<Record<LoaderRule, string>>> = {},
): void {
  const { name = sample.loader.type, loader, path, content } = sample;
  const load: Subject['load'] = async (fs, signal) => {
    const options = parseOptions(loader, { ...sample.options, path });
    return loader.load(options, contextOf(fs, signal));
  };
  const withSubject = async (check: (subject: Subject) => Promise<void>) => {
    const fs = createMemoryFileSystem();
    await fs.write(path, content);
    await check({ fs, load, sample });
  };
  registerContract(registrar, { title: `Loader contract: ${name}`, rules, withSubject }, deviations);
}
