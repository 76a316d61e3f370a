/** Rules of the filesystem contract that the server for tests does not keep, each with its reason. docs/guide/object-stores.md has them. */
import type { FileSystemRule } from '@flowerpower/fs/testing';

export const deviations = {
  'fake-gcs-server': { 'copy and move obey conditions': 'it ignores the preconditions of a rewrite' },
} as const satisfies Record<string, Partial<Record<FileSystemRule, string>>>;
