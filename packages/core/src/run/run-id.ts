/** A new run id: a UUID version 7 (RFC 9562), so ids sort by time. */
export function createRunId(nowMs: number = Date.now()): string {
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  // Version 4 and version 7 differ in the time and the version alone; the rest is random in both.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUuid().slice(15)}`;
}

/** Browsers have `randomUUID` in secure contexts only, and `getRandomValues` everywhere. */
function randomUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  // Variant 10 with two more bits that are always 0.
  return '********-****-4***-8***-************'.replaceAll('*', () =>
    (crypto.getRandomValues(new Uint8Array(1))[0]! % 16).toString(16),
  );
}
