/** Projects on disk with a real TypeScript, and their checks. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDriver, type Params } from '@flowerpower/core';
import { createModuleImporter } from '@flowerpower/modules';
import { onTestFinished } from 'vitest';
import { checkEdges, type CheckOptions } from '../check-edges.js';
import type { CheckReport } from '../report.js';

const repository = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Where the repository has each release. */
export const releases = { 'TypeScript 7': 'ts7', 'TypeScript 6': 'typescript' } as const;

/** The compiler reads core's declarations as a user's project does: from its build. */
export function buildCoreOnce(): void {
  if (existsSync(join(repository, 'packages/core/dist/index.d.ts'))) return;
  const built = spawnSync(process.execPath, [join(repository, 'tools/bootstrap.mjs')], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The packages cannot be built.');
}

/** As published: without the condition that leads to the sources of this repository. */
function installCore(root: string): void {
  const core = join(repository, 'packages/core');
  const manifest = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8')) as {
    readonly publishConfig: { readonly exports: object };
  };
  const target = join(root, 'node_modules/@flowerpower/core');
  mkdirSync(target, { recursive: true });
  writeFileSync(
    join(target, 'package.json'),
    JSON.stringify({ ...manifest, exports: manifest.publishConfig.exports }),
  );
  symlinkSync(join(core, 'dist'), join(target, 'dist'), 'dir');
}

export interface CheckedProject {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): void;
  /** From now on the project does not find the package of the engine. */
  hideCore(): void;
  /** Loads the modules, builds their graph and checks it. */
  check(request?: CheckRequest): Promise<CheckReport>;
}

interface CheckRequest extends Partial<CheckOptions> {
  /** Default `pipelines/etl.ts`. */
  readonly files?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly params?: Params;
}

/** A project with spaces in its path that is removed when the test ends. */
export function checkedProject(
  files: Readonly<Record<string, string>>,
  release: (typeof releases)[keyof typeof releases] | 'none' = 'ts7',
): CheckedProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'check edges (test)-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (texts: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  };
  write({ 'package.json': '{ "type": "module", "private": true }', ...files });
  installCore(root);
  if (release !== 'none') {
    symlinkSync(realpathSync(join(repository, 'node_modules', release)), join(root, 'node_modules/typescript'), 'dir');
  }
  return {
    root,
    write,
    hideCore: () => rmSync(join(root, 'node_modules/@flowerpower'), { recursive: true }),
    async check({ files: names = ['pipelines/etl.ts'], config, params, ...options } = {}) {
      const importer = createModuleImporter({ root });
      const modules = await Promise.all(names.map((name) => importer.import(name)));
      const { graph } = createDriver({ modules, config: config ?? {}, params: params ?? {} });
      return checkEdges({ root, pipeline: 'etl', graph, modules, ...options });
    },
  };
}
