export { builtinLoaders, builtinSavers } from './builtins.js';
export {
  defineLoader,
  defineSaver,
  type IoColumn,
  type IoContext,
  type IoMetadata,
  type Loaded,
  type Loader,
  type Look,
  type Row,
  type Saver,
  type StreamFacts,
  type StreamMetadata,
} from './contract/io.js';
export { factsNow } from './contract/facts-now.js';
export type { OptionsSchema, SchemaIssue, SchemaResult } from './contract/options-schema.js';
export { parseOptions } from './contract/parse-options.js';
export { type IoErrorCode, ioErrors } from './errors/catalogue.js';
export type { BytesOptions } from './formats/bytes/bytes.js';
export { castField } from './formats/csv/cast-field.js';
export type { ColumnType, CsvLoadOptions, CsvSaveOptions } from './formats/csv/csv-options.js';
export { type JsonPlace, parseJson } from './formats/json/parse-json.js';
export type { JsonLoadOptions, JsonSaveOptions } from './formats/json/json-options.js';
export type { JsonlLoadOptions, JsonlSaveOptions } from './formats/jsonl/jsonl-options.js';
export type { TextLoadOptions, TextSaveOptions } from './formats/text/text.js';
export type { YamlLoadOptions, YamlSaveOptions } from './formats/yaml/yaml-options.js';
export { bindLoader, bindSaver } from './materializers/bind-format.js';
export type {
  BuiltinFrom,
  BuiltinTo,
  PlainValue,
  RowsToSave,
} from './materializers/builtin-materializers.js';
export type { LoaderMaker, SaverMaker } from './materializers/given-options.js';
export {
  createMaterializers,
  from,
  type Materializers,
  to,
} from './materializers/create-materializers.js';
export { loaderWithSchema } from './schema/loader-with-schema.js';
export { fileResources, type MaterializersOptions, type Resolve } from './materializers/file-resources.js';
export { revealStorage, type StorageOptions } from './materializers/storage-options.js';
export { withLocation } from './materializers/with-location.js';
