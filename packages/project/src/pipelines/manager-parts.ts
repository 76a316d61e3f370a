import type { Environment, EnvironmentValue, UnsetValue } from '@flowerpower/config';
import type { Boundary, FileSystem } from '@flowerpower/fs';
import type { AroundImport } from '@flowerpower/modules';
import type { Registry } from '@flowerpower/plugin';
import type { PipelineRunner, UnsetStorage } from '@flowerpower/runtime';
import type { ProjectRuns } from '../runs/project-runs.js';
import type { ProjectCode } from '../modules/project-code.js';
import type { RemoteRequest } from '../remote/open-remote.js';
import type { ProjectEnvironment } from '../configuration/read-environment.js';
import type { ConfigurationSources } from '../configuration/read-configuration.js';

/**
 * Told how texts are masked: `mask` for messages, which holds every text from the environment; `secrets` for what a run gives,
 * which holds declared secrets.
 */
export type OnMask = (mask: (message: string) => string, secrets: (text: string) => string) => void;

/** What a project has opened for its pipelines. */
export interface PipelineManagerParts extends ConfigurationSources {
  /** Absolute path of its folder, or its URI. */
  readonly root: string;
  readonly fs: FileSystem;
  /** Which locations may be used. */
  readonly boundary: Boundary;
  readonly code: ProjectCode;
  /** The plugins of the project, as `plugins:` names them. */
  readonly pluginNames: readonly string[];
  /** The folder of hooks, relative to the project, or absolute. */
  readonly hooksDir: string;
  readonly runner: PipelineRunner;
  readonly registry: Registry;
  /** What its configuration holds that comes from the environment, or is secret. */
  readonly environmentValues: readonly EnvironmentValue[];
  /** Variables as they are now, and those of files that may have changed since the project was opened. */
  readonly readEnvironment: (fs: FileSystem) => Promise<ProjectEnvironment>;
  /** Of the process. */
  readonly processEnvironment: Environment;
  readonly runs: ProjectRuns;
  /** Values of its configuration that are not known, since variables are not set. */
  readonly unset: readonly UnsetValue[];
  /** What other projects, which are no folder of this machine, are opened with. */
  readonly opening: Pick<RemoteRequest, 'plugins' | 'storageOptions'> & {
    /** Of these options, those that are not known. */
    readonly unsetStorage: readonly UnsetStorage[];
  };
  readonly aroundImport: AroundImport | undefined;
  readonly onMask: OnMask | undefined;
}
