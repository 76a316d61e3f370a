import { fileURLToPath } from 'node:url';
import { FileSystemError } from '../errors/file-system-error.js';

export interface ParsedUri {
  /** Lower case; `file` for a bare path. */
  readonly scheme: string;
  /** Bucket, host or namespace; `''` for local paths. */
  readonly authority: string;
  /** Local: a path of this machine, absolute or relative. Otherwise the key, literally as written. */
  readonly path: string;
}

// A one-letter scheme is a Windows drive, so a scheme has at least two characters here.
const uriPattern = /^([a-z][a-z0-9+.-]+):\/\/([^/]*)\/?([\s\S]*)$/i;

/** What a URL parser takes for a query or a fragment, and the white space that it throws away. */
// oxlint-disable-next-line no-control-regex -- control characters are what URLs drop
const droppedByUrls = /[?#]|[\0-\x1f]|\s$/;

const fileUriForm = 'A file URI is file:///folder/name, with %20 for a blank, %23 for # and %3F for ?.';

/**
 * Takes a path or URI apart without interpreting the key: `#`, `?`, `%` and `+` are ordinary characters in
 * object keys, so they are kept.
 *
 * - `data/x.csv`, `/data/x.csv`, `C:\data\x.csv`: scheme `file`, path as written.
 * - `file:///data/x.csv`: scheme `file`, the path of this machine, percent-decoded.
 * - `s3://bucket/a#b?c`: scheme `s3`, authority `bucket`, path `a#b?c`.
 *
 * Raises FP_FS_INVALID_PATH for an empty string, credentials in the authority (their text is not repeated in the
 * error), `scheme:/x` with one slash, and `file:` URIs that name another machine or hold a query or a fragment.
 *
 * @example
 * ```ts
 * import { parseUri } from '@flowerpower/fs';
 *
 * parseUri('s3://bucket/raw/2026.csv'); // { scheme: 's3', authority: 'bucket', path: 'raw/2026.csv' }
 * ```
 */
export function parseUri(uri: string): ParsedUri {
  if (uri === '') throw invalid('', 'The path is empty.');
  const match = uriPattern.exec(uri);
  if (match === null) {
    if (/^file:/i.test(uri)) throw invalid(uri, `'${uri}' is not a file: URI.`, fileUriForm);
    const slip = /^([a-z][a-z0-9+.-]+):\/(?!\/)/i.exec(uri);
    if (slip !== null) throw invalid(uri, `'${uri}' has one slash after '${slip[1]}:'; a URI has two.`);
    return { scheme: 'file', authority: '', path: uri };
  }
  const scheme = match[1]!.toLowerCase();
  const authority = match[2]!;
  if (authority.includes('@')) {
    throw invalid(
      `${scheme}://…`,
      `A ${scheme}:// URI carries credentials in front of '@'.`,
      'Put credentials into the environment or the storage options, never into a URI.',
    );
  }
  if (scheme !== 'file') return { scheme, authority, path: match[3]! };
  const dropped = droppedByUrls.exec(uri)?.[0];
  if (dropped !== undefined) {
    throw invalid(
      uri,
      `'${uri}' holds ${JSON.stringify(dropped)}, which is not a part of a path there.`,
      fileUriForm,
    );
  }
  try {
    return { scheme, authority: '', path: fileURLToPath(uri) };
  } catch (cause) {
    throw invalid(
      uri,
      `'${uri}' does not name a file of this machine: ${(cause as Error).message}`,
      undefined,
      cause,
    );
  }
}

function invalid(uri: string, message: string, hint?: string, cause?: unknown): FileSystemError {
  return new FileSystemError({
    reason: 'InvalidPath',
    op: 'parseUri',
    uri,
    backend: 'uri',
    message,
    hint,
    cause,
  });
}
