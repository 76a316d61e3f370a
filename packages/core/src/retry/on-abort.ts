/**
 * Callbacks for the abort of a signal that many wait for. All of them share one listener, because Node warns of a
 * leak when a signal has more than ten.
 */

const waiting = /* @__PURE__ */ new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when the signal is aborted; at once when it already is.
 *
 * @returns takes the call back; harmless afterwards.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  // A function of its own, so that the same callback may be given twice.
  const call = () => callback();
  const callbacks = waiting.get(signal) ?? listenTo(signal);
  callbacks.add(call);
  return () => void callbacks.delete(call);
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  waiting.set(signal, callbacks);
  signal.addEventListener('abort', () => callbacks.forEach((callback) => callback()), { once: true });
  return callbacks;
}
