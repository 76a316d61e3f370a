import { createView, type FileSystem, isFileSystemError } from '@flowerpower/fs';
import type { IoContext } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';

/** The context of a saver that may create its file, and not replace one, whoever creates it meanwhile. */
export function createOnlyContext(written: string, context: IoContext): IoContext {
  return {
    ...context,
    resolve: (asked) => {
      const place = context.resolve(asked);
      return asked === written ? { ...place, fs: createOnly(place.fs, place.path) } : place;
    },
  };
}

function createOnly(fs: FileSystem, path: string): FileSystem {
  return {
    ...createView(fs),
    write: (asked, data, options = {}) =>
      fs.write(asked, data, asked === path ? { ...options, ifNotExists: true } : options),
    openWrite: (asked, options = {}) =>
      fs.openWrite(asked, asked === path ? { ...options, ifNotExists: true } : options),
  };
}

/** Before anything is asked for its rows. */
export async function refuseExisting(written: string, context: IoContext): Promise<void> {
  const { fs, path } = context.resolve(written);
  if (await fs.exists(path, { signal: context.signal })) throw fileExists(written);
}

export function inWordsOfMode(error: unknown, written: string): unknown {
  return isFileSystemError(error, 'AlreadyExists') ? fileExists(written, error) : error;
}

function fileExists(written: string, cause?: unknown) {
  return ioError({
    code: 'FP_IO_EXISTS',
    message: `'${written}' exists already, and mode is 'error'.`,
    hint: "Save elsewhere, remove it first, or use mode: 'overwrite'.",
    cause,
  });
}
