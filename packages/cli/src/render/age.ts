const units = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const;

/** How long ago something was, as people say it: `3 hours ago`. */
export function age(ms: number): string {
  const [unitMs, unit] = units.find(([length]) => ms >= length) ?? [1000, 'second'];
  const count = Math.max(0, Math.floor(ms / unitMs));
  return count === 0 ? 'just now' : `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
