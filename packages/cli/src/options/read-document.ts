/** Texts from files that the command line names, and from standard input. Nothing endless is waited for. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { FlowerPowerError, messageOf, readProperty } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';

/** More than anybody writes by hand, and far less than memory. */
const maxBytes = 100_000_000;

/** @throws FlowerPowerError `FP_CLI_FILE` for what is not a file of at most 100 MB of UTF-8 text. */
export function readDocument(flag: string, file: string): string {
  return orRefused(`${flag}: the file '${file}' cannot be read`, () => {
    // Looked at before it is opened, which would wait for the writer of a pipe.
    requireFile(statSync(file));
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      requireFile(fstatSync(descriptor));
      return textOf(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** @throws FlowerPowerError `FP_CLI_FILE` for more than 100 MB, and for what is not UTF-8 text. */
export function readStandardInput(flag: string): string {
  return orRefused(`${flag}: standard input cannot be read`, () => textOf(0));
}

/** Says why, in words of a person. */
class Refusal extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

function requireFile(stats: ReturnType<typeof statSync>): void {
  if (stats!.isFile()) return;
  throw new Refusal(
    stats!.isDirectory() ? 'it is a folder' : 'it is a pipe or a device, not a file',
    'Name a file, or give - and write to standard input.',
  );
}

/** Without a byte order mark. */
function textOf(descriptor: number): string {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = new Uint8Array(65_536);
    const size = readOrEnd(descriptor, chunk);
    if (size === 0) break;
    length += size;
    if (length > maxBytes) throw new Refusal('it is longer than 100 MB', 'Load large data with io.load.');
    chunks.push(chunk.subarray(0, size));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal('it is not UTF-8 text', 'Convert it to UTF-8, for example with iconv.');
  }
}

/** Windows has an error for the end of a pipe. */
function readOrEnd(descriptor: number, into: Uint8Array): number {
  try {
    return readSync(descriptor, into);
  } catch (error) {
    if (readProperty(error, 'code') === 'EOF') return 0;
    throw error;
  }
}

function orRefused(what: string, read: () => string): string {
  try {
    return read();
  } catch (cause) {
    const code: CliErrorCode = 'FP_CLI_FILE';
    if (cause instanceof Refusal)
      throw new FlowerPowerError({ code, message: `${what}: ${cause.message}.`, hint: cause.hint });
    const isAbsent = readProperty(cause, 'code') === 'ENOENT';
    const why = isAbsent ? 'it does not exist' : messageOf(cause);
    const hint = isAbsent ? 'A relative path counts from the working folder.' : undefined;
    throw new FlowerPowerError({ code, message: `${what}: ${why}.`, hint, cause });
  }
}
