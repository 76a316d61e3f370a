import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createModuleImporter, type ModuleImporter } from '../module-importer.js';

export interface TempProject {
  readonly root: string;
  readonly importer: ModuleImporter;
  readonly cache: string;
  readonly path: (name: string) => string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
}

const core = fileURLToPath(new URL('../../node_modules/@flowerpower/core', import.meta.url));

/** A project on disk that is removed when the test ends. `@flowerpower/core` is installed as a link. */
export function tempProject(files: Readonly<Record<string, string>>): TempProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'importer test-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const project: TempProject = {
    root,
    importer: createModuleImporter({ root }),
    cache: join(root, 'node_modules/.cache/flowerpower/modules'),
    path: (name) => join(root, name),
    write: (texts) => {
      for (const [name, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
      }
    },
  };
  project.write(files);
  mkdirSync(join(root, 'node_modules/@flowerpower'), { recursive: true });
  symlinkSync(realpathSync(core), join(root, 'node_modules/@flowerpower/core'), 'dir');
  return project;
}
