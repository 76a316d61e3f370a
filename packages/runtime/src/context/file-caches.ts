/** The caches that configurations name. One store for each directory and its limits, opened when it is first used. */
import { type CacheOptions, defineCacheStore, type Place, type Problem } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import { type FileCacheStore, fileCacheStore } from '../cache/file-cache-store.js';
import { type CacheSettings, defaultCacheDir } from '../config/run-config.js';
import type { FileSystems } from './file-systems.js';
import { pathProblems } from './named-path.js';

export interface CacheBinding {
  /** For the driver; undefined without a cache. */
  readonly options: CacheOptions | undefined;
  readonly problems: readonly Problem[];
}

export interface FileCaches {
  bind(settings: CacheSettings | undefined, place?: Place): CacheBinding;
  /** The store that runs with these settings use, whether or not the cache is enabled. Opens nothing. */
  store(settings: Partial<CacheSettings>): FileCacheStore;
}

export function createFileCaches(fileSystems: FileSystems): FileCaches {
  const stores = new Map<string, FileCacheStore>();

  function store({ dir = defaultCacheDir, maxSizeBytes, maxAge }: Partial<CacheSettings>): FileCacheStore {
    const key = JSON.stringify([dir, maxSizeBytes, maxAge]);
    let known = stores.get(key);
    if (known === undefined) {
      const maxAgeMs = maxAge === undefined ? undefined : maxAge * 1000;
      known = openLater(() => {
        const { fs, path } = fileSystems.resolve(dir);
        return { fs: fs.sub(path), store: fileCacheStore({ fs, dir: path, maxSizeBytes, maxAgeMs }) };
      });
      stores.set(key, known);
    }
    return known;
  }

  return {
    store,
    bind(settings, place) {
      if (settings?.enabled !== true) return { options: undefined, problems: [] };
      const {
        enabled: _enabled,
        dir = defaultCacheDir,
        maxSizeBytes: _size,
        maxAge: _age,
        ...given
      } = settings;
      const options: CacheOptions = {
        ...given,
        store: store(settings),
        default: namesOf(given.default),
        recompute: namesOf(given.recompute),
        disable: namesOf(given.disable),
        ignore: namesOf(given.ignore),
      };
      const problems = pathProblems([{ at: 'run.cache.dir', path: dir, as: 'folder', place }], fileSystems);
      return { options, problems };
    },
  };
}

function namesOf(names: boolean | readonly string[] | undefined): true | readonly string[] | undefined {
  return names === false ? undefined : names;
}

interface Opened {
  readonly fs: FileSystem;
  readonly store: FileCacheStore;
}

/** Values are nothing to commit: with the first of them the directory gets a `.gitignore`. */
function openLater(open: () => Opened): FileCacheStore {
  let opened: Opened | undefined;
  let ignoring: Promise<void> | undefined;
  const get = () => (opened ??= open());
  const ignore = async () => {
    const { fs } = get();
    if (!(await fs.exists('.gitignore'))) await fs.write('.gitignore', '*\n');
  };
  return defineCacheStore({
    contractVersion: 1,
    name: 'file',
    getVersion: async (key) => get().store.getVersion(key),
    getValue: async (dataVersion) => get().store.getValue(dataVersion),
    set: (key, entry) => {
      // Before the first await, so that the caller may change the value afterwards.
      const stored = setNow(key, entry);
      ignoring ??= ignore().catch((error: unknown) => {
        ignoring = undefined;
        throw error;
      });
      return Promise.all([stored, ignoring]).then(([refusal]) => refusal);
    },
    delete: async (key) => get().store.delete(key),
    clear: async () => get().store.clear(),
    size: async () => get().store.size(),
    prune: async (limits?: Parameters<FileCacheStore['prune']>[0]) => get().store.prune(limits),
  });

  async function setNow(...args: Parameters<FileCacheStore['set']>) {
    return get().store.set(...args);
  }
}
