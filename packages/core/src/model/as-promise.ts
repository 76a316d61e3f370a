/**
 * A promise that settles as the thenable does, once. A foreign thenable may settle twice or throw, and even a promise
 * may have a `then` or a constructor of its own that throws; with those the promise rejects.
 */
export function asPromise<T>(value: PromiseLike<T>): Promise<T> {
  try {
    const promise = Promise.resolve(value);
    if (promise !== value || promise.then === Promise.prototype.then) return promise;
  } catch {
    // It cannot be asked for its constructor. Whoever adopts it asks again, and rejects with the reason.
  }
  return adopt(value);
}

/** A function of its own: a closure above would cost every call of it. */
async function adopt<T>(value: PromiseLike<T>): Promise<T> {
  return value;
}
