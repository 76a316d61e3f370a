/** How long what follows a failure may take: to look what became of a write, and to remove what it left. */
const afterFailureMs = 10_000;

/** A signal for it: that of the call too, where it has one that has not ended yet. */
export function limited(signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(afterFailureMs);
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}
