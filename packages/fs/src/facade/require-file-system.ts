import type { FileSystem } from '../contract/file-system.js';
import { badOption } from './require-options.js';

export function isFileSystem(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<FileSystem>).stat === 'function'
  );
}

/** @throws FileSystemError `FP_FS_BAD_OPTION` */
export function requireFileSystem(op: string, name: string, value: unknown): void {
  if (!isFileSystem(value)) throw badOption(op, `${name} must be a FileSystem.`);
}
