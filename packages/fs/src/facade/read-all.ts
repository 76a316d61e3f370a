import type { DriverReader } from '../contract/file-system-driver.js';

/** Reads an open file to its end into one array and closes it, also on failure. */
export async function readAll(reader: DriverReader, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for (let chunk = await reader.read(); chunk !== undefined; chunk = await reader.read()) {
      signal?.throwIfAborted();
      chunks.push(chunk);
    }
  } catch (error) {
    // The read has failed already; a failing close could only repeat that.
    await reader.close().catch(() => undefined);
    throw error;
  }
  await reader.close();
  return chunks.length === 1 ? chunks[0]! : concat(chunks);
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
