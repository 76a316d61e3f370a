/** From what a person wrote to an absolute path of this machine. Looks at the text only, never at the disk. */
import { posix, win32 } from 'node:path';
import { FileSystemError } from '../errors/file-system-error.js';
import { characterFault } from '../paths/normalize-path.js';
import { parseUri } from '../uri/parse-uri.js';

/** No operating system opens a longer path. */
const maxBytes = 4096;

/**
 * Reads a path of this machine: absolute, relative to `base`, or a `file:` URI in any case, which is percent-decoded.
 * `..` stays as it is, because what it means depends on the links in front of it.
 *
 * Refused, since nobody can say what is meant, or the answer would differ between machines: other schemes, `~`, a
 * back-slash or a drive outside of Windows, a drive without a slash (`C:x`), device names (`\\?\`, `\\.\`), empty
 * segments in a relative path, NUL, line breaks, lone surrogates, more than 4096 UTF-8 bytes.
 *
 * @param base - an absolute folder, or what gives it: asked only for a relative path.
 * @param windows - whether to read as Windows does. Default: where this runs.
 * @throws FileSystemError `FP_FS_INVALID_PATH`
 *
 * @example
 * ```ts
 * import { localPath } from '@flowerpower/fs';
 *
 * localPath('data/x.csv', '/home/ada/shop', false); // '/home/ada/shop/data/x.csv'
 * ```
 */
export function localPath(
  text: string,
  base: string | (() => string),
  windows = process.platform === 'win32',
): string {
  const { scheme, path } = parseUri(text);
  if (scheme !== 'file') throw invalidPath(text, `a ${scheme}: location is not a path of this machine`);
  const fault = faultOf(path, windows);
  if (fault !== undefined) throw invalidPath(text, fault);
  const { isAbsolute, sep } = windows ? win32 : posix;
  if (isAbsolute(path)) return path;
  const folder = typeof base === 'string' ? base : base();
  return `${folder}${folder.endsWith(sep) ? '' : sep}${path}`;
}

function faultOf(path: string, windows: boolean): string | undefined {
  if (Buffer.byteLength(path) > maxBytes) return `it is longer than ${maxBytes} UTF-8 bytes`;
  if (/^~(?:$|[^/\\]*[/\\])/.test(path))
    return "'~' is not replaced by a home folder; write the folder, or ${HOME}";
  if (windows) {
    if (/^[/\\]{2}[?.](?:[/\\]|$)/.test(path)) return 'it names a device';
    if (/^[a-z]:(?![/\\])/i.test(path))
      return "it has no slash after its drive, so it depends on the drive's own folder";
  } else {
    if (path.includes('\\')) return "it holds '\\'; separate folders with '/'";
    if (/^[a-z]:(?:\/|$)/i.test(path)) return 'it begins with a drive, which only Windows has';
    if (/^[a-z]:/i.test(path))
      return 'it begins like a drive, so it means something else on Windows; write ./ in front';
  }
  const { isAbsolute } = windows ? win32 : posix;
  const inner = path.replace(windows ? /[/\\]$/ : /\/$/, '');
  if (!isAbsolute(path) && /[/\\]{2}/.test(inner)) return "it has an empty segment ('//')";
  return characterFault(path);
}

export function invalidPath(text: string, fault: string, cause?: unknown): FileSystemError {
  return new FileSystemError({
    reason: 'InvalidPath',
    op: 'locate',
    uri: '',
    backend: 'local',
    message: `'${text}' cannot be used: ${fault}.`,
    hint: 'Write a path relative to the project, for example data/sales.csv.',
    cause,
  });
}
