import { defineConfig } from 'tsup';

/**
 * The one tsup configuration of the repository: JavaScript and source maps. Declarations come from `tsc`.
 *
 * @param entry - entry files relative to the package, one per public subpath.
 * @param options - `splitting: false` puts what the entries share into each of them instead of a chunk.
 */
export function definePackage(
  entry: readonly string[] = ['src/index.ts'],
  { splitting = true }: { readonly splitting?: boolean } = {},
) {
  return defineConfig({
    entry: [...entry],
    format: 'esm',
    platform: 'node',
    removeNodeProtocol: false,
    target: 'es2023',
    dts: false,
    clean: true,
    sourcemap: true,
    splitting,
    treeshake: true,
    silent: true,
  });
}
