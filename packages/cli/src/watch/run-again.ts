/** Runs something, and runs it again whenever files change, until it is told to stop. */
import type { FileWatch } from './file-watch.js';

export interface RunAgainOptions {
  /**
   * One run, which never rejects. Its signal is aborted when files change meanwhile; what it does is over when the promise
   * settles.
   *
   * @param dependOn - told the files that decide what it does, as soon as they are known.
   */
  readonly run: (signal: AbortSignal, dependOn: FileWatch['set']) => Promise<void>;
  readonly files: FileWatch;
  /** Resolves when it is time to look again; earlier, when the signal is aborted. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
  /** A run is over, and files are looked at. */
  readonly onIdle: () => void;
  /** Files changed; a run that was going on is being stopped. The next one begins when it has ended. */
  readonly onChange: (files: readonly string[], wasRunning: boolean) => void;
  readonly signal: AbortSignal;
}

/** Resolves when the signal is aborted and nothing runs any more. */
export async function runAgain(options: RunAgainOptions): Promise<void> {
  const { run, files, onIdle, onChange, signal } = options;
  while (!signal.aborted) {
    const stop = new AbortController();
    let isRunning = true;
    const running = run(AbortSignal.any([signal, stop.signal]), (named) => files.set(named)).then(() => {
      isRunning = false;
      if (!stop.signal.aborted && !signal.aborted) onIdle();
    });
    let wasRunning = false;
    const changed = await nextChange(options, () => {
      wasRunning = isRunning;
      stop.abort();
    });
    if (!signal.aborted) onChange(changed, wasRunning);
    await running;
  }
}

/** Several files are saved together: a change is complete when a look finds nothing more. */
async function nextChange(
  { files, pause, signal }: Pick<RunAgainOptions, 'files' | 'pause' | 'signal'>,
  onFirst: () => void,
): Promise<string[]> {
  const all = new Set<string>();
  for (;;) {
    await pause(signal);
    if (signal.aborted) return [...all];
    const found = await files.changed();
    if (found.length === 0 && all.size > 0) return [...all];
    if (found.length > 0 && all.size === 0) onFirst();
    for (const file of found) all.add(file);
  }
}
