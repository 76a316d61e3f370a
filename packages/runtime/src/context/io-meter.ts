/** How long a node has waited for filesystems: the time in which at least one of its operations was under way. */
export interface IoMeter {
  begin(): void;
  end(): void;
  /** Milliseconds until now. */
  totalMs(): number;
}

export function createIoMeter(elapsedMs: () => number): IoMeter {
  let active = 0;
  let sinceMs = 0;
  let totalMs = 0;
  return {
    begin() {
      if (active++ === 0) sinceMs = elapsedMs();
    },
    end() {
      if (--active === 0) totalMs += elapsedMs() - sinceMs;
    },
    totalMs: () => totalMs + (active > 0 ? elapsedMs() - sinceMs : 0),
  };
}
