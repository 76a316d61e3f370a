/** Parts of a folder that are being written: each by the saver of one file, which gets its rows as they come. */
import type { IoContext, IoMetadata, Row, Saver } from '../contract/io.js';
import { rowChannel } from './row-channel.js';

/** Where a part goes. */
export interface PartPlace {
  /** Below the folder. */
  readonly below: string;
  /** As the user would write it. */
  readonly shown: string;
  /** On the filesystem of the folder. */
  readonly path: string;
}

export interface WrittenPart extends PartPlace {
  readonly facts: IoMetadata;
}

export interface PartWriter {
  /** Resolves once the saver has taken the rows. */
  write(rows: Row[]): Promise<void>;
  /** Resolves once the part is complete. */
  close(): Promise<WrittenPart>;
  /** Resolves once nothing is written any more; a part that was not complete is not there. */
  abort(reason: unknown): Promise<void>;
}

/** The context of a saver for one part. */
export function partContext(
  place: PartPlace,
  context: IoContext,
  folder: ReturnType<IoContext['resolve']>,
): IoContext {
  const { fs } = folder;
  return {
    ...context,
    resolve: (asked) => (asked === place.shown ? { fs, path: place.path } : context.resolve(asked)),
  };
}

export function writePart<Options>(
  saver: Saver<Options>,
  place: PartPlace,
  options: Options,
  context: IoContext,
): PartWriter {
  const channel = rowChannel();
  const saved = saver.save(channel.rows, options, context);
  saved.then(
    () => channel.break(new Error(`The saver ended before the rows of '${place.shown}' did.`)),
    (error: unknown) => channel.break(error),
  );
  return {
    write: (rows) => channel.push(rows),
    async close() {
      channel.end();
      return { ...place, facts: await saved };
    },
    async abort(reason) {
      channel.break(reason);
      await saved.catch(() => undefined);
    },
  };
}
