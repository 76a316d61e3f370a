import { defineConfig } from 'vitest/config';

const source = ['@flowerpower/source'];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    include: ['{packages,plugins}/*/src/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'tools/**/*.test.ts'],
    setupFiles: ['tools/vitest.setup.ts'],
    pool: 'threads',
    maxWorkers: '100%',
    // Files share their worker and the modules in it, for a third of the time went into importing them again. What a
    // file leaves changed fails it: see the setup.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Only a test that hangs meets them: beside three others on a busy machine an honest one takes a minute.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
