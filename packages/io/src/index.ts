export {
  arrowColumns,
  type ArrowPolicy,
  type ArrowReader,
  createArrowReader,
  defaultArrowPolicy,
} from './arrow/arrow-reader.js';
export { arrowRowBatches } from './arrow/arrow-row-batches.js';
export { type ArrowTable, isArrowTable } from './arrow/arrow-table.js';
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
export type { FolderFormat } from './dataset/folder-format.js';
export type { FolderSaveOptions, FolderTypes } from './dataset/folder-options.js';
export { loaderWithFolders } from './dataset/loader-with-folders.js';
export { saverWithFolders } from './dataset/saver-with-folders.js';
export { type IoErrorCode, ioErrors } from './errors/catalogue.js';
export type { BytesOptions } from './formats/bytes/bytes.js';
export { castField } from './cells/cast-field.js';
export type { ColumnType } from './cells/column-type.js';
export type { CsvLoadOptions, CsvSaveOptions } from './formats/csv/csv-options.js';
export { type JsonPlace, parseJson } from './formats/json/parse-json.js';
export type { JsonLoadOptions, JsonSaveOptions } from './formats/json/json-options.js';
export type { JsonlLoadOptions, JsonlSaveOptions } from './formats/jsonl/jsonl-options.js';
export type { TextLoadOptions, TextSaveOptions } from './formats/text/text.js';
export type { YamlLoadOptions, YamlSaveOptions } from './formats/yaml/yaml-options.js';
export { bindLoader, bindSaver, loaderMaker, saverMaker } from './materializers/bind-format.js';
export type {
  BuiltinFrom,
  BuiltinTo,
  PlainValue,
  RowsToSave,
} from './materializers/builtin-materializers.js';
export type { LoaderMaker, LoaderMakerOf, SaverMaker, SaverMakerOf } from './materializers/given-options.js';
export type { FormatPlugin, FromPlugins, ToPlugins } from './materializers/plugin-formats.js';
export {
  createMaterializers,
  from,
  type Materializers,
  type MaterializersOptions,
  to,
} from './materializers/create-materializers.js';
export { columnMap } from './options/column-map.js';
export { batchRows as batchRowsOption, path as pathOption } from './options/shared-options.js';
export { loadRows, type RowFormat, type RowOptions } from './rows/load-rows.js';
export { rowBatches } from './rows/row-batches.js';
export { rowsType, savedRowsType } from './rows/rows-type.js';
export { decodeText, readWholeText } from './source/decode-text.js';
export { openSource, type Source, type SourceOptions, type StoredFacts } from './source/open-source.js';
export { type Line, splitLines } from './formats/jsonl/split-lines.js';
export { type Chunks, saveChunks } from './target/save-chunks.js';
export { decimalText } from './numbers/decimal-text.js';
export { dateOf, dayText, type SecondDigits, timestampText, timeText } from './values/time-text.js';
export { checkPlainData } from './values/check-plain-data.js';
export { loaderWithSchema } from './schema/loader-with-schema.js';
export {
  type FilePlace,
  type FileResourcesOptions,
  fileResources,
  type Resolve,
} from './materializers/file-resources.js';
export { fileSystemOf, type NamedFileSystems } from './materializers/file-system-of.js';
export { revealStorage, type StorageOptions } from './materializers/storage-options.js';
export { withLocation } from './materializers/with-location.js';
