import type { Boundary, FileSystem } from '@flowerpower/fs';
import type { AroundImport, ModuleImporter } from '@flowerpower/modules';
import type { PipelineRunner } from '@flowerpower/runtime';
import type { ConfigurationSources } from '../configuration/read-configuration.js';

/** What a project has opened for its pipelines. */
export interface PipelineManagerParts extends ConfigurationSources {
  readonly root: string;
  readonly fs: FileSystem;
  /** Which locations may be used. */
  readonly boundary: Boundary;
  readonly importer: ModuleImporter;
  readonly runner: PipelineRunner;
  readonly aroundImport: AroundImport | undefined;
  readonly onMask: ((mask: (message: string) => string) => void) | undefined;
}
