/** The first SIGINT or SIGTERM asks the command to stop; the second one ends the process at once. */
import { exitCodeOfSignal, type StopSignal } from '../errors/exit-code.js';

export interface SignalWatch {
  readonly signal: AbortSignal;
  /** The signal that asked to stop, if one did. */
  received(): StopSignal | undefined;
  stop(): void;
}

export function watchSignals(): SignalWatch {
  const controller = new AbortController();
  let first: StopSignal | undefined;
  const onSignal = (name: StopSignal) => {
    if (first !== undefined) process.exit(exitCodeOfSignal(name));
    first = name;
    controller.abort(new Error(`Stopped by ${name}.`));
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
