export {
  type AdapterContext,
  type AdapterFactory,
  defineAdapter,
  type EndedRun,
  type Finding,
  type RunAdapter,
  type WatchedEvent,
  type WatchedRun,
} from './contract/adapter.js';
export {
  defineFileSystem,
  definePlugin,
  type FileSystemContext,
  type FileSystemFactory,
  type Plugin,
  pluginApiVersion,
} from './contract/plugin.js';
export type {
  AdapterName,
  FileSystemScheme,
  LoaderType,
  Register,
  RegisteredLoaders,
  RegisteredSavers,
  SaverType,
  RegisteredStorage,
} from './contract/register.js';
export type { ResultBuilder } from './contract/result-builder.js';
export { type PluginErrorCode, pluginErrors } from './errors/catalogue.js';
export {
  from,
  pluginResources,
  type ProjectFrom,
  type ProjectTo,
  to,
} from './materializers/project-formats.js';
export { builtinPlugin } from './registry/builtin-plugin.js';
export { createRegistry, type Registry } from './registry/create-registry.js';
export { packageOfScheme, packagesLike } from './registry/own-packages.js';
export { loadPlugin } from './registry/load-plugin.js';
