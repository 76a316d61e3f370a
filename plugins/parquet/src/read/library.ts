/**
 * The parts of the library that read one column. They stand below its functions for whole files, which would fetch bytes on
 * their own and decompress pages that nobody has looked at. The version is pinned to its minor.
 */
export { assembleNested } from 'hyparquet/src/assemble.js';
export { parquetHeader, readColumn } from 'hyparquet/src/column.js';
export { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
export { getSchemaPath, getTreePath } from 'hyparquet/src/schema.js';
