/** Loads from and saves to folders of one filesystem. */
import type { FileSystem } from '@flowerpower/fs';
import {
  builtinLoaders,
  builtinSavers,
  type IoContext,
  type IoMetadata,
  type Loader,
  parseOptions,
  type Row,
  type Saver,
} from '../../index.js';

type Table = 'csv' | 'jsonl';
type Options = Readonly<Record<string, unknown>> & { readonly path: string };

export interface FolderIo {
  load(options: Options, type?: Table): Promise<{ rows: Row[]; facts: IoMetadata }>;
  save(rows: unknown, options: Options, type?: Table): Promise<IoMetadata>;
  /** Every file below a folder. */
  paths(folder?: string): Promise<string[]>;
  write(contents: Readonly<Record<string, string>>): Promise<void>;
}

export function folderIo(fs: FileSystem, signal?: AbortSignal): FolderIo {
  const context: IoContext = { resolve: (path) => ({ fs, path }), signal };
  return {
    async load(options, type = 'csv') {
      const loader: Loader<any, Row[] | AsyncIterable<Row[]>> = builtinLoaders[type];
      const { value, metadata } = await loader.load(parseOptions(loader, options), context);
      if (Array.isArray(value)) return { rows: value, facts: metadata as IoMetadata };
      const rows: Row[] = [];
      for await (const batch of value) rows.push(...batch);
      return { rows, facts: (await (metadata as { ended: Promise<IoMetadata> }).ended)! };
    },
    async save(rows, options, type = 'csv') {
      const saver: Saver<any> = builtinSavers[type];
      return saver.save(rows, parseOptions(saver, options), context);
    },
    async paths(folder = '') {
      const found: string[] = [];
      for await (const { path } of fs.list(folder, { recursive: true })) found.push(path);
      return found;
    },
    async write(contents) {
      for (const [path, content] of Object.entries(contents)) await fs.write(path, content);
    },
  };
}
