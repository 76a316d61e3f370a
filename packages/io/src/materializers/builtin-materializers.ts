/** In types: `from` and `to` for the formats of this package. */
import type { DataLoader, OpenRecord } from '@flowerpower/core';
import type * as v from 'valibot';
import type { FolderSaveOptions, FolderTypes } from '../dataset/folder-options.js';
import type { BytesOptions } from '../formats/bytes/bytes.js';
import type { csvLoadOptions, csvSaveOptions } from '../formats/csv/csv-options.js';
import type { jsonLoadOptions, jsonSaveOptions } from '../formats/json/json-options.js';
import type { jsonlLoadOptions, JsonlSaveOptions } from '../formats/jsonl/jsonl-options.js';
import type { textLoadOptions, TextSaveOptions } from '../formats/text/text.js';
import type { yamlLoadOptions, YamlSaveOptions } from '../formats/yaml/yaml-options.js';
import type { GivenOptions, LoaderMaker, NeedsOfOptions, OnlyOptions, SaverMaker } from './given-options.js';
import type { CsvRow, RowsIn, RowsMetadata } from './loaded-values.js';

/** A table: rows, or arrays of rows, at once or as they come. */
export type RowsToSave = Iterable<object> | AsyncIterable<object>;

/** What json and yaml may hold. What an object holds is checked when it is saved. */
export type PlainValue = string | number | boolean | null | object;

type CsvLoad = v.InferInput<typeof csvLoadOptions>;
type JsonlLoad = v.InferInput<typeof jsonlLoadOptions> & FolderTypes;

/** Makers of loaders, by format. Options as in the guide to formats. */
export interface BuiltinFrom {
  /**
   * Rows. A column has the type that `types` gives it, else it holds texts; where the path is written as that of a folder or
   * a pattern, only the files tell.
   */
  readonly csv: <const Given extends GivenOptions<CsvLoad>>(
    options: Given & OnlyOptions<Given, CsvLoad>,
  ) => DataLoader<RowsIn<CsvRow<Given>, Given>, RowsMetadata<Given>, NeedsOfOptions<Given, CsvLoad>>;
  /** Rows. Whether they are what the parameter says, only the file can tell. */
  readonly jsonl: <const Given extends GivenOptions<JsonlLoad>>(
    options: Given & OnlyOptions<Given, JsonlLoad>,
  ) => DataLoader<RowsIn<OpenRecord, Given>, RowsMetadata<Given>, NeedsOfOptions<Given, JsonlLoad>>;
  /** One value. Whether it is what the parameter says, only the file can tell. */
  readonly json: LoaderMaker<v.InferInput<typeof jsonLoadOptions>, unknown>;
  /** One value. Whether it is what the parameter says, only the file can tell. */
  readonly yaml: LoaderMaker<v.InferInput<typeof yamlLoadOptions>, unknown>;
  readonly text: LoaderMaker<v.InferInput<typeof textLoadOptions>, string>;
  readonly bytes: LoaderMaker<BytesOptions, Uint8Array>;
}

/** Makers of savers, by format. Options as in the guide to formats. */
export interface BuiltinTo {
  readonly csv: SaverMaker<v.InferInput<typeof csvSaveOptions> & FolderSaveOptions, RowsToSave>;
  readonly jsonl: SaverMaker<JsonlSaveOptions & FolderSaveOptions, RowsToSave>;
  readonly json: SaverMaker<v.InferInput<typeof jsonSaveOptions>, PlainValue>;
  readonly yaml: SaverMaker<YamlSaveOptions, PlainValue>;
  readonly text: SaverMaker<TextSaveOptions, string>;
  readonly bytes: SaverMaker<BytesOptions, Uint8Array | ArrayBuffer>;
}
