import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unreadableFile } from '../errors/unreadable-file.js';
import { type FileStamp, stampOf, statPath } from './file-stamp.js';

/** One file as it was at a moment. */
export interface SourceText {
  readonly path: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** The first line, from 1, with bytes that UTF-8 does not allow. Each of them is U+FFFD in the text. */
  readonly malformedLine: number | undefined;
  readonly stamp: FileStamp;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
}

/**
 * Reads a file. The stamp is taken before the content: a change in between makes the stamp too old, never too new.
 * Raises `FP_MODULE_FILE_UNREADABLE`.
 */
export function readSourceText(path: string): SourceText {
  const stats = statPath(path);
  if (stats === undefined) throw unreadableFile(path, new Error('it is gone'));
  const bytes = readBytes(path);
  const text = bytes.toString('utf8');
  return {
    path,
    text: text.startsWith('\uFEFF') ? text.slice(1) : text,
    malformedLine: isUtf8(bytes) ? undefined : malformedLine(bytes),
    stamp: stampOf(stats),
    hash: sha256(bytes),
  };
}

/** No byte of a character is a line break, so that each line can be judged by itself. */
function malformedLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf(10, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
