/** A minifier shortens the names of classes; those of errors are read by people and compared by programs. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('an error of a minified bundle had a name of one letter', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  const core: typeof import('../index.js') = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`
  );
  const fail = () => {
    throw new core.FatalError('no');
  };
  const m = { a: core.node(() => 1, core.checkOutput(core.inRange(2, 3), { importance: 'fail' })), b: fail };
  const run = (output: 'a' | 'b') => core.createDriver({ modules: [m] }).runSync([output]).error;
  const problem = { code: 'FP_X', message: 'x' } as const;
  const errors: Record<string, unknown> = {
    FlowerPowerError: new core.FlowerPowerError(problem),
    NodeExecutionError: run('b'),
    DataValidationError: run('a')?.cause,
    RetryableError: new core.RetryableError('x'),
    FatalError: run('b')?.cause,
  };
  for (const [name, error] of Object.entries(errors)) {
    expect(error).toMatchObject({ name });
    expect(String(error)).toContain(`${name}: `);
  }
});
