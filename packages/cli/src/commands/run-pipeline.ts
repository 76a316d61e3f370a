import {
  createLogger,
  type Logger,
  maskStrings,
  type RunControl,
  type RunEvent,
  type RunOutcome,
} from '@flowerpower/runtime';
import type { LoadedPipeline } from '@flowerpower/project';
import { exitCodeOf, failure, type StopSignal, success } from '../errors/exit-code.js';
import { namesOf } from '../options/names-of.js';
import { refuseBound } from '../options/refuse-bound.js';
import { readValues } from '../options/read-values.js';
import { type RunFlags, settingsFrom } from '../options/run-options.js';
import { type SliceFlags, sliceFrom } from '../options/slice-options.js';
import { errorDocument } from '../render/error.js';
import { jsonText } from '../render/json-value.js';
import { renderOutputs } from '../render/outputs.js';
import { documentBeforeRun, outcomeDocument, renderFailedRun } from '../render/outcome.js';
import { startProgress, type LiveProgress } from '../live/live-progress.js';
import { createReport, type Report } from '../reporters/report.js';
import type { ReporterName } from '../reporters/reporter-names.js';
import { projectFlags } from '../render/project-flags.js';
import { resumeHint } from '../render/resume-hint.js';
import { renderEvent } from '../render/progress.js';
import type { GuardedRun } from '../terminal/guard.js';
import type { Terminal } from '../terminal/terminal.js';
import { logSink, printWarnings, type ProjectOptions, withProject } from './options.js';

export interface RunOptions extends ProjectOptions, RunFlags, SliceFlags {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly reporter?: ReporterName;
  readonly watch?: boolean;
  /** The id of the run to go on from; `name` is its pipeline. */
  readonly resume?: string;
  readonly force?: boolean;
}

/** For whoever runs it again and again. */
export interface RunHooks {
  onLoaded(pipeline: LoadedPipeline): void;
  /** Whether nobody wants to read how the run ended. */
  isMuted(): boolean;
}

/** One pipeline, several of them, or what they would do. */
export async function run(
  names: readonly string[],
  options: RunOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.dryRun === true) return (await import('./plan.js')).planPipelines(names, options, terminal);
  const [name, ...others] = names;
  if (name === undefined || others.length > 0 || options.all === true)
    return (await import('./run-pipelines.js')).runPipelines(names, options, terminal);
  if (options.watch) return (await import('./watch-pipeline.js')).watchPipeline(name, options, terminal);
  return runOnce(name, options, terminal);
}

export async function runOnce(
  name: string,
  options: RunOptions,
  terminal: Terminal,
  hooks?: RunHooks,
): Promise<number> {
  const report = createReport(options.reporter, terminal);
  const json = options.json === true || options.reporter === 'json';
  try {
    return await runReported(name, { ...options, json }, terminal, report, hooks);
  } catch (error) {
    report.error(name, error);
    throw error;
  } finally {
    report.end();
  }
}

function runReported(
  name: string,
  options: RunOptions,
  terminal: Terminal,
  report: Report,
  hooks: RunHooks | undefined,
): Promise<number> {
  terminal.describeErrors((exitCode) => documentBeforeRun(name, exitCode));
  let progress: LiveProgress | undefined;
  const onEvent = (event: RunEvent) => {
    const line = options.quiet || hooks?.isMuted() ? undefined : renderEvent(event, terminal);
    terminal.flushPrints();
    // What goes on is shown by the region.
    if (line !== undefined && (progress === undefined || event.type !== 'node.progress')) terminal.err(line);
    progress?.see(event);
  };
  return withProject(
    options,
    terminal,
    async ({ pipelineManager, runs, warnings }) => {
      const set = settingsFrom(options);
      const { resume: from, force } = options;
      const { pipeline, overrides } = await terminal.guard.load(name, async (onLimits) =>
        from === undefined
          ? {
              pipeline: await pipelineManager.load(name, { set }, { forRun: true, onLimits }),
              overrides: undefined,
            }
          : pipelineManager.prepareResume(from, { set, force }, { onLimits }),
      );
      hooks?.onLoaded(pipeline);
      printWarnings(terminal, pipeline.warnings, warnings);
      const typeOf = (input: string) => pipeline.graph.nodes.get(input)?.type;
      const { timeout, grace, onError } = pipeline.configuration.value.run;
      const print = (outcome: RunOutcome, stoppedBy = terminal.stoppedBy()) => {
        terminal.flushPrints();
        progress?.end();
        if (hooks?.isMuted()) return failure;
        if (options.json) return printOutcome(outcome, stoppedBy, terminal);
        if (!report.isProduct && (outcome.status === 'success' || onError === 'continue')) {
          if (!options.quiet) terminal.err('');
          terminal.out(renderOutputs(outcome.outputs, terminal));
        }
        if (outcome.status !== 'success') {
          terminal.err(renderFailedRun(outcome, terminal));
          terminal.err(
            resumeHint(
              outcome,
              { dir: runs.dir, flags: projectFlags(options), resumes: from !== undefined },
              terminal,
            ),
          );
        }
        report.run(outcome, pipeline.graph);
        report.end();
        return outcome.status === 'success' ? success : exitCodeOf(outcome.error, stoppedBy);
      };
      const guarded = ({ fail, abandon }: RunControl): GuardedRun => ({
        fail,
        report(cause) {
          if (cause === 'timeout') print(abandon(cause), undefined);
          else print(abandon('cancellation', terminal.signal.reason), cause);
        },
        timeoutMs: timeout === undefined ? undefined : timeout * 1000,
        graceMs: grace * 1000,
      });
      const inputs = readValues('--inputs', options.inputs ?? [], typeOf);
      refuseBound(inputs, pipeline);
      if (!options.quiet) progress = startProgress(pipeline.graph, terminal);
      let detach = () => {};
      const outcome = await pipelineManager.settle(
        pipeline,
        {
          inputs,
          outputs: namesOf('--outputs', options.outputs),
          ...sliceFrom(options),
          signal: terminal.signal,
          resume: overrides?.resume,
        },
        (control) => (detach = terminal.guard.attach(guarded(control))),
      );
      detach();
      return print(outcome);
    },
    { onEvent, ...(options.quiet && { log: quietLog(terminal) }) },
  );
}

/** Warnings and errors only, whatever level the configuration of the pipeline asks for. */
export function quietLog(terminal: Terminal): Logger {
  const write = logSink(terminal);
  const mild = new Set(['DEBUG', 'INFO']);
  return createLogger({ sink: (record) => (mild.has(record.level) ? undefined : write(record)) });
}

/** Prints the one document of `--json`. The run is over; what cannot be printed is a fault of its own. */
function printOutcome(outcome: RunOutcome, stoppedBy: StopSignal | undefined, terminal: Terminal): number {
  const exitCode = outcome.status === 'success' ? success : exitCodeOf(outcome.error, stoppedBy);
  try {
    terminal.document(jsonText(outcomeDocument(outcome, exitCode, terminal)));
    return exitCode;
  } catch (error) {
    if (exitCodeOf(error) !== failure) throw error;
    const document = outcomeDocument({ ...outcome, outputs: {} }, exitCode, terminal);
    terminal.document(
      jsonText({
        ...document,
        outputs: null,
        ...maskStrings(errorDocument(error, failure, terminal.cwd), terminal.mask),
      }),
    );
    return exitCode === success ? failure : exitCode;
  }
}
