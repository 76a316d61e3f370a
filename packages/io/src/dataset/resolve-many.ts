import type { IoContext } from '../contract/io.js';

/** Where a folder or a pattern is, its path in the one form in which others can be put together with it. */
export function resolveMany(
  written: string,
  context: Pick<IoContext, 'resolve'>,
): ReturnType<IoContext['resolve']> {
  const { fs, path } = context.resolve(written);
  const segments = path.replace(/\/$/, '').split('/');
  return { fs, path: segments.filter((segment) => segment !== '.').join('/') };
}
