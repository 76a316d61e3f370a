import type { builtinLoaders, builtinSavers } from '@flowerpower/io';

/** The names that every project has without installing anything, for editors. */
export interface BuiltinNames {
  fileSystems: 'file' | 'memory';
  loaders: keyof typeof builtinLoaders;
  savers: keyof typeof builtinSavers;
  adapters: 'progress';
}
