import { FlowerPowerError, nameList } from '@flowerpower/core';
import {
  type LoadedPipeline,
  type PipelineManager,
  type PipelineRun,
  runInOrder,
} from '@flowerpower/project';
import type { OrderedPipeline, RunControl, RunEvent, RunOutcome } from '@flowerpower/runtime';
import type { CliErrorCode } from '../errors/catalogue.js';
import { exitCodeOf, failure, type StopSignal, success } from '../errors/exit-code.js';
import { allOr, requireNamesOrAll } from '../options/all-or.js';
import { namesOf } from '../options/names-of.js';
import { readValues } from '../options/read-values.js';
import { settingsFrom } from '../options/run-options.js';
import { sliceFrom } from '../options/slice-options.js';
import { jsonText } from '../render/json-value.js';
import { outcomeDocument, renderFailedRun } from '../render/outcome.js';
import { renderOutputs } from '../render/outputs.js';
import { renderEvent } from '../render/progress.js';
import { renderRuns } from '../render/runs.js';
import type { Terminal } from '../terminal/terminal.js';
import { printWarnings, withProject } from './options.js';
import { quietLog, type RunOptions } from './run-pipeline.js';

/** Runs several pipelines, in the order in which they need each other. */
export function runPipelines(
  names: readonly string[],
  options: RunOptions,
  terminal: Terminal,
): Promise<number> {
  terminal.describeErrors(() => ({ status: 'failure', runs: [] }));
  requireNamesOrAll(names, options);
  refuseFlagsOfOne(options);
  const json = options.json === true || options.reporter === 'json';
  const onEvent = (event: RunEvent) => {
    const line = options.quiet ? undefined : renderEvent(event, terminal);
    terminal.flushPrints();
    if (line !== undefined) terminal.err(line);
  };
  return withProject(
    options,
    terminal,
    async ({ pipelineManager, warnings }) => {
      const pipelines = await loadAll(await allOr(names, options, pipelineManager), options, {
        pipelineManager,
        terminal,
        onLoad: (pipeline) => printWarnings(terminal, pipeline.warnings, warnings),
      });
      const inputs = inputsForEach(pipelines, options.inputs ?? []);
      const ordered = pipelineManager.order([...pipelines.values()]);
      const done: PipelineRun[] = [];
      const show = (outcome: RunOutcome) => {
        done.push(outcome);
        terminal.flushPrints();
        if (json) return;
        if (outcome.status !== 'success') terminal.err(renderFailedRun(outcome, terminal));
        else
          terminal.out([
            terminal.paint('bold', outcome.pipeline),
            ...linesOf(renderOutputs(outcome.outputs, terminal)),
          ]);
      };
      const end = (runs: readonly PipelineRun[], stoppedBy = terminal.stoppedBy()) => {
        const exitCode = exitCodeOfRuns(runs, stoppedBy);
        if (json) terminal.document(jsonText(runsDocument(runs, ordered, exitCode, terminal)));
        else terminal.err(['', ...renderRuns(runs, ordered, terminal)]);
        return exitCode;
      };
      const { runs } = await runInOrder(
        ordered,
        async (name) => {
          const pipeline = pipelines.get(name)!;
          const { timeout, grace } = pipeline.configuration.value.run;
          let detach = () => {};
          const outcome = await pipelineManager.settle(
            pipeline,
            { inputs: inputs.get(name), missingOutputs: options.missingOutputs, signal: terminal.signal },
            ({ fail, abandon }: RunControl) =>
              (detach = terminal.guard.attach({
                fail,
                report(cause) {
                  show(
                    cause === 'timeout' ? abandon(cause) : abandon('cancellation', terminal.signal.reason),
                  );
                  end([...done, ...leftOut(ordered, done)], cause === 'timeout' ? undefined : cause);
                },
                timeoutMs: timeout === undefined ? undefined : timeout * 1000,
                graceMs: grace * 1000,
              })),
          );
          detach();
          show(outcome);
          return outcome;
        },
        terminal.signal,
      );
      return end(runs);
    },
    { onEvent, ...(options.quiet && { log: quietLog(terminal) }) },
  );
}

async function loadAll(
  names: readonly string[],
  options: RunOptions,
  {
    pipelineManager,
    terminal,
    onLoad,
  }: {
    readonly pipelineManager: PipelineManager;
    readonly terminal: Terminal;
    readonly onLoad: (pipeline: LoadedPipeline) => void;
  },
): Promise<ReadonlyMap<string, LoadedPipeline>> {
  const set = settingsFrom(options);
  const loaded = new Map<string, LoadedPipeline>();
  for (const name of names) {
    const pipeline = await terminal.guard.load(name, (onLimits) =>
      pipelineManager.load(name, { set }, { forRun: true, onLimits }),
    );
    onLoad(pipeline);
    loaded.set(pipeline.name, pipeline);
  }
  return loaded;
}

/** Flags that mean something for one pipeline only, such as those that name nodes. */
function refuseFlagsOfOne(options: RunOptions): void {
  const { from, to, only, tags } = sliceFrom(options);
  const { reporter, watch, outputs } = options;
  const isText = reporter !== undefined && reporter !== 'default' && reporter !== 'json';
  const given = {
    outputs: namesOf('--outputs', outputs),
    from,
    to,
    only,
    tags,
    watch: watch === true ? true : undefined,
    reporter: isText ? true : undefined,
  };
  const flags = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
  if (flags.length === 0) return;
  const code: CliErrorCode = 'FP_CLI_USAGE';
  throw new FlowerPowerError({
    code,
    message: `${flags.join(', ')} ${flags.length === 1 ? 'is' : 'are'} for one pipeline, and several are to run.`,
    hint: 'Run that pipeline by itself, or leave the flag out.',
  });
}

/** An input goes to the pipelines that have it. @throws FlowerPowerError `FP_CLI_VALUE` for one that none has. */
function inputsForEach(
  pipelines: ReadonlyMap<string, LoadedPipeline>,
  texts: readonly string[],
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const known = new Set<string>();
  const all = new Set<string>();
  const each = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [name, { graph }] of pipelines) {
    const values = readValues('--inputs', texts, (input) => graph.nodes.get(input)?.type);
    const own = Object.entries(values).filter(([input]) => graph.nodes.get(input)?.kind === 'input');
    for (const input of Object.keys(values)) all.add(input);
    for (const [input] of own) known.add(input);
    each.set(name, Object.fromEntries(own));
  }
  const unknown = [...all].filter((input) => !known.has(input));
  if (unknown.length === 0) return each;
  const code: CliErrorCode = 'FP_CLI_VALUE';
  throw new FlowerPowerError({
    code,
    message: `--inputs: none of the ${pipelines.size} pipelines has the input ${nameList(unknown)}.`,
    hint: 'An input goes to the pipelines that have it; one of them must.',
  });
}

/** Those that had not run when the command had to end. */
function leftOut(ordered: readonly OrderedPipeline[], done: readonly PipelineRun[]): PipelineRun[] {
  return ordered
    .filter(({ pipeline }) => !done.some((run) => run.pipeline === pipeline))
    .map(({ pipeline }) => ({ pipeline, status: 'skipped' }));
}

function exitCodeOfRuns(runs: readonly PipelineRun[], stoppedBy: StopSignal | undefined): number {
  const codes = runs.flatMap((run) =>
    run.status === 'success' || run.status === 'skipped' ? [] : [exitCodeOf(run.error, stoppedBy)],
  );
  if (codes.length === 0) return runs.some(({ status }) => status === 'skipped') ? failure : success;
  // A signal ends all of them; else what has failed is the run as a whole.
  const stopped = codes.find((code) => code > 128);
  return stopped ?? (codes.length === 1 ? codes[0]! : failure);
}

function runsDocument(
  runs: readonly PipelineRun[],
  ordered: readonly OrderedPipeline[],
  exitCode: number,
  terminal: Terminal,
): object {
  return {
    status: exitCode === success ? 'success' : 'failure',
    runs: runs.map((run) => {
      const needs = ordered
        .find(({ pipeline }) => pipeline === run.pipeline)!
        .needs.map(({ pipeline }) => pipeline);
      if (run.status === 'skipped')
        return { pipeline: run.pipeline, status: run.status, because: run.because ?? null, needs };
      const code = run.status === 'success' ? success : exitCodeOf(run.error, terminal.stoppedBy());
      return { ...outcomeDocument(run, code, terminal), needs };
    }),
  };
}

function linesOf(lines: string | readonly string[]): readonly string[] {
  return typeof lines === 'string' ? [lines] : lines;
}
