/** A driver whose root is a directory of another driver. Normal paths cannot climb, so it cannot be left. */
import { DriverFailure, type DriverCopy, type FileSystemDriver } from '../contract/file-system-driver.js';
import { checkPath, joinPath } from '../paths/normalize-path.js';

export function rootedDriver(driver: FileSystemDriver, prefix: string): FileSystemDriver {
  const inside = (path: string): string => {
    // Both parts are normal; joined they may be too long.
    const checked = checkPath(joinPath(prefix, path));
    if ('path' in checked) return checked.path;
    throw new DriverFailure('InvalidPath', `below '${prefix}', ${checked.fault}`);
  };
  const prefixLength = prefix === '' ? 0 : prefix.length + 1;
  const outside = <Info extends { readonly path: string }>(info: Info): Info => ({
    ...info,
    path: info.path.slice(prefixLength),
  });
  return {
    backend: driver.backend,
    scheme: driver.scheme,
    capabilities: driver.capabilities,
    uri: (path) => driver.uri(joinPath(prefix, path)),
    classify: (error) => driver.classify(error),
    stat: async (path, call) => outside(await driver.stat(inside(path), call)),
    openRead: async (path, call) => driver.openRead(inside(path), call),
    openWrite: async (path, call) => {
      const writer = await driver.openWrite(inside(path), call);
      return {
        write: (chunk) => writer.write(chunk),
        close: async () => outside(await writer.close()),
        abort: () => writer.abort(),
      };
    },
    async *list(path, call) {
      const startAfter = call.startAfter === undefined ? undefined : joinPath(prefix, call.startAfter);
      for await (const info of driver.list(inside(path), { ...call, startAfter })) yield outside(info);
    },
    delete: async (path, call) => driver.delete(inside(path), call),
    copy: async (source, target, call) => outside(await driver.copy(inside(source), inside(target), call)),
    // An ability is the presence of its method, so absent methods stay absent.
    ...(driver.move !== undefined && {
      move: async (source: string, target: string, call: DriverCopy) =>
        outside(await driver.move!(inside(source), inside(target), call)),
    }),
    ...(driver.append !== undefined && {
      append: async (path, data, call) => driver.append!(inside(path), data, call),
    }),
    ...(driver.deleteDir !== undefined && {
      deleteDir: async (path, call) => driver.deleteDir!(inside(path), call),
    }),
    ...(driver.listUnfinished !== undefined && {
      async *listUnfinished(path, call) {
        for await (const write of driver.listUnfinished!(inside(path), call)) yield outside(write);
      },
    }),
    ...(driver.deleteUnfinished !== undefined && {
      deleteUnfinished: async (path, call) => driver.deleteUnfinished!(inside(path), call),
    }),
    ...(driver.ensureDir !== undefined && {
      ensureDir: async (path, call) => driver.ensureDir!(inside(path), call),
    }),
    ...(driver.sub !== undefined && { sub: (path: string) => driver.sub!(joinPath(prefix, path)) }),
    ...(driver.signedUrl !== undefined && {
      signedUrl: async (path, options) => driver.signedUrl!(inside(path), options),
    }),
  };
}
