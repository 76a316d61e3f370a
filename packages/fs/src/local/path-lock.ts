/**
 * One queue per absolute path for the moment in which a file changes, so that a condition is judged and acted on
 * without another writer of this process in between. Process-wide on purpose: two filesystems may share a root.
 */
const tails = new Map<string, Promise<unknown>>();

/** Runs `change` when every earlier change of the same path is done. */
export async function withPathLock<T>(path: string, change: () => Promise<T>): Promise<T> {
  const before = tails.get(path);
  const mine = before === undefined ? change() : before.then(change);
  const tail = mine.catch(() => undefined);
  tails.set(path, tail);
  try {
    return await mine;
  } finally {
    if (tails.get(path) === tail) tails.delete(path);
  }
}
