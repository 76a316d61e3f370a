import { basename, dirname, extname } from 'node:path';
import { FlowerPowerError } from '@flowerpower/core';
import { createLocalFileSystem, isFileSystemError, localPath, workingFolder } from '@flowerpower/fs';
import { isRemote } from '@flowerpower/project';
import type { CliErrorCode } from '../errors/catalogue.js';
import { success } from '../errors/exit-code.js';
import { showPath } from '../render/show-path.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

type Format = 'svg' | 'png' | 'pdf' | 'mermaid' | 'dot' | 'json';

export interface SaveDagOptions extends ProjectOptions {
  readonly format?: Format;
  readonly outputPath?: string;
}

const formatOfEnding: Readonly<Record<string, Format>> = {
  '.svg': 'svg',
  '.png': 'png',
  '.pdf': 'pdf',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.dot': 'dot',
  '.gv': 'dot',
  '.json': 'json',
};

const endingOf: Readonly<Record<Format, string>> = {
  svg: '.svg',
  png: '.png',
  pdf: '.pdf',
  mermaid: '.mmd',
  dot: '.dot',
  json: '.json',
};

export function saveDag(name: string, options: SaveDagOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager, root }) => {
    const format = options.format ?? formatFrom(options.outputPath);
    const text = options.outputPath ?? `${name}${endingOf[format]}`;
    const path = isRemote(text) ? text : localPath(text, workingFolder);
    const save = () =>
      // A picture of what lies elsewhere is this shell's, wherever it wants it.
      isRemote(root) && !isRemote(path)
        ? pipelineManager.draw(name, format).then((picture) => writePicture(path, picture))
        : pipelineManager.saveDrawing(name, format, path);
    const file = await terminal.guard.load(name, save).catch(asOutputFault);
    const shown = showPath(file, terminal.cwd);
    if (options.json) printJson(terminal, { pipeline: name, format, file });
    else terminal.out(`Saved the graph of '${name}' to ${shown}`);
    return success;
  });
}

async function writePicture(path: string, picture: string | Uint8Array): Promise<string> {
  const fs = createLocalFileSystem({ root: dirname(path) });
  try {
    await fs.write(basename(path), picture);
    return path;
  } finally {
    await fs.close();
  }
}

/** The picture was drawn: that it cannot be written is no wrong use of the command. */
function asOutputFault(error: unknown): never {
  if (!isFileSystemError(error) || error.op !== 'write') throw error;
  const code: CliErrorCode = 'FP_CLI_OUTPUT';
  const message = `The picture cannot be written: ${error.message}`;
  throw new FlowerPowerError({ code, message, hint: error.hint, cause: error });
}

function formatFrom(path: string | undefined): Format {
  if (path === undefined) return 'svg';
  const format = formatOfEnding[extname(path).toLowerCase()];
  if (format !== undefined) return format;
  const code: CliErrorCode = 'FP_CLI_USAGE';
  throw new FlowerPowerError({
    code,
    message: `The ending of '${path}' names no picture format.`,
    hint: `Use one of ${Object.keys(formatOfEnding).join(', ')}, or give --format.`,
  });
}
