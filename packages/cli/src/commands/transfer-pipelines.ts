import { resolve } from 'node:path';
import { FlowerPowerError } from '@flowerpower/core';
import { localPath, workingFolder } from '@flowerpower/fs';
import { isRemote, type PipelineManager, type TransferredPipelines } from '@flowerpower/project';
import type { CliErrorCode } from '../errors/catalogue.js';
import { success } from '../errors/exit-code.js';
import { readStorageOptions } from '../options/storage-options.js';
import { showPath } from '../render/show-path.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface TransferOptions extends ProjectOptions {
  readonly all?: boolean;
  readonly overwrite?: boolean;
}

export function importPipelines(
  names: readonly string[],
  options: TransferOptions & { readonly from: string },
  terminal: Terminal,
): Promise<number> {
  const from = folder('--from', options.from);
  return transfer(names, options, terminal, {
    some: (manager, settings) => manager.importMany(names, from, settings),
    all: (manager, settings) => manager.importAll(from, settings),
    other: from,
    words: (cwd) => `from ${shown(from, cwd)}`,
  });
}

export function exportPipelines(
  names: readonly string[],
  options: TransferOptions & { readonly to: string },
  terminal: Terminal,
): Promise<number> {
  const to = folder('--to', options.to);
  return transfer(names, options, terminal, {
    some: (manager, settings) => manager.exportMany(names, to, settings),
    all: (manager, settings) => manager.exportAll(to, settings),
    other: to,
    words: (cwd) => `to ${shown(to, cwd)}`,
  });
}

type Settings = Parameters<PipelineManager['importAll']>[1];

interface Ways {
  some(manager: PipelineManager, settings: Settings): Promise<TransferredPipelines>;
  all(manager: PipelineManager, settings: Settings): Promise<TransferredPipelines>;
  readonly other: string;
  /** What is said after what was copied. */
  words(cwd: string): string;
}

function transfer(
  names: readonly string[],
  options: TransferOptions,
  terminal: Terminal,
  { some, all, other, words }: Ways,
): Promise<number> {
  const isAll = options.all === true;
  if (isAll === names.length > 0) throw notOneOf(isAll);
  const storageOptions = readStorageOptions(options.storageOptions);
  return withProject(ofProject(options, storageOptions, other), terminal, async ({ pipelineManager }) => {
    const settings = { overwrite: options.overwrite, storageOptions, signal: terminal.signal };
    const done = await (isAll ? all : some)(pipelineManager, settings);
    if (options.json) printJson(terminal, done);
    else {
      terminal.out(`Copied ${done.pipelines.map((name) => `'${name}'`).join(', ')} ${words(terminal.cwd)}`);
      for (const file of done.written) terminal.out(`  ${file}`);
    }
    return success;
  });
}

/** A project without a plugin for the scheme of the other one has no use for its options. */
function ofProject(
  options: TransferOptions,
  storageOptions: Readonly<Record<string, unknown>> | undefined,
  other: string,
): ProjectOptions {
  const schemeOf = (place = '') => /^([a-z][a-z0-9+.-]+):\/\//i.exec(place)?.[1]?.toLowerCase();
  const scheme = schemeOf(other);
  if (storageOptions === undefined || scheme === undefined || schemeOf(options.baseDir) === scheme)
    return options;
  const { [scheme]: _ofOther, ...others } = storageOptions;
  return { ...options, storageOptions: [JSON.stringify(others)] };
}

function shown(place: string, cwd: string): string {
  return isRemote(place) ? place : showPath(resolve(place), cwd) || '.';
}

function folder(flag: string, text: string): string {
  if (text === '') throw usage(`${flag} names no folder.`, 'Name one. Is a variable of the shell empty?');
  return isRemote(text) ? text : localPath(text, workingFolder);
}

function notOneOf(isAll: boolean): FlowerPowerError {
  return isAll
    ? usage('--all is given together with names.', 'Keep one of them.')
    : usage('No pipeline is named.', 'Name some, or give --all.');
}

function usage(message: string, hint: string): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  return new FlowerPowerError({ code, message, hint });
}
