/** Loads from and saves to memory, with reads cut into pieces of any size. */
import { Readable } from 'node:stream';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { type IoContext, type Loaded, type Loader, parseOptions, type Saver } from '../index.js';

export interface MemoryIo {
  readonly fs: FileSystem;
  readonly context: IoContext;
  load<Options, Value>(
    loader: Loader<Options, Value>,
    content: string | Uint8Array,
    options?: Record<string, unknown>,
  ): Promise<Loaded<Value>>;
  /** The text of the saved file. */
  save<Options>(saver: Saver<Options>, value: unknown, options?: Record<string, unknown>): Promise<string>;
}

export function memoryIo(chunkBytes = Infinity): MemoryIo {
  const memory = createMemoryFileSystem();
  const fs: FileSystem = Object.assign(Object.create(memory) as FileSystem, {
    async createReadStream(...args: Parameters<FileSystem['createReadStream']>) {
      const pieces: Uint8Array[] = [];
      for await (const chunk of await memory.createReadStream(...args)) {
        const bytes = chunk as Uint8Array;
        for (let at = 0; at < bytes.byteLength; at += chunkBytes) pieces.push(bytes.subarray(at, at + chunkBytes));
      }
      return Readable.from(pieces);
    },
  });
  // The prototype's methods use private state of the original.
  for (const name of ['stat', 'read', 'readText', 'openWrite', 'uri', 'write', 'exists'] as const) {
    Object.assign(fs, { [name]: memory[name].bind(memory) });
  }
  const context: IoContext = { resolve: (path) => ({ fs, path }) };
  return {
    fs,
    context,
    async load(loader, content, options) {
      const given = { path: 'file', ...options };
      await memory.write(given.path, content);
      return loader.load(parseOptions(loader, given), context);
    },
    async save(saver, value, options) {
      const given = { path: 'file', ...options };
      await saver.save(value, parseOptions(saver, given), context);
      return memory.readText(given.path);
    },
  };
}

/** The error a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('A rejection was expected.');
}
