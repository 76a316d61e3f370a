import type { FileSystem } from '../contract/file-system.js';
import { registerContract, type TestRegistrar } from './contract.js';
import { listingRules } from './rules/listing.js';
import { movingRules } from './rules/moving.js';
import { pathRules } from './rules/paths.js';
import { readingRules } from './rules/reading.js';
import { writingRules } from './rules/writing.js';

const rules = { ...readingRules, ...writingRules, ...listingRules, ...movingRules, ...pathRules };

/** The name of a rule, to be used as a key of deviations. */
export type FileSystemRule = keyof typeof rules;

export interface FileSystemFactory {
  /** Shown as the title of the suite. */
  readonly name: string;
  /** Makes an empty filesystem; called once per rule. */
  readonly create: () => Promise<FileSystem>;
  /** Removes what `create` made. The filesystem is closed before. */
  readonly dispose?: (fs: FileSystem) => Promise<void>;
}

/**
 * The rules that every FileSystem keeps, as tests. A rule listed in `deviations` with its reason is expected to fail.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileSystemContract } from '@flowerpower/fs/testing';
 * import { describe, test } from 'vitest';
 *
 * fileSystemContract({ describe, test }, { name: 'memory', create: async () => createMemoryFileSystem() });
 * ```
 */
export function fileSystemContract(
  registrar: TestRegistrar,
  { name, create, dispose }: FileSystemFactory,
  deviations: Partial<Readonly<Record<FileSystemRule, string>>> = {},
): void {
  const withSubject = async (check: (fs: FileSystem) => Promise<void>) => {
    const fs = await create();
    try {
      await check(fs);
    } finally {
      await fs.close();
      await dispose?.(fs);
    }
  };
  registerContract(registrar, { title: `FileSystem contract: ${name}`, rules, withSubject }, deviations);
}
