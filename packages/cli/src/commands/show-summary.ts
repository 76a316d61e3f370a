import { writeFile } from 'node:fs/promises';
import { FlowerPowerError, messageOf } from '@flowerpower/core';
import { localPath, workingFolder } from '@flowerpower/fs';
import type { CliErrorCode } from '../errors/catalogue.js';
import { success } from '../errors/exit-code.js';
import { showPath } from '../render/show-path.js';
import { summaryLines, summaryPage, summaryPicture, type ShownSummary } from '../render/summary.js';
import { toYaml } from '../render/to-yaml.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface ShowSummaryOptions extends ProjectOptions {
  readonly name?: string;
  readonly cfg?: boolean;
  readonly code?: boolean;
  readonly project?: boolean;
  readonly format?: 'table' | 'json' | 'yaml';
  readonly toHtml?: boolean;
  readonly toSvg?: boolean;
  readonly outputFile?: string;
}

export function showSummary(
  pipeline: string | undefined,
  options: ShowSummaryOptions,
  terminal: Terminal,
): Promise<number> {
  return withProject(options, terminal, async (project) => {
    // Naming a part leaves the others out.
    const all = options.cfg !== true && options.code !== true && options.project !== true;
    const pipelines = await project.pipelineManager.summary({
      name: pipeline ?? options.name,
      config: all || options.cfg === true,
      code: all || options.code === true,
    });
    const { name, root, config } = project;
    const summary: ShownSummary = {
      ...((all || options.project === true) && { project: { name, root, config: withoutSecrets(config) } }),
      pipelines,
    };
    const text = textOf(summary, options);
    if (options.outputFile !== undefined) {
      const file = localPath(options.outputFile, workingFolder);
      await write(file, text ?? `${JSON.stringify(summary, undefined, 2)}\n`);
      if (options.json) printJson(terminal, { file });
      else terminal.out(`Saved the summary to ${showPath(file, terminal.cwd)}`);
    } else if (text === undefined) printJson(terminal, summary);
    else if (options.json) printJson(terminal, options.toHtml ? { html: text } : { svg: text });
    else if (options.toHtml || options.toSvg || options.format === 'yaml') terminal.document(text.trimEnd());
    else terminal.out(text.trimEnd().split('\n'));
    return success;
  });
}

/** Undefined for JSON. */
function textOf(
  summary: ShownSummary,
  { json, format, toHtml, toSvg }: ShowSummaryOptions,
): string | undefined {
  if (toHtml) return summaryPage(summary);
  if (toSvg) return summaryPicture(summary);
  if (json || format === 'json') return undefined;
  return format === 'yaml' ? toYaml(summary) : `${summaryLines(summary).join('\n')}\n`;
}

/** Options of filesystems may hold keys of an account. */
function withoutSecrets({
  storageOptions,
  fileSystems,
  adapter: _adapter,
  ...config
}: object & {
  readonly storageOptions: object;
  readonly fileSystems: object;
  readonly adapter?: unknown;
}): object {
  return { ...config, storageOptions: Object.keys(storageOptions), fileSystems: Object.keys(fileSystems) };
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    const code: CliErrorCode = 'FP_CLI_OUTPUT';
    throw new FlowerPowerError({
      code,
      message: `The summary cannot be written: ${messageOf(cause)}`,
      cause,
    });
  }
}
