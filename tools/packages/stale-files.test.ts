import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeStale, staleFiles } from './stale-files.mjs';

const dir = mkdtempSync(join(tmpdir(), 'flowerpower-stale-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a package ships declarations without a source, and code that nothing imports', () => {
  const files = {
    'src/index.ts': '',
    'src/model/view.tsx': '',
    'dist/index.js': "import './chunk-AAAAAAAA.js'; await import('./run-CCCCCCCC.js');",
    'dist/index.js.map': '{}',
    'dist/index.d.ts': '',
    'dist/index.d.ts.map': '{}',
    'dist/model/view.d.ts': '',
    'dist/chunk-AAAAAAAA.js': "export * from './chunk-BBBBBBBB.js';",
    'dist/chunk-BBBBBBBB.js': '//# sourceMappingURL=chunk-BBBBBBBB.js.map',
    'dist/chunk-BBBBBBBB.js.map': '{}',
    'dist/run-CCCCCCCC.js': '',
    'dist/run-OOOOOOOO.js': "import './chunk-ZZZZZZZZ.js'; //# sourceMappingURL=run-OOOOOOOO.js.map",
    'dist/run-OOOOOOOO.js.map': '{}',
    'dist/chunk-ZZZZZZZZ.js': '',
    'dist/gone/away/too.d.ts': '',
    'dist/model/gone.d.ts': '',
    'dist/model/gone.d.ts.map': '{}',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  expect(staleFiles(dir).toSorted()).toEqual([
    'dist/chunk-ZZZZZZZZ.js',
    'dist/gone/away/too.d.ts',
    'dist/model/gone.d.ts',
    'dist/model/gone.d.ts.map',
    'dist/run-OOOOOOOO.js',
    'dist/run-OOOOOOOO.js.map',
  ]);
  expect(staleFiles(join(dir, 'src'))).toEqual([]);

  removeStale(dir);
  expect(staleFiles(dir)).toEqual([]);
  expect(readdirSync(join(dir, 'dist')).toSorted()).toEqual([
    'chunk-AAAAAAAA.js',
    'chunk-BBBBBBBB.js',
    'chunk-BBBBBBBB.js.map',
    'index.d.ts',
    'index.d.ts.map',
    'index.js',
    'index.js.map',
    'model',
    'run-CCCCCCCC.js',
  ]);
  removeStale(join(dir, 'src'));
});
