import { defineConfig } from 'tsup';

/**
 * The one tsup configuration of the repository: JavaScript and source maps. Declarations come from `tsc`.
 *
 * @param entry - entry files relative to the package, one per public subpath; or by the names of what is built.
 * @param options - `external`: imports that stay as they are written. `clean: false` keeps what is built already.
 */
export function definePackage(
  entry: string[] | Record<string, string> = ['src/index.ts'],
  { external = [], clean = true }: { readonly external?: RegExp[]; readonly clean?: boolean } = {},
) {
  return defineConfig({
    entry,
    format: 'esm',
    platform: 'node',
    removeNodeProtocol: false,
    target: 'es2023',
    dts: false,
    clean,
    external,
    sourcemap: true,
    splitting: true,
    treeshake: true,
    silent: true,
  });
}
