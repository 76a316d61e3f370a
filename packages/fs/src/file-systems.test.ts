import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { type FileSystem, createLocalFileSystem, createMemoryFileSystem } from './index.js';
import { withFaults, fileSystemContract } from './testing/index.js';

const roots = new WeakMap<FileSystem, string>();

function localFactory(name: string, view: (fs: FileSystem) => FileSystem) {
  return {
    name,
    async create() {
      const root = await mkdtemp(join(tmpdir(), 'fp-fs-'));
      const fs = view(createLocalFileSystem({ root }));
      // A root that is not there yet is not a different from an empty one.
      await fs.ensureDir('');
      roots.set(fs, root);
      return fs;
    },
    dispose: (fs: FileSystem) => rm(roots.get(fs)!, { recursive: true }),
  };
}

fileSystemContract(
  { describe, test },
  localFactory('local', (fs) => fs),
);
fileSystemContract(
  { describe, test },
  localFactory('local, rooted', (fs) => fs.sub('some/where')),
);
fileSystemContract({ describe, test }, { name: 'memory', create: async () => createMemoryFileSystem() });
fileSystemContract(
  { describe, test },
  { name: 'memory, rooted', create: async () => createMemoryFileSystem().sub('some/where') },
);
fileSystemContract(
  { describe, test },
  {
    name: 'memory, behind fault injection that never strikes',
    create: async () => withFaults(createMemoryFileSystem()).fs,
  },
);
