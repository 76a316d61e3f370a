/** The limit of promises in flight that all parts of a run share: its nodes, and those of its fan-outs. */
export class Permits {
  readonly limit: number;
  #used = 0;
  #waiting: Set<() => void> | undefined;

  /** @param limit - at least 1, or Infinity. */
  constructor(limit: number) {
    this.limit = limit;
  }

  get isFree(): boolean {
    return this.#used < this.limit;
  }

  take(): void {
    this.#used++;
  }

  /** Gives a permit back and calls those who wait for one, the longest first, while any is free. */
  release(): void {
    this.#used--;
    if (this.#waiting === undefined) return;
    for (const wake of this.#waiting) {
      if (!this.isFree) return;
      this.#waiting.delete(wake);
      wake();
    }
  }

  /** Calls `wake` once, when a permit is free again. */
  wait(wake: () => void): void {
    (this.#waiting ??= new Set()).add(wake);
  }
}
