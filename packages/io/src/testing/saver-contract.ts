import assert from 'node:assert/strict';
import { type OptionRule, requireArgument } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem, isFileSystemError } from '@flowerpower/fs';
import { withFaults, registerContract, type TestRegistrar } from '@flowerpower/fs/testing';
import type { IoMetadata, Saver } from '../contract/io.js';
import { parseOptions } from '../contract/parse-options.js';
import { knowsOption } from '../dataset/folder-options.js';
import { readManifest } from '../dataset/manifest.js';
import { hostileValues } from './hostile.js';
import { contextOf, describesFile, optionsAreStrict, rejection, snapshot } from './support.js';

export interface SaverCase<Options> {
  /** Shown as the title of the suite. Default: the type of the saver. */
  readonly name?: string;
  readonly saver: Saver<Options>;
  /** Where the sample is saved, for example `sample.csv`. */
  readonly path: string;
  /** Makes the sample value; called once per save, since streams can be read once. */
  readonly value: () => unknown;
  /** Options besides `path`. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What the file must hold. */
  readonly expected: string | Uint8Array;
  /** Makes values that the saver must refuse. Leave it empty only when every value can be saved. */
  readonly refused: readonly (() => unknown)[];
}

interface Subject {
  readonly fs: FileSystem;
  readonly save: (fs: FileSystem, value: unknown, signal?: AbortSignal) => Promise<IoMetadata>;
  readonly sample: SaverCase<unknown>;
}

const old = 'old content';

const rules = {
  async 'the options are strict and need a path'({ sample }: Subject) {
    await optionsAreStrict(sample.saver, { ...sample.options, path: sample.path });
  },
  async 'the type of the value is told on one line, if it is told'({ sample }: Subject) {
    const { saver, path, options } = sample;
    const type: unknown = saver.valueType?.(parseOptions(saver, { ...options, path }));
    assert.ok(type === undefined || (typeof type === 'string' && /^\S.*$/.test(type)), String(type));
  },
  async 'the sample is saved as expected'({ fs, save, sample }: Subject) {
    await save(fs, sample.value());
    assert.deepEqual(Buffer.from(await fs.read(sample.path)), Buffer.from(sample.expected as string));
  },
  async 'the metadata describes the stored file'({ fs, save, sample }: Subject) {
    const metadata = await save(fs, sample.value());
    await describesFile(metadata, { fs, path: sample.path, format: sample.saver.type });
  },
  async 'an existing file is replaced and nothing else is written'({ fs, save, sample }: Subject) {
    await fs.write(sample.path, old);
    await save(fs, sample.value());
    assert.deepEqual(await snapshot(fs), {
      [sample.path]: Buffer.from(sample.expected as string).toString('base64'),
    });
  },
  async 'a value that cannot be saved leaves the old file as it was'({ fs, save, sample }: Subject) {
    await fs.write(sample.path, old);
    const before = await snapshot(fs);
    for (const [index, refused] of sample.refused.entries()) {
      const watched = withFaults(fs);
      const error = await rejection(() => save(watched.fs, refused()));
      assert.ok(error.message.includes(sample.path), error.message);
      assert.equal(watched.openHandles, 0, `refused value ${index}`);
      assert.deepEqual(await snapshot(fs), before);
    }
  },
  async 'a hostile value is saved, or refused by an error that names the file'({
    fs,
    save,
    sample,
  }: Subject) {
    for (const [what, value] of Object.entries(hostileValues)) {
      await fs.write(sample.path, old);
      const before = await snapshot(fs);
      const watched = withFaults(fs);
      const error = await save(watched.fs, value()).then(
        () => undefined,
        (reason: unknown) => rejection(() => Promise.reject(reason)),
      );
      assert.equal(watched.openHandles, 0, what);
      if (error === undefined) continue;
      assert.ok(error.message.includes(sample.path), `${what}: ${error.message}`);
      assert.ok(error.message.length < 10_000, `${what}: a message of ${error.message.length} characters`);
      assert.deepEqual(await snapshot(fs), before, what);
    }
  },
  async 'an aborted signal leaves the old file as it was'({ fs, save, sample }: Subject) {
    await fs.write(sample.path, old);
    const before = await snapshot(fs);
    const error = await rejection(() => save(fs, sample.value(), AbortSignal.abort()));
    assert.ok(isFileSystemError(error, 'Aborted'), error.message);
    assert.deepEqual(await snapshot(fs), before);
  },
  async 'when the nth call of the filesystem fails, the old file is as it was and nothing else remains'({
    fs,
    save,
    sample,
  }: Subject) {
    await fs.write(sample.path, old);
    const before = await snapshot(fs);
    for (let n = 1; ; n++) {
      const faulty = withFaults(fs, [{ call: n, fail: 'Unavailable' }]);
      const failed = await save(faulty.fs, sample.value()).then(
        () => false,
        (error: unknown) => isFileSystemError(error, 'Unavailable') || Promise.reject(error),
      );
      assert.equal(faulty.openHandles, 0, `open handles after call ${n} failed`);
      assert.equal(failed, faulty.calls.length >= n, `the failure of call ${n} was swallowed`);
      if (!failed) break;
      assert.deepEqual(await snapshot(fs), before, `files after call ${n} failed`);
    }
  },
  async 'when the nth call fails, a folder holds the whole old save or the whole new one, if folders are taken'({
    sample,
  }: Subject) {
    const { saver, options } = sample;
    if (!knowsOption(saver.options, 'by')) return;
    const saveFolder = (fs: FileSystem) =>
      saver.save(sample.value(), parseOptions(saver, { ...options, path: 'folder/' }), contextOf(fs));
    const contentOf = async (fs: FileSystem) => {
      const manifest = await readManifest({ fs, folder: 'folder', shown: 'folder/' });
      assert.equal(manifest?.manifest.files.length, 1);
      return fs.read(`folder/${manifest.manifest.files[0]!.path}`);
    };
    for (let n = 1; ; n++) {
      const fs = createMemoryFileSystem();
      await saveFolder(fs);
      const whole = await contentOf(fs);
      const faulty = withFaults(fs, [{ call: n, fail: 'Unavailable' }]);
      await saveFolder(faulty.fs).catch(() => undefined);
      assert.equal(faulty.openHandles, 0, `open handles after call ${n} failed`);
      assert.deepEqual(await contentOf(fs), whole, `after call ${n} failed`);
      if (faulty.calls.length < n) break;
    }
  },
};

const aListOfValues: OptionRule = {
  fits: Array.isArray,
  expected: 'a list of functions, each of which makes a value that the saver refuses',
  hint: 'For a saver of texts: refused: [() => 1]. Write refused: [] only when every value can be saved.',
};

/** The name of a rule, to be used as a key of deviations. */
export type SaverRule = keyof typeof rules;

/**
 * The rules that every saver keeps, as tests. A rule listed in `deviations` with its reason is expected to fail.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` without a list of values that are refused.
 *
 * @example
 * ```ts
 * import { builtinSavers } from '@flowerpower/io';
 * import { saverContract } from '@flowerpower/io/testing';
 * import { describe, test } from 'vitest';
 *
 * saverContract(
 *   { describe, test },
 *   { saver: builtinSavers.text, path: 'a.txt', value: () => 'hello', expected: 'hello', refused: [() => 1] },
 * );
 * ```
 */
export function saverContract<Options>(
  registrar: TestRegistrar,
  sample: SaverCase<Options>,
  deviations: Partial<Readonly<Record<SaverRule, string>>> = {},
): void {
  requireArgument('refused', aListOfValues, sample.refused, 'saverContract');
  const { name = sample.saver.type, saver, path } = sample;
  const save: Subject['save'] = async (fs, value, signal) => {
    const options = parseOptions(saver, { ...sample.options, path });
    return saver.save(value, options, contextOf(fs, signal));
  };
  const withSubject = (check: (subject: Subject) => Promise<void>) =>
    check({ fs: createMemoryFileSystem(), save, sample });
  registerContract(registrar, { title: `Saver contract: ${name}`, rules, withSubject }, deviations);
}
