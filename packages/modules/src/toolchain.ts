/** The libraries of the cold path. They hold native code and are loaded when the first module must be transformed. */
export interface Toolchain {
  readonly parseSync: typeof import('oxc-parser').parseSync;
  readonly Visitor: typeof import('oxc-parser').Visitor;
  readonly transformSync: typeof import('oxc-transform').transformSync;
  readonly getTsconfig: typeof import('get-tsconfig').getTsconfig;
  readonly createPathsMatcher: typeof import('get-tsconfig').createPathsMatcher;
}

export async function loadToolchain(): Promise<Toolchain> {
  const [{ parseSync, Visitor }, { transformSync }, { getTsconfig, createPathsMatcher }] = await Promise.all([
    import('oxc-parser'),
    import('oxc-transform'),
    import('get-tsconfig'),
  ]);
  return { parseSync, Visitor, transformSync, getTsconfig, createPathsMatcher };
}
