export {
  type Boundary,
  type BoundaryOptions,
  createBoundary,
  type Location,
  type LocationUse,
} from './boundary/create-boundary.js';
export { localPath } from './boundary/local-path.js';
export { workingFolder } from './boundary/working-folder.js';
export { cached, type CachedOptions } from './cached/cached-file-system.js';
export type {
  ByteRange,
  CallOptions,
  Capabilities,
  DeleteDirOptions,
  DeleteOptions,
  FileInfo,
  FileSystem,
  FileWriter,
  ListOptions,
  ReadOptions,
  ReadRangesOptions,
  SignedUrlOptions,
  UnfinishedOptions,
  UnfinishedWrite,
  WriteConditions,
  WriteData,
  WriteOptions,
} from './contract/file-system.js';
export {
  type DriverCall,
  type DriverCapabilities,
  type DriverCopy,
  type DriverDelete,
  DriverFailure,
  type DriverList,
  type DriverRead,
  type DriverReader,
  type DriverUnfinished,
  type DriverWrite,
  type DriverWriter,
  type Failure,
  type FileSystemDriver,
} from './contract/file-system-driver.js';
export { type FsErrorCode, fsErrors } from './errors/catalogue.js';
export {
  FileSystemError,
  type FileSystemErrorOptions,
  type FileSystemErrorReason,
  isFileSystemError,
} from './errors/file-system-error.js';
export { resolveRange } from './facade/check-range.js';
export { copyBetween, type FileLocation } from './facade/copy-between.js';
export { createFileSystem } from './facade/create-file-system.js';
export { createView, type ViewOptions } from './facade/create-view.js';
export { foreignItems, soon } from './facade/foreign-items.js';
export { compileGlob } from './facade/glob.js';
export { createLocalFileSystem, type LocalFileSystemOptions } from './local/create-local-file-system.js';
export { tempName, writerOf } from './local/temp-name.js';
export { stateOfProcess, thisProcess, type WritingProcess } from './local/writing-process.js';
export { createMemoryFileSystem, type MemoryFileSystemOptions } from './memory/create-memory-file-system.js';
export { filesFromKeys, type ListedKey, prefixOf } from './object-store/files-from-keys.js';
export { keysOfLevel } from './object-store/keys-of-level.js';
export { type ObjectLookup, objectLookup, type ObjectLookupOptions } from './object-store/object-lookup.js';
export type { AnsweredBody } from './object-store/answered-range.js';
export { type PartBuffer, partBuffer, type PartBufferOptions } from './object-store/part-buffer.js';
export { rangeHeader } from './object-store/range-header.js';
export {
  type ObjectBody,
  resumingReader,
  type ResumingReaderOptions,
} from './object-store/resuming-reader.js';
export { compareKeys } from './paths/compare-keys.js';
export { joinPath, parentPath } from './paths/normalize-path.js';
export { type ParsedUri, parseUri } from './uri/parse-uri.js';
