import { createView, type FileInfo, type FileSystem } from '@flowerpower/fs';

/** The filesystem, on which one file is what a listing said it is: once it has changed, every read of it fails. */
export function pinnedFile(fs: FileSystem, info: FileInfo): FileSystem {
  const { path, version } = info;
  if (version === undefined) return fs;
  const pin = <O extends { readonly ifMatch?: string | undefined }>(asked: string, options: O): O =>
    asked === path && options.ifMatch === undefined ? { ...options, ifMatch: version } : options;
  return {
    ...createView(fs),
    stat: async (asked, options) => (asked === path ? info : fs.stat(asked, options)),
    read: (asked, options = {}) => fs.read(asked, pin(asked, options)),
    readText: (asked, options = {}) => fs.readText(asked, pin(asked, options)),
    readRanges: (asked, ranges, options = {}) => fs.readRanges(asked, ranges, pin(asked, options)),
    createReadStream: (asked, options = {}) => fs.createReadStream(asked, pin(asked, options)),
  };
}
