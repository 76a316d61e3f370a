/** What the work gives, or the reason of the signal as soon as it is aborted; what the work ends with then is left alone. */
export async function orAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work;
  let stopListening = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    const listener = () => reject(signal.reason as Error);
    if (signal.aborted) listener();
    signal.addEventListener('abort', listener, { once: true });
    stopListening = () => signal.removeEventListener('abort', listener);
  });
  return Promise.race([aborted, work]).finally(stopListening);
}
