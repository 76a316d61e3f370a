/** A number of bytes as people read it: `812 bytes`, `3.4 MB`. Powers of 1000. */
export function byteSize(bytes: number): string {
  const units = ['KB', 'MB', 'GB', 'TB'];
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes;
  let unit = '';
  for (const next of units) {
    // 999.95 would be shown as 1000.0.
    if (value < 999.95) break;
    value /= 1000;
    unit = next;
  }
  return `${value.toFixed(1)} ${unit}`;
}
