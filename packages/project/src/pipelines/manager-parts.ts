import type { UnsetValue } from '@flowerpower/config';
import type { Boundary, FileSystem } from '@flowerpower/fs';
import type { AroundImport } from '@flowerpower/modules';
import type { PipelineRunner, UnsetStorage } from '@flowerpower/runtime';
import type { ProjectCode } from '../modules/project-code.js';
import type { RemoteRequest } from '../remote/open-remote.js';
import type { ConfigurationSources } from '../configuration/read-configuration.js';

/** What a project has opened for its pipelines. */
export interface PipelineManagerParts extends ConfigurationSources {
  /** Absolute path of its folder, or its URI. */
  readonly root: string;
  readonly fs: FileSystem;
  /** Which locations may be used. */
  readonly boundary: Boundary;
  readonly code: ProjectCode;
  /** The folder of hooks, relative to the project, or absolute. */
  readonly hooksDir: string;
  readonly runner: PipelineRunner;
  /** Values of its configuration that are not known, since variables are not set. */
  readonly unset: readonly UnsetValue[];
  /** What other projects, which are no folder of this machine, are opened with. */
  readonly opening: Pick<RemoteRequest, 'plugins' | 'storageOptions'> & {
    /** Of these options, those that are not known. */
    readonly unsetStorage: readonly UnsetStorage[];
  };
  readonly aroundImport: AroundImport | undefined;
  readonly onMask: ((mask: (message: string) => string) => void) | undefined;
}
