/** The formats of this package by their type, as an ordinary plugin would bring them. */
import { bytesLoader, bytesSaver } from './formats/bytes/bytes.js';
import { csvLoader } from './formats/csv/csv-loader.js';
import { csvSaver } from './formats/csv/csv-saver.js';
import { jsonLoader } from './formats/json/json-loader.js';
import { jsonSaver } from './formats/json/json-saver.js';
import { jsonlLoader } from './formats/jsonl/jsonl-loader.js';
import { jsonlSaver } from './formats/jsonl/jsonl-saver.js';
import { textLoader, textSaver } from './formats/text/text.js';
import { yamlLoader } from './formats/yaml/yaml-loader.js';
import { yamlSaver } from './formats/yaml/yaml-saver.js';

/** The loaders of this package, by type. */
export const builtinLoaders = {
  csv: csvLoader,
  json: jsonLoader,
  jsonl: jsonlLoader,
  text: textLoader,
  yaml: yamlLoader,
  bytes: bytesLoader,
} as const;

/** The savers of this package, by type. */
export const builtinSavers = {
  csv: csvSaver,
  json: jsonSaver,
  jsonl: jsonlSaver,
  text: textSaver,
  yaml: yamlSaver,
  bytes: bytesSaver,
} as const;
