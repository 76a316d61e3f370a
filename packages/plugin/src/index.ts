export {
  definePlugin,
  type FileSystemFactory,
  type Plugin,
  pluginApiVersion,
} from './contract/plugin.js';
export type { FileSystemScheme, LoaderType, Register, SaverType } from './contract/register.js';
export { type PluginErrorCode, pluginErrors } from './errors/catalogue.js';
export {
  createRegistryMaterializers,
  type RegistryFrom,
  type RegistryTo,
} from './materializers/create-registry-materializers.js';
export { builtinPlugin } from './registry/builtin-plugin.js';
export { createRegistry, type Registry } from './registry/create-registry.js';
export { loadPlugin } from './registry/load-plugin.js';
