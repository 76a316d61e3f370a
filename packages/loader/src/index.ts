export { type LoaderErrorCode, loaderErrors } from './errors/catalogue.js';
export {
  createModuleLoader,
  type LoadedModule,
  type LoadOptions,
  type ModuleLoader,
  type ModuleLoaderOptions,
} from './module-loader.js';
