import { localPath, workingFolder } from '@flowerpower/fs';
import { isRemote, newProject } from '@flowerpower/project';
import { success } from '../errors/exit-code.js';
import { readStorageOptions } from '../options/storage-options.js';
import { projectFlags } from '../render/project-flags.js';
import { showPath } from '../render/show-path.js';
import { shellWord } from '../render/shell-word.js';
import type { Terminal } from '../terminal/terminal.js';
import { version } from '../version.js';
import { type CommonOptions, printJson } from './options.js';

export interface InitOptions extends CommonOptions {
  readonly name?: string;
  readonly overwrite?: boolean;
  readonly storageOptions?: readonly string[];
}

export async function init(dir: string, options: InitOptions, terminal: Terminal): Promise<number> {
  const made = await newProject({
    dir: isRemote(dir) ? dir : localPath(dir, workingFolder),
    storageOptions: readStorageOptions(options.storageOptions),
    name: options.name,
    overwrite: options.overwrite,
    version: version(),
  });
  if (options.json) {
    printJson(terminal, made);
    return success;
  }
  const place = showPath(made.root, terminal.cwd) || '.';
  terminal.out(`Created the project '${made.name}' in ${place}`);
  for (const file of made.written) terminal.out(`  ${file}`);
  for (const file of made.kept) terminal.err(`kept ${file}, which was already there`);
  if (isRemote(dir)) {
    const flags = projectFlags({ baseDir: place, storageOptions: options.storageOptions });
    const steps = ['new hello', 'run hello'].map((step) => `  npx flowerpower pipeline ${step}${flags}`);
    terminal.err(['', 'Next:', ...steps]);
    return success;
  }
  const steps = [
    ...(place === '.' ? [] : [`cd ${shellWord(place)}`]),
    // A package.json that was there says nothing of what a project needs.
    ...(made.kept.includes('package.json')
      ? ['npm install flowerpower', 'npm install --save-dev typescript @types/node']
      : ['npm install']),
    'npx flowerpower pipeline new hello',
    'npx flowerpower pipeline run hello',
  ];
  terminal.err(['', 'Next:', ...steps.map((step) => `  ${step}`)]);
  return success;
}
