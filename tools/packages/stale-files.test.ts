import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { staleFiles } from './stale-files.mjs';

const dir = mkdtempSync(join(tmpdir(), 'flowerpower-stale-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a package ships declarations without a source, and code that nothing imports', () => {
  const files = {
    'src/index.ts': '',
    'src/model/view.tsx': '',
    'dist/index.js': "import './chunk-A.js';",
    'dist/index.js.map': '{}',
    'dist/index.d.ts': '',
    'dist/index.d.ts.map': '{}',
    'dist/model/view.d.ts': '',
    'dist/chunk-A.js': "export * from './chunk-B.js';",
    'dist/chunk-B.js': '//# sourceMappingURL=chunk-B.js.map',
    'dist/chunk-B.js.map': '{}',
    'dist/chunk-OLD.js': "import './chunk-OLDER.js'; //# sourceMappingURL=chunk-OLD.js.map",
    'dist/chunk-OLD.js.map': '{}',
    'dist/chunk-OLDER.js': '',
    'dist/model/gone.d.ts': '',
    'dist/model/gone.d.ts.map': '{}',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  expect(staleFiles(dir).toSorted()).toEqual([
    'dist/chunk-OLD.js',
    'dist/chunk-OLD.js.map',
    'dist/chunk-OLDER.js',
    'dist/model/gone.d.ts',
    'dist/model/gone.d.ts.map',
  ]);
  expect(staleFiles(join(dir, 'src'))).toEqual([]);
});
