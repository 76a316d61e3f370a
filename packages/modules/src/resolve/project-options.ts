import { dirname, join } from 'node:path';
import { messageOf } from '@flowerpower/core';
import type { Cache, TsConfigResult } from 'get-tsconfig';
import { moduleError } from '../errors/catalogue.js';
import { statPath } from '../files/file-stamp.js';
import type { ResolutionTrace } from '../files/resolution-trace.js';
import type { Toolchain } from '../toolchain.js';

/** The compiler options that change what a module does at run time. */
export interface CompilerOptions {
  /** `experimentalDecorators`. Standard decorators do not run in Node. */
  readonly legacyDecorators: boolean;
  readonly emitDecoratorMetadata: boolean;
  /** `verbatimModuleSyntax`: an import without `type` stays, used or not. */
  readonly keepUnusedImports: boolean;
  /** False: class fields are assigned in the constructor, those without a value are dropped. */
  readonly useDefineForClassFields: boolean;
}

/** What the tsconfig.json nearest to a file says. */
export interface ProjectOptions {
  readonly compilerOptions: CompilerOptions;
  /** The absolute paths that `paths` and `baseUrl` give a specifier. */
  matchPaths(specifier: string): readonly string[];
}

/**
 * Reads the tsconfig.json that is nearest to a directory, upwards, with all it extends. Each is read once per reader.
 * Raises `FP_MODULE_TSCONFIG`.
 */
export function createProjectOptionsReader(
  trace: ResolutionTrace,
  tools: Toolchain,
): (directory: string) => ProjectOptions {
  const files: Cache = new Map();
  const known = new Map<string, ProjectOptions>();
  return (directory) => {
    let options = known.get(directory);
    if (options === undefined) {
      options = read(directory, files, tools);
      known.set(directory, options);
      traceFiles(files, trace);
    }
    return options;
  };
}

function read(directory: string, files: Cache, tools: Toolchain): ProjectOptions {
  try {
    requireFile(directory);
    return toProjectOptions(tools.getTsconfig(directory, 'tsconfig.json', files), tools);
  } catch (cause) {
    throw moduleError({
      code: 'FP_MODULE_TSCONFIG',
      message: `The tsconfig.json for ${directory} cannot be read: ${messageOf(cause)}`,
      hint: "Check the file and what it 'extends'.",
      places: [{ file: directory }],
      cause,
    });
  }
}

/** The library would wait for ever for the writer of a pipe. */
function requireFile(directory: string): void {
  const file = join(directory, 'tsconfig.json');
  const stats = statPath(file);
  if (stats === undefined) {
    if (dirname(directory) !== directory) requireFile(dirname(directory));
  } else if (!stats.isFile()) throw new Error(`${file} is not a file.`);
}

function toProjectOptions(found: TsConfigResult | null, { createPathsMatcher }: Toolchain): ProjectOptions {
  const { compilerOptions = {} } = found?.config ?? {};
  const matcher = found === null ? null : createPathsMatcher(found);
  return {
    compilerOptions: {
      legacyDecorators: compilerOptions.experimentalDecorators ?? false,
      emitDecoratorMetadata: compilerOptions.emitDecoratorMetadata ?? false,
      keepUnusedImports: compilerOptions.verbatimModuleSyntax ?? false,
      // TypeScript's default: true from ES2022 on.
      useDefineForClassFields:
        compilerOptions.useDefineForClassFields ??
        !/^es(?:[356]|20(?:1\d|2[01]))$/i.test(compilerOptions.target ?? 'esnext'),
    },
    matchPaths: (specifier) => matcher?.(specifier) ?? [],
  };
}

/**
 * get-tsconfig names every file system call in its cache as `operation:path`; nothing else tells which files were
 * read. The version is pinned and a test proves that a change of an extended file is noticed.
 */
function traceFiles(files: Cache, trace: ResolutionTrace): void {
  for (const [call, result] of files as Map<string, unknown>) {
    const [, operation, path] = /^(existsSync|readFileSync):(.+?)(?::utf8)?$/.exec(call) ?? [];
    if (path === undefined) continue;
    if (operation === 'readFileSync') trace.inputs.add(path);
    else if (result === false) trace.absent.add(path);
  }
}
