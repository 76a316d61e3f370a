/** The preview of a built pipeline: its graph once more, over a cache that is only looked at. */
import {
  type CacheOptions,
  createPreview,
  defineCacheStore,
  type LastKey,
  type PreviewRequest,
  type RunPreview,
} from '@flowerpower/core';
import { type FileSystem, isFileSystemError } from '@flowerpower/fs';
import type { ExecutionContext } from '../context/build-execution-context.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import { readLastKeys } from './last-keys.js';

export type PipelinePreview = (outputs: readonly string[], request?: PreviewRequest) => Promise<RunPreview>;

export async function previewPipeline(
  { definition, driverOptions, executor }: BuiltPipeline,
  { caches }: Pick<ExecutionContext, 'caches'>,
): Promise<PipelinePreview> {
  const { cache, ...options } = driverOptions;
  const { maxConcurrency } = executor;
  const settings = definition.run.cache;
  const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
  if (cache === undefined || settings === undefined) return createPreview({ ...options, ...limit });
  const kept = caches.lookAt(settings);
  const lastKeys: Readonly<Record<string, LastKey>> = await readLastKeys(kept.fs, definition.name);
  const looked: CacheOptions = { ...cache, store: lookOnly(kept.store) };
  const cacheIsEmpty = await isEmpty(kept.fs);
  return createPreview({ ...options, ...limit, cache: looked, lastKeys, cacheIsEmpty });
}

/** What cannot be told is not said: then there may be something. */
async function isEmpty(fs: FileSystem): Promise<boolean> {
  try {
    for await (const _key of fs.list('keys', { recursive: true })) return false;
    return true;
  } catch (error) {
    return isFileSystemError(error, 'NotFound');
  }
}

/** A store to look at: whoever writes to it has made a mistake. */
function lookOnly({
  getVersion,
  getValue,
}: Pick<CacheOptions['store'], 'getVersion' | 'getValue'>): CacheOptions['store'] {
  const never = () => Promise.reject(new Error('A plan writes nothing.'));
  return defineCacheStore({
    contractVersion: 1,
    name: 'file',
    getVersion,
    getValue,
    set: never,
    delete: never,
    clear: never,
    size: () => ({ entries: 0, sizeBytes: 0 }),
  });
}
