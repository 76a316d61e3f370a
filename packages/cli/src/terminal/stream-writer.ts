/** Writes to standard output or standard error so that nothing is lost without a word. */
import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

type StandardStream = NodeJS.WriteStream & { readonly fd: number };

export interface StreamWriter {
  /** Never throws. After a failure it does nothing. */
  write(text: string): void;
  /** Resolves when everything was handed on, with the first failure if there was one. Never rejects. */
  flushed(): Promise<NodeJS.ErrnoException | undefined>;
}

/**
 * Takes over a stream of the process: from here on its errors end here, and not the process. Whoever reads may go
 * away at any time.
 */
export function createStreamWriter(stream: StandardStream): StreamWriter {
  // Kept, because what others write to the stream may be led elsewhere later.
  const write = stream.write.bind(stream);
  const direct = writesDirectly(stream.fd);
  let failure: NodeJS.ErrnoException | undefined;
  const fail = (error: Error | null | undefined) => void (failure ??= error ?? undefined);
  stream.on('error', fail);
  return {
    write(text) {
      if (failure !== undefined || text === '') return;
      try {
        if (direct) writeWhole(stream.fd, text);
        else write(text, fail);
      } catch (error) {
        fail(error as Error);
      }
    },
    flushed: () =>
      new Promise((resolve) => {
        if (direct || failure !== undefined) resolve(failure);
        else
          write('', (error) => {
            fail(error);
            resolve(failure);
          });
      }),
  };
}

/** Files, and devices that are not a terminal: a stream of Node takes half a write for a whole one there. */
function writesDirectly(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isFile() || (stat.isCharacterDevice() && !isatty(fd));
  } catch {
    return false;
  }
}

function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
