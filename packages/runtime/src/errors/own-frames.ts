/** Which lines of a stack are FlowerPower's own. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Node's and the parser's of the command line, and those of installed packages of FlowerPower. */
const foreign =
  /node:internal|\(node:|[/\\]node_modules[/\\]commander[/\\]|[/\\]@flowerpower[/\\][^/\\]+[/\\]dist[/\\]|[/\\]node_modules[/\\]flowerpower[/\\]dist[/\\]/;

/**
 * True for a frame of Node, or of FlowerPower's built packages, installed or in their repository.
 *
 * @param self - the URL of a file of this package. Default: this one.
 */
export function isOwnFrame(frame: string, self: string = import.meta.url): boolean {
  if (foreign.test(frame)) return true;
  const packages = /^(.*[/\\])runtime[/\\](?:dist|src)[/\\]/.exec(realPath(fileURLToPath(self)))?.[1];
  if (packages === undefined) return false;
  const at = plain(frame).indexOf(plain(packages));
  return at >= 0 && /^[^/]+\/dist\//.test(plain(frame).slice(at + packages.length));
}

/** A package that is linked into another one may be known by that path. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Frames are written as URLs or as paths. */
function plain(path: string): string {
  return path.replaceAll('\\', '/');
}
