/** What the service says of an object, as the contract says it. */
import type { FileInfo } from '@flowerpower/fs';

/** Of the resource "Objects" of the JSON API. Numbers of 64 bits are texts. */
export interface ObjectResource {
  readonly name: string;
  readonly generation: string;
  readonly size?: string;
  readonly updated?: string;
  readonly etag?: string;
  readonly crc32c?: string;
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly contentDisposition?: string;
  readonly contentLanguage?: string;
  readonly cacheControl?: string;
  readonly customTime?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ObjectInfo extends FileInfo {
  readonly size: number;
}

/** The key of metadata under which a write leaves its mark. */
export const attemptKey = 'flowerpower-write';

export function isObject({ name, generation }: Partial<ObjectResource>): boolean {
  return typeof name === 'string' && typeof generation === 'string';
}

/** Whether some object may be of this version. */
export function isGeneration(version: string): boolean {
  return /^[1-9]\d{0,18}$/.test(version);
}

export function objectInfo(object: ObjectResource): ObjectInfo {
  const { name, size, updated, generation, etag, contentType } = object;
  const { [attemptKey]: _mark, ...metadata } = object.metadata ?? {};
  return {
    path: name,
    type: 'file',
    size: Number(size ?? 0),
    version: generation,
    ...(updated !== undefined && { mtime: new Date(updated) }),
    ...(etag !== undefined && { etag }),
    ...(contentType !== undefined && { contentType }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}
