import type { PipelineOverrides } from '@flowerpower/project';
import type { RunEvent } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import { readValues } from '../options/read-values.js';
import { toJsonValue } from '../render/json-value.js';
import { renderOutputs } from '../render/outputs.js';
import { renderEvent } from '../render/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, printWarnings, type ProjectOptions, withProject } from './options.js';

export interface RunOptions extends ProjectOptions {
  readonly inputs?: readonly string[];
  readonly config?: readonly string[];
  readonly set?: readonly string[];
  readonly outputs?: readonly string[];
  readonly cache?: boolean;
  readonly executor?: string;
  readonly maxConcurrency?: number;
  readonly maxRetries?: number;
  readonly retryDelay?: number;
  readonly timeout?: number;
  readonly onError?: 'fail' | 'continue';
  readonly logLevel?: string;
  readonly quiet?: boolean;
}

export function runPipeline(name: string, options: RunOptions, terminal: Terminal): Promise<number> {
  const onEvent = (event: RunEvent) => {
    const line = options.quiet ? undefined : renderEvent(event, terminal);
    terminal.flushPrints();
    if (line !== undefined) terminal.err(line);
  };
  return withProject(
    options,
    terminal,
    async ({ pipelineManager, warnings }) => {
      const pipeline = await pipelineManager.load(name, configurationOf(options));
      printWarnings(terminal, pipeline.warnings, warnings);
      const typeOf = (input: string) => pipeline.graph.nodes.get(input)?.type;
      const result = await pipelineManager.run(pipeline, {
        inputs: readValues('--inputs', options.inputs ?? [], typeOf),
        outputs: options.outputs,
        signal: terminal.signal,
      });
      if (options.json) {
        printJson(terminal, { status: 'success', ...result, outputs: toJsonValue(result.outputs) });
      } else {
        if (!options.quiet) terminal.err('');
        terminal.out(renderOutputs(result.outputs, terminal));
      }
      return success;
    },
    { onEvent },
  );
}

function configurationOf(options: RunOptions): PipelineOverrides {
  const { cache, executor, maxConcurrency, maxRetries, retryDelay, timeout, onError, logLevel } = options;
  const given = {
    config: readValues('--config', options.config ?? [], () => undefined),
    ...(cache !== undefined && { cache }),
    ...(executor !== undefined && { executor: { type: executor } }),
    retry: {
      ...(maxRetries !== undefined && { maxRetries }),
      ...(retryDelay !== undefined && { retryDelay }),
    },
    ...(maxConcurrency !== undefined && { maxConcurrency }),
    ...(timeout !== undefined && { timeout }),
    ...(onError !== undefined && { onError }),
    ...(logLevel !== undefined && { logLevel }),
  };
  return { ...given, set: options.set } as PipelineOverrides;
}
