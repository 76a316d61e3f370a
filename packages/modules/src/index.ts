export { type ModuleErrorCode, moduleErrors } from './errors/catalogue.js';
export { importOrStall } from './import-or-stall.js';
export {
  createModuleImporter,
  type AroundImport,
  type ImportedModule,
  type ImportOptions,
  type ModuleImporter,
  type ModuleImporterOptions,
} from './module-importer.js';
