/** Opens the folder that a URI names, before there is a project that could say how. */
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, FlowerPowerError } from '@flowerpower/core';
import { type FileSystem, parseUri, workingFolder } from '@flowerpower/fs';
import { createRegistry, loadPlugin, packageOfScheme, type Plugin } from '@flowerpower/plugin';
import { openLocation } from '@flowerpower/runtime';

export interface RemoteRequest {
  readonly uri: string;
  readonly plugins?: readonly Plugin[] | undefined;
  /** By scheme. */
  readonly storageOptions?: Readonly<Record<string, unknown>> | undefined;
  /** The filesystem of the authority of the URI, in place of one that a plugin makes. Stays its owner's to close. */
  readonly fs?: FileSystem | undefined;
}

export interface RemoteFolder {
  /** Rooted at the folder. */
  readonly fs: FileSystem;
  /** Without a slash at its end. */
  readonly uri: string;
  /** The plugin that was imported for the scheme. */
  readonly plugin: Plugin | undefined;
  /** Tells the folder from every other one, in every process; undefined where nothing does. */
  readonly identity: string | undefined;
  close(): Promise<void>;
}

/**
 * @throws (rejects) FlowerPowerError `FP_UNKNOWN_SCHEME`, saying which package to install; `FP_PLUGIN_…` for one that
 *   cannot be used; what `openLocation` throws; `FP_BAD_OPTION` for a filesystem of another scheme; FileSystemError
 *   `FP_FS_INVALID_PATH`.
 */
export async function openRemote({
  uri,
  plugins = [],
  storageOptions,
  fs,
}: RemoteRequest): Promise<RemoteFolder> {
  const { scheme, path } = parseUri(uri);
  if (fs !== undefined) {
    const folder = folderOf(givenFor(fs, uri), path);
    return { ...folder, plugin: undefined, identity: undefined, close: async () => {} };
  }
  const given = createRegistry(plugins);
  const packageName = packageOfScheme(scheme);
  const isMissing = packageName !== undefined && !given.schemes.includes(scheme);
  const plugin = isMissing ? await importBeside(packageName) : undefined;
  if (isMissing && plugin === undefined) throw notInstalled(scheme, packageName);
  const registry = plugin === undefined ? given : createRegistry([...plugins, plugin]);
  const options = storageOptions?.[scheme] as Readonly<Record<string, unknown>> | undefined;
  const opened = openLocation(registry, uri, options);
  try {
    const folder = folderOf(opened.fs, opened.path);
    const digest = fingerprint([folder.uri, options]);
    return { ...folder, plugin, identity: 'hash' in digest ? digest.hash : undefined, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function folderOf(fs: FileSystem, path: string): { readonly fs: FileSystem; readonly uri: string } {
  const rooted = path === '' ? fs : fs.sub(path);
  return { fs: rooted, uri: rooted.uri('').replace(/\/$/, '') };
}

function givenFor(fs: FileSystem, uri: string): FileSystem {
  const [own, asked] = [parseUri(fs.uri('')), parseUri(uri)];
  if (own.scheme === asked.scheme && own.authority === asked.authority) return fs;
  throw new FlowerPowerError({
    code: 'FP_BAD_OPTION',
    message: `fs is the filesystem of ${fs.uri('')}, and ${uri} is not on it.`,
    hint: 'Give the filesystem that the URI belongs to, or leave fs out.',
  });
}

/** There is no file yet in which it could be named. */
function notInstalled(scheme: string, packageName: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_UNKNOWN_SCHEME',
    message: `There is no filesystem for ${scheme}:// URIs: ${packageName} is not installed.`,
    hint: `In the working folder: npm install ${packageName}`,
  });
}

/** Undefined where it is not installed, neither for the working folder nor for this program. */
async function importBeside(packageName: string): Promise<Plugin | undefined> {
  for (const origin of [join(workingFolder(), 'package.json'), import.meta.url]) {
    let file: string;
    try {
      file = realpathSync(createRequire(origin).resolve(packageName));
    } catch {
      continue;
    }
    return loadPlugin(packageName, () => import(pathToFileURL(file).href));
  }
  return undefined;
}
