/** The calls of `node:fs/promises` that the local driver makes: the seam where tests make the nth call fail. */
import { type BigIntStats, constants, type Dirent, readlinkSync } from 'node:fs';
import * as nodeFs from 'node:fs/promises';
import { closeOpened, openHandle, whenHandlesAreFree } from './open-handles.js';

/** The part of a FileHandle that the driver uses. */
export interface NodeFileHandle {
  /** Where the open file is, every link followed; undefined where the operating system does not tell. */
  location(): Promise<string | undefined>;
  stat(): Promise<BigIntStats>;
  read(buffer: Uint8Array, position: number): Promise<{ bytesRead: number }>;
  /** Writes all of `data` at the current position. */
  writeAll(data: Uint8Array): Promise<void>;
  chmod(mode: number): Promise<void>;
  sync(): Promise<void>;
  /** Does nothing when the handle is closed already. */
  close(): Promise<void>;
}

export interface NodeFs {
  /** Does not follow a link at the end, nor wait for the other end of a pipe, where the operating system can be told so. */
  open(path: string, flags: 'r' | 'a' | 'wx'): Promise<NodeFileHandle>;
  stat(path: string): Promise<BigIntStats>;
  lstat(path: string): Promise<BigIntStats>;
  readdir(path: string): Promise<Dirent[]>;
  realpath(path: string): Promise<string>;
  readlink(path: string): Promise<string>;
  /** Makes one directory. With its parents Node would try for ever where the system says that a parent is not there. */
  mkdir(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  copyFile(from: string, to: string): Promise<void>;
  /** Removes a directory and everything in it. */
  removeTree(path: string): Promise<void>;
}

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants;
/** Windows has no such flags. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
const flagBits = { r: O_RDONLY, a: O_WRONLY | O_CREAT | O_APPEND, wx: O_WRONLY | O_CREAT | O_EXCL };

export const nodeFsPort: NodeFs = {
  async open(path, flags) {
    const handle = await openHandle(() => nodeFs.open(path, flagBits[flags] | O_NOFOLLOW | O_NONBLOCK));
    return {
      location: async () => locationOf(handle.fd),
      stat: () => handle.stat({ bigint: true }),
      read: (buffer, position) => handle.read(buffer, 0, buffer.byteLength, position),
      writeAll: (data) => handle.writeFile(data),
      chmod: (mode) => handle.chmod(mode),
      sync: () => handle.sync(),
      close: () => closeOpened(handle),
    };
  },
  stat: (path) => nodeFs.stat(path, { bigint: true }),
  lstat: (path) => nodeFs.lstat(path, { bigint: true }),
  readdir: (path) => whenHandlesAreFree(() => nodeFs.readdir(path, { withFileTypes: true })),
  realpath: (path) => nodeFs.realpath(path),
  readlink: (path) => nodeFs.readlink(path),
  async mkdir(path) {
    await nodeFs.mkdir(path);
  },
  rename: (from, to) => nodeFs.rename(from, to),
  link: (from, to) => nodeFs.link(from, to),
  unlink: (path) => nodeFs.unlink(path),
  copyFile: (from, to) =>
    whenHandlesAreFree(() => nodeFs.copyFile(from, to, nodeFs.constants.COPYFILE_FICLONE)),
  removeTree: (path) => nodeFs.rm(path, { recursive: true }),
};

/** Linux shows open files as links to where they are. No disk is asked, so a thread for it would cost five times as much. */
function locationOf(fd: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}
