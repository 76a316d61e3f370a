/** The first SIGINT or SIGTERM asks the command to stop; the second one ends the process at once. */
import type { StopSignal } from '../errors/exit-code.js';

export interface SignalWatch {
  readonly signal: AbortSignal;
  /** The signal that asked to stop, if one did. */
  received(): StopSignal | undefined;
  stop(): void;
}

export interface SignalWatchOptions {
  /** Says that the command stops, and what a second signal does. */
  readonly announce: (line: string) => void;
  /** Ends the process; the report comes first. */
  readonly endNow: (signal: StopSignal) => never;
}

export function watchSignals({ announce, endNow }: SignalWatchOptions): SignalWatch {
  const controller = new AbortController();
  let first: StopSignal | undefined;
  const onSignal = (name: StopSignal) => {
    if (first !== undefined) endNow(name);
    first = name;
    announce(stopping(name));
    // What `fetch` and others reject with when they stop for it: a node that stopped has not failed.
    controller.abort(new DOMException(`Stopped by ${name}.`, 'AbortError'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    received: () => first,
    stop() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

/** Said once, as soon as the first signal has arrived. */
export function stopping(signal: StopSignal): string {
  const again = signal === 'SIGINT' ? 'Ctrl-C again' : 'a second signal';
  return `Stopping after ${signal}; ${again} ends the command at once.`;
}
