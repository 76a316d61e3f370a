/** Does what only makes later work cheaper: a disk that is full, read-only or somebody else's may refuse it. */
export function ifTheDiskLets(act: () => void): void {
  try {
    act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  }
}
