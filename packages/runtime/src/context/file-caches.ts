/** The caches that configurations name. One store for each directory and its limits, opened when it is first used. */
import { type CacheOptions, defineCacheStore, type Place, type Problem } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import { lookAtCacheDirectory } from '../cache/cache-directory.js';
import { type FileCacheStore, fileCacheStore } from '../cache/file-cache-store.js';
import { type CacheSettings, defaultCacheDir } from '../config/run-config.js';
import type { RuntimeProblem } from '../errors/catalogue.js';
import type { FileSystems } from './file-systems.js';
import { withoutDeletions } from '../cache/without-deletions.js';

export interface CacheBinding {
  /** For the driver; undefined without a cache. */
  readonly options: CacheOptions | undefined;
  readonly problems: readonly Problem[];
}

export interface FileCaches {
  bind(settings: CacheSettings | undefined, place?: Place): CacheBinding;
  /** What is wrong with the directory of these settings, whether or not the cache is enabled. */
  check(settings: Partial<CacheSettings>, place?: Place): readonly Problem[];
  /** The store that runs with these settings use, whether or not the cache is enabled. Opens nothing. */
  store(settings: Partial<CacheSettings>): FileCacheStore;
  /** The same folder for those who change nothing in it, entries that are damaged or too old included. */
  lookAt(settings: Partial<CacheSettings>): LookedAtCache;
  /** The filesystem of the folder. */
  folder(settings: Partial<CacheSettings>): FileSystem;
}

interface LookedAtCache {
  readonly fs: FileSystem;
  readonly store: Pick<FileCacheStore, 'getVersion' | 'getValue'>;
}

const hint = `Name a folder that is new or empty, such as ${defaultCacheDir}; a cache has one for itself.`;

export function createFileCaches(fileSystems: FileSystems): FileCaches {
  const stores = new Map<string, FileCacheStore>();
  /** Directories that were not there when they were looked at. */
  const fresh = new Set<string>();

  function check({ dir = defaultCacheDir }: Partial<CacheSettings>, place?: Place): readonly Problem[] {
    const places = place === undefined ? [] : [place];
    const outside = fileSystems.check(dir, 'folder', 'cache');
    if (outside.length > 0) {
      return outside.map((problem) => ({
        ...problem,
        message: `run.cache.dir: ${problem.message}`,
        hint: problem.code === 'FP_FS_PROTECTED' ? hint : problem.hint,
        places: place === undefined ? problem.places : places,
      }));
    }
    const file = fileSystems.fileOf(dir);
    const found = file === undefined ? 'usable' : lookAtCacheDirectory(file);
    if (found === 'new') fresh.add(dir);
    if (typeof found === 'string') return [];
    const understood = file === dir ? '' : `, understood as ${file},`;
    return [
      {
        code: 'FP_CACHE_DIRECTORY',
        message: `run.cache.dir: '${dir}'${understood} ${found.refusal}.`,
        hint,
        places,
      } satisfies RuntimeProblem,
    ];
  }

  function store({ dir = defaultCacheDir, maxSizeBytes, maxAge }: Partial<CacheSettings>): FileCacheStore {
    const key = JSON.stringify([dir, maxSizeBytes, maxAge]);
    let known = stores.get(key);
    if (known === undefined) {
      const maxAgeMs = maxAge === undefined ? undefined : maxAge * 1000;
      known = openLater(() => {
        const { fs, path } = fileSystems.resolve(dir);
        const store = fileCacheStore({ fs, dir: path, maxSizeBytes, maxAgeMs });
        // What is written to a folder of somebody else would hide from git what they put there.
        const isOurs = fileSystems.fileOf(dir) === undefined || fresh.has(dir);
        return { fs: fs.sub(path), store, isOurs };
      });
      stores.set(key, known);
    }
    return known;
  }

  return {
    store,
    check,
    lookAt({ dir = defaultCacheDir, maxSizeBytes, maxAge }) {
      const { fs, path } = fileSystems.resolve(dir);
      const looked = withoutDeletions(fs.sub(path));
      const maxAgeMs = maxAge === undefined ? undefined : maxAge * 1000;
      return { fs: looked, store: fileCacheStore({ fs: looked, dir: '', maxSizeBytes, maxAgeMs }) };
    },
    folder({ dir = defaultCacheDir }) {
      const { fs, path } = fileSystems.resolve(dir);
      return fs.sub(path);
    },
    bind(settings, place) {
      if (settings?.enabled !== true) return { options: undefined, problems: [] };
      const { enabled: _enabled, dir: _dir, maxSizeBytes: _size, maxAge: _age, ...given } = settings;
      const options: CacheOptions = {
        ...given,
        store: store(settings),
        default: namesOf(given.default),
        recompute: namesOf(given.recompute),
        disable: namesOf(given.disable),
        ignore: namesOf(given.ignore),
      };
      return { options, problems: check(settings, place) };
    },
  };
}

function namesOf(names: boolean | readonly string[] | undefined): true | readonly string[] | undefined {
  return names === false ? undefined : names;
}

interface Opened {
  readonly fs: FileSystem;
  readonly store: FileCacheStore;
  /** Whether the directory is made for the cache. */
  readonly isOurs: boolean;
}

/** Values are nothing to commit: with the first of them, or its lock, a directory that is made for them gets a `.gitignore`. */
function openLater(open: () => Opened): FileCacheStore {
  let opened: Opened | undefined;
  let ignoring: Promise<void> | undefined;
  const get = () => (opened ??= open());
  const ignore = async () => {
    const { fs, isOurs } = get();
    if (isOurs && !(await fs.exists('.gitignore'))) await fs.write('.gitignore', '*\n');
  };
  const ignored = () =>
    (ignoring ??= ignore().catch((error: unknown) => {
      ignoring = undefined;
      throw error;
    }));
  return defineCacheStore({
    contractVersion: 1,
    name: 'file',
    getVersion: async (key) => get().store.getVersion(key),
    getValue: async (dataVersion) => get().store.getValue(dataVersion),
    set: (key, entry) => {
      // Before the first await, so that the caller may change the value afterwards.
      const stored = setNow(key, entry);
      return Promise.all([stored, ignored()]).then(([refusal]) => refusal);
    },
    // What cannot be written shows when the value is stored.
    computeOnce: async (key, computation) => {
      await ignored().catch(() => {});
      return get().store.computeOnce!(key, computation);
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
