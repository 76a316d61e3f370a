import { setMaxListeners } from 'node:events';

/** Calls back when the signal is aborted. @returns takes the call back. */
export function onceAborted(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => {};
  // Many files may be written at once under one signal; Node 20 takes the eleventh listener for a leak and warns of it.
  if (signal instanceof EventTarget) setMaxListeners(0, signal);
  signal.addEventListener('abort', callback, { once: true });
  return () => signal.removeEventListener('abort', callback);
}
