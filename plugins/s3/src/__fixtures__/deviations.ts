/** Rules of the filesystem contract that servers for tests do not keep, each with its reason. docs/guide/object-stores.md has them. */
import type { FileSystemRule } from '@flowerpower/fs/testing';

export const deviations = {
  versitygw: {
    'without real directories, x and x/y may both be files': 'it keeps objects as files of its machine',
  },
  moto: {
    'copy and move obey conditions': 'it ignores `If-Match` when an upload in parts is completed',
    'conditions hold for large files, which go up in parts':
      'it ignores `If-Match` when an upload in parts is completed',
  },
} as const satisfies Record<string, Partial<Record<FileSystemRule, string>>>;
