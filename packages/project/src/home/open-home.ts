/** Where a project lives: what is open of it before its configuration is read. */
import { join } from 'node:path';
import type { Environment } from '@flowerpower/config';
import { FlowerPowerError } from '@flowerpower/core';
import { type Boundary, createLocalFileSystem, type FileSystem } from '@flowerpower/fs';
import { createModuleImporter } from '@flowerpower/modules';
import type { Plugin } from '@flowerpower/plugin';
import type { ProjectPlace } from '../boundary/project-boundary.js';
import { codeInPlace, type ProjectCode } from '../modules/project-code.js';
import { isRemote } from '../remote/is-remote.js';
import { requireProject } from '../layout/find-project-root.js';
import type { ProjectLayout } from '../layout/project-layout.js';

export interface HomeOptions {
  readonly environment: Environment;
  readonly layout: ProjectLayout;
  readonly plugins?: readonly Plugin[] | undefined;
  readonly storageOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly fs?: FileSystem | undefined;
}

export interface ProjectHome {
  /** Absolute path of the folder, or its URI. */
  readonly root: string;
  readonly place: ProjectPlace;
  readonly fs: FileSystem;
  /** Where its runs are recorded, unless its configuration says otherwise: a folder of this machine. */
  readonly runsFolder: string;
  /** @param boundary - which locations of this machine the project may use. */
  code(boundary: Boundary): ProjectCode;
  /**
   * The plugins of the project, each once: of one that lies elsewhere the plugin of its scheme may be given, be named in its
   * configuration, and have been imported to open it.
   */
  withOwnPlugin(named: readonly Plugin[], given: readonly Plugin[]): readonly Plugin[];
  close(): Promise<void>;
}

/** @throws (rejects) FlowerPowerError `FP_PROJECT_NOT_FOUND` and the other codes of a project that cannot be opened. */
export async function openHome(dir: string, options: HomeOptions): Promise<ProjectHome> {
  if (isRemote(dir)) {
    const { openRemoteHome } = await import('./open-remote-home.js');
    return openRemoteHome(dir, options);
  }
  if (options.fs !== undefined) throw noUri(dir);
  const root = requireProject(dir, options.layout);
  const fs = createLocalFileSystem({ root });
  return {
    root,
    place: { root },
    fs,
    runsFolder: join(root, '.flowerpower', 'runs'),
    code: (boundary) => codeInPlace({ root, boundary, importer: createModuleImporter({ root }) }),
    withOwnPlugin: (named, given) => [...named, ...given],
    close: () => fs.close(),
  };
}

function noUri(dir: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_BAD_OPTION',
    message: `fs is given for '${dir}', which is a folder of this machine.`,
    hint: "Name the project by its URI on that filesystem, such as 'memory://shop/project', or leave fs out.",
  });
}
