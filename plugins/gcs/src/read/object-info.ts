/** What the service says of an object, as the contract says it. */
import type { FileInfo } from '@flowerpower/fs';

/** Of the resource "Objects" of the JSON API. Numbers of 64 bits are texts. */
export interface ObjectResource {
  readonly name: string;
  readonly size?: string;
  readonly updated?: string;
  readonly generation?: string;
  readonly etag?: string;
  readonly contentType?: string;
  readonly crc32c?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ObjectInfo extends FileInfo {
  readonly size: number;
}

export function objectInfo(object: ObjectResource): ObjectInfo {
  const { name, size, updated, generation, etag, contentType, metadata } = object;
  return {
    path: name,
    type: 'file',
    size: Number(size ?? 0),
    ...(updated !== undefined && { mtime: new Date(updated) }),
    ...(generation !== undefined && { version: generation }),
    ...(etag !== undefined && { etag }),
    ...(contentType !== undefined && { contentType }),
    ...(metadata !== undefined && Object.keys(metadata).length > 0 && { metadata }),
  };
}
