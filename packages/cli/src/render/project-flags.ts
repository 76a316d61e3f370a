import { shellWord } from './shell-word.js';

export interface ProjectFlags {
  readonly baseDir?: string | undefined;
  readonly storageOptions?: readonly string[] | undefined;
  readonly env?: string | undefined;
  readonly allowOutside?: readonly string[] | undefined;
}

/** The flags that name the same project again in a command that people are to copy, each with a blank in front. */
export function projectFlags({ baseDir, storageOptions = [], env, allowOutside = [] }: ProjectFlags): string {
  const flags = [
    ...(baseDir === undefined ? [] : [['--base-dir', baseDir]]),
    ...storageOptions.map((option) => ['--storage-options', option]),
    ...(env === undefined ? [] : [['--env', env]]),
    ...allowOutside.map((folder) => ['--allow-outside', folder]),
  ];
  return flags.map(([flag, value]) => ` ${flag} ${shellWord(value!)}`).join('');
}
