/** Turns a driver into the FileSystem that programs use. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type DriverCopy, DriverFailure, type FileSystemDriver } from '../contract/file-system-driver.js';
import type {
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
} from '../contract/file-system.js';
import { isFileSystemError } from '../errors/file-system-error.js';
import { byteStream } from './byte-stream.js';
import { checkRange } from './check-range.js';
import { decodeText } from './decode-text.js';
import { compileGlob, planGlob } from './glob.js';
import { type CallSite, Guard } from './guard.js';
import { GuardedWriter } from './guarded-writer.js';
import { callOptions } from './call-options.js';
import { readAll } from './read-all.js';
import { planBlocks, type Range, readRanges } from './read-ranges.js';
import { badOption, requireOptions } from './require-options.js';
import { rootedDriver } from './rooted-driver.js';
import { toBytes } from './to-bytes.js';
import { writeAll } from './write-all.js';

/**
 * Builds a filesystem on a driver. Plugins call it once per connection and hand out the result.
 *
 * @example
 * ```ts
 * import { createFileSystem, type FileSystemDriver } from '@flowerpower/fs';
 *
 * export function createMyFileSystem(driver: FileSystemDriver) {
 *   return createFileSystem(driver);
 * }
 * ```
 */
export function createFileSystem(driver: FileSystemDriver): FileSystem {
  if (typeof (driver as Partial<FileSystemDriver> | null | undefined)?.stat !== 'function')
    throw badOption(
      'createFileSystem',
      'The driver must be an object with the functions of a FileSystemDriver.',
    );
  return new DriverFileSystem(driver);
}

/** Why a condition that asks for the empty text is never met. An `if` for an absent version must not become no condition. */
const noVersion = 'no file has the empty text as its version';

function isWriteData(data: unknown): boolean {
  if (typeof data === 'string') return true;
  return (
    typeof data === 'object' && data !== null && (Symbol.asyncIterator in data || Symbol.iterator in data)
  );
}

class DriverFileSystem implements FileSystem {
  readonly scheme: string;
  readonly capabilities: Capabilities;
  readonly #driver: FileSystemDriver;
  readonly #guard: Guard;

  constructor(driver: FileSystemDriver) {
    this.#driver = driver;
    this.#guard = new Guard(driver);
    this.scheme = driver.scheme;
    this.capabilities = Object.freeze({
      ...driver.capabilities,
      append: driver.append !== undefined,
      nativeMove: driver.move !== undefined,
      signedUrl: driver.signedUrl !== undefined,
    });
  }

  uri(path: string): string {
    return this.#driver.uri(this.#guard.path('uri', path));
  }

  async stat(path: string, options: CallOptions = {}): Promise<FileInfo> {
    const site = this.#site('stat', path, options);
    return this.#guard.run(site, () => this.#driver.stat(site.path, { signal: site.signal }));
  }

  async exists(path: string, options: CallOptions = {}): Promise<boolean> {
    requireOptions('exists', options, callOptions['exists']!);
    try {
      await this.stat(path, options);
      return true;
    } catch (error) {
      if (isFileSystemError(error, 'NotFound')) return false;
      throw error;
    }
  }

  async read(path: string, options: ReadOptions = {}): Promise<Uint8Array> {
    const site = this.#site('read', path, options);
    return this.#guard.run(site, async () => readAll(await this.#openRead(site, options), options.signal));
  }

  async readRanges(
    path: string,
    ranges: readonly Range[],
    options: ReadRangesOptions = {},
  ): Promise<Uint8Array[]> {
    const site = this.#site('readRanges', path, options);
    if (!(Array.isArray(ranges) && ranges.every((range) => typeof range === 'object' && range !== null)))
      throw badOption('readRanges', 'ranges must be a list of ranges, such as [{ start: 0, end: 9 }].');
    const { signal } = options;
    return this.#guard.run(site, async () => {
      for (const range of ranges) checkRange(range);
      // Several requests must not meet several versions.
      const ifMatch =
        options.ifMatch ??
        (planBlocks(ranges).length > 1
          ? (await this.#driver.stat(site.path, { signal })).version
          : undefined);
      return readRanges(ranges, async ({ start, end }) => {
        const reader = await this.#openRead(site, { signal, ifMatch, range: { start, end } });
        return readAll(reader, signal);
      });
    });
  }

  async readText(path: string, options: ReadRangesOptions = {}): Promise<string> {
    requireOptions('readText', options, callOptions['readText']!);
    const text = decodeText(await this.read(path, options));
    if (text !== undefined) return text;
    throw this.#guard.fail(this.#site('readText', path), 'InvalidText', 'the bytes are not UTF-8 text');
  }

  async createReadStream(path: string, options: ReadOptions = {}): Promise<Readable> {
    const site = this.#site('createReadStream', path, options);
    const reader = await this.#guard.run(site, () => this.#openRead(site, options));
    const wrap = (error: unknown) => this.#guard.error(site, error);
    return byteStream(reader, wrap, options.signal);
  }

  async write(path: string, data: WriteData, options: WriteOptions = {}): Promise<FileInfo> {
    const site = this.#file('write', path, options);
    if (!isWriteData(data)) throw badOption('write', 'data must be a text, bytes, or an iterable of them.');
    const { signal } = options;
    const aborted = () => this.#guard.error(site, signal?.reason);
    return writeAll({ open: () => this.#openWrite(site, options), data, signal, aborted });
  }

  async openWrite(path: string, options: WriteOptions = {}): Promise<FileWriter> {
    return this.#openWrite(this.#file('openWrite', path, options), options);
  }

  async append(path: string, data: Uint8Array | string, options: CallOptions = {}): Promise<void> {
    const site = this.#file('append', path, options);
    const { signal } = options;
    if (!this.capabilities.append) throw this.#guard.fail(site, 'Unsupported', 'files cannot be appended to');
    await this.#guard.run(site, async () => this.#driver.append!(site.path, toBytes(data), { signal }));
  }

  async *list(path: string, options: ListOptions = {}): AsyncIterable<FileInfo> {
    const site = this.#site('list', path, options);
    const { signal, recursive = false, includeDirs = !recursive, startAfter, limit = Infinity } = options;
    if (!(limit >= 1)) throw this.#guard.fail(site, 'Unsupported', `limit is at least 1, not ${limit}`);
    let left = limit;
    try {
      signal?.throwIfAborted();
      const entries = this.#driver.list(site.path, { signal, recursive, includeDirs, startAfter });
      for await (const info of entries) {
        signal?.throwIfAborted();
        yield info;
        if (--left <= 0) return;
      }
    } catch (error) {
      throw this.#guard.error(site, error);
    }
  }

  async *glob(pattern: string, options: CallOptions = {}): AsyncIterable<FileInfo> {
    const { path: normal, signal } = this.#site('glob', pattern, options);
    const { base, recursive, literal } = planGlob(normal);
    if (literal) {
      const info = await this.#statOrUndefined(normal, signal);
      if (info?.type === 'file') yield info;
      return;
    }
    const matches = await compileGlob(normal);
    for await (const info of this.list(base, { signal, recursive, includeDirs: false })) {
      if (matches(info.path)) yield info;
    }
  }

  async copy(source: string, target: string, options: CallOptions & WriteConditions = {}): Promise<FileInfo> {
    const site = this.#pair('copy', source, target, options);
    return this.#guard.run(site, () =>
      site.path === site.target
        ? this.#ontoItself(site, options)
        : this.#driver.copy(site.path, site.target, this.#copyCall(options)),
    );
  }

  async move(source: string, target: string, options: CallOptions & WriteConditions = {}): Promise<FileInfo> {
    const site = this.#pair('move', source, target, options);
    return this.#guard.run(site, async () => {
      if (site.path === site.target) return this.#ontoItself(site, options);
      const call = this.#copyCall(options);
      if (this.#driver.move !== undefined) return this.#driver.move(site.path, site.target, call);
      const { version } = await this.#driver.stat(site.path, { signal: options.signal });
      const info = await this.#driver.copy(site.path, site.target, call);
      await this.#removeMoved(site, version, options.signal);
      return info;
    });
  }

  async delete(path: string, options: DeleteOptions = {}): Promise<void> {
    const site = this.#file('delete', path, options);
    const { signal, missingOk = true } = options;
    try {
      await this.#guard.run(site, () => this.#driver.delete(site.path, { signal }));
    } catch (error) {
      if (!(missingOk && isFileSystemError(error, 'NotFound'))) throw error;
    }
  }

  async deleteDir(path: string, options: DeleteDirOptions = {}): Promise<{ deleted: number }> {
    const site = this.#site('deleteDir', path, options);
    const { signal, allowRoot = false } = options;
    if (site.path === '' && !allowRoot) {
      throw this.#guard.fail(
        site,
        'InvalidPath',
        'this would empty the whole filesystem; pass { allowRoot: true }',
      );
    }
    return this.#guard.run(site, async () => {
      if (this.#driver.deleteDir !== undefined) return this.#driver.deleteDir(site.path, { signal });
      const paths: string[] = [];
      for await (const info of this.list(site.path, { signal, recursive: true })) paths.push(info.path);
      for (const file of paths) await this.#driver.delete(file, { signal });
      if (paths.length === 0 && (await this.#statOrUndefined(site.path, signal))?.type === 'file') {
        throw this.#guard.fail(site, 'NotDirectory', 'it is a file');
      }
      return { deleted: paths.length };
    });
  }

  async *listUnfinished(path: string, options: UnfinishedOptions = {}): AsyncIterable<UnfinishedWrite> {
    const site = this.#site('listUnfinished', path, options);
    const { signal, recursive = false } = options;
    try {
      signal?.throwIfAborted();
      for await (const write of this.#driver.listUnfinished?.(site.path, { signal, recursive }) ?? []) {
        signal?.throwIfAborted();
        yield write;
      }
    } catch (error) {
      throw this.#guard.error(site, error);
    }
  }

  async deleteUnfinished(path: string, options: UnfinishedOptions = {}) {
    const site = this.#site('deleteUnfinished', path, options);
    const { signal, recursive = false } = options;
    return this.#guard.run(
      site,
      async () =>
        (await this.#driver.deleteUnfinished?.(site.path, { signal, recursive })) ?? {
          deleted: 0,
          sizeBytes: 0,
        },
    );
  }

  async ensureDir(path: string, options: CallOptions = {}): Promise<void> {
    const site = this.#site('ensureDir', path, options);
    await this.#guard.run(site, async () => this.#driver.ensureDir?.(site.path, { signal: site.signal }));
  }

  async checksum(path: string, algorithm: 'sha256' | 'md5', options: CallOptions = {}): Promise<string> {
    requireOptions('checksum', options, callOptions['checksum']!);
    if (algorithm !== 'sha256' && algorithm !== 'md5')
      throw badOption('checksum', "algorithm must be 'sha256' or 'md5'.");
    const hash = createHash(algorithm);
    for await (const chunk of await this.createReadStream(path, options)) hash.update(chunk as Uint8Array);
    return hash.digest('hex');
  }

  async signedUrl(path: string, options: SignedUrlOptions): Promise<string> {
    const site = this.#file('signedUrl', path, options);
    if (options?.method === undefined || options.expiresInS === undefined)
      throw badOption('signedUrl', "the options need method, 'GET' or 'PUT', and expiresInS.");
    if (!this.capabilities.signedUrl) throw this.#guard.fail(site, 'Unsupported', 'it has no signed URLs');
    return this.#guard.run(site, () => this.#driver.signedUrl!(site.path, options));
  }

  sub(prefix: string): FileSystem {
    const path = this.#guard.path('sub', prefix);
    return new DriverFileSystem(
      path === '' || this.#driver.sub === undefined
        ? rootedDriver(this.#driver, path)
        : this.#driver.sub(path),
    );
  }

  async close(): Promise<void> {
    await this.#guard.run({ op: 'close', path: '' }, async () => this.#driver.close?.());
  }

  #site(op: string, path: string, options: CallOptions = {}): CallSite {
    requireOptions(op, options, callOptions[op]!);
    return { op, path: this.#guard.path(op, path), signal: options.signal };
  }

  /** A site whose path must name a file: the root is refused. */
  #file(op: string, path: string, options?: CallOptions): CallSite {
    const site = this.#site(op, path, options);
    if (site.path === '') throw this.#guard.fail(site, 'IsDirectory', 'the root is a directory');
    return site;
  }

  #pair(op: string, source: string, target: string, options: CallOptions & WriteConditions) {
    const site = { ...this.#file(op, source, options), target: this.#file(op, target).path };
    this.#checkConditions(site, options);
    return site;
  }

  async #openRead(site: CallSite, { range, ifMatch, signal }: ReadOptions) {
    if (range !== undefined) checkRange(range);
    if (ifMatch === '') throw new DriverFailure('PreconditionFailed', noVersion);
    return this.#driver.openRead(site.path, { range, ifMatch, signal });
  }

  async #openWrite(site: CallSite, options: WriteOptions): Promise<FileWriter> {
    const { signal, ifNotExists, ifMatch, durable, contentType, metadata } = options;
    this.#checkConditions(site, options);
    if (!this.capabilities.metadata && (contentType !== undefined || metadata !== undefined)) {
      throw this.#guard.fail(site, 'Unsupported', 'it stores neither content type nor metadata');
    }
    const call = { signal, ifNotExists, ifMatch, durable, contentType, metadata };
    const writer = await this.#guard.run(site, () => this.#driver.openWrite(site.path, call));
    return new GuardedWriter(writer, this.#guard, site);
  }

  #checkConditions(site: CallSite, { ifNotExists, ifMatch }: WriteConditions): void {
    if (!ifNotExists && ifMatch === undefined) return;
    if (ifNotExists && ifMatch !== undefined) {
      throw this.#guard.fail(site, 'Unsupported', 'ifNotExists and ifMatch exclude each other');
    }
    if (this.capabilities.casWrite === 'none') {
      throw this.#guard.fail(site, 'Unsupported', 'it has no conditional writes');
    }
    if (ifMatch === '') throw this.#guard.fail(site, 'PreconditionFailed', noVersion);
  }

  #copyCall({ signal, ifNotExists, ifMatch }: CallOptions & WriteConditions): DriverCopy {
    return { signal, ifNotExists, ifMatch };
  }

  /** What somebody else wrote to the source meanwhile must not go with what was copied. */
  async #removeMoved(
    site: CallSite,
    version: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    try {
      if ((await this.#driver.stat(site.path, { signal })).version !== version)
        throw new DriverFailure('PreconditionFailed', 'it was written to meanwhile');
      await this.#driver.delete(site.path, { signal, ifMatch: version });
    } catch (error) {
      const { reason, message } = this.#guard.error({ op: 'delete', path: site.path, signal }, error);
      const detail = `it was copied to '${site.target}', but the source stays: ${message}`;
      throw this.#guard.error(site, new DriverFailure(reason, detail, error));
    }
  }

  /** Copying or moving a file onto itself changes nothing, but its conditions are judged. */
  async #ontoItself(site: CallSite, { signal, ifNotExists, ifMatch }: CallOptions & WriteConditions) {
    const info = await this.#driver.stat(site.path, { signal });
    if (info.type === 'directory') throw this.#guard.fail(site, 'IsDirectory', 'it is a directory');
    if (ifNotExists) throw this.#guard.fail(site, 'AlreadyExists', 'source and target are the same file');
    if (ifMatch !== undefined && ifMatch !== info.version) {
      throw this.#guard.fail(site, 'PreconditionFailed', 'it has changed since it was read');
    }
    return info;
  }

  async #statOrUndefined(path: string, signal: AbortSignal | undefined): Promise<FileInfo | undefined> {
    try {
      return await this.stat(path, { signal });
    } catch (error) {
      if (isFileSystemError(error, 'NotFound')) return undefined;
      throw error;
    }
  }
}
