import { isFlowerPowerError } from '@flowerpower/core';
import type { CheckReport, FlowerPowerProject } from '@flowerpower/project';
import { exitCodeOf, failure, success } from '../errors/exit-code.js';
import { errorDocument, renderError, renderProblemList } from '../render/error.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

/** One pipeline's report, or the error that kept it from being checked. */
type Outcome =
  | { readonly pipeline: string; readonly report: CheckReport }
  | { readonly pipeline: string; readonly error: unknown };

export function check(
  name: string | undefined,
  options: ProjectOptions,
  terminal: Terminal,
): Promise<number> {
  return withProject(options, terminal, async (project) => {
    const names =
      name === undefined ? (await project.pipelineManager.list()).map((entry) => entry.name) : [name];
    const outcomes: Outcome[] = [];
    for (const pipeline of names) {
      const outcome = await checkOne(project, pipeline, terminal);
      outcomes.push(outcome);
      if (!options.json) show(outcome, terminal);
    }
    if (options.json) printJson(terminal, { pipelines: outcomes.map(describe) });
    else if (outcomes.length === 0) terminal.err('There are no pipelines to check.');
    return Math.max(success, ...outcomes.map(exitCode));
  });
}

async function checkOne(project: FlowerPowerProject, pipeline: string, terminal: Terminal): Promise<Outcome> {
  try {
    return { pipeline, report: await project.pipelineManager.check(pipeline, { signal: terminal.signal }) };
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    return { pipeline, error };
  }
}

function exitCode(outcome: Outcome): number {
  if ('error' in outcome) return exitCodeOf(outcome.error);
  return outcome.report.ok ? success : failure;
}

function show(outcome: Outcome, terminal: Terminal): void {
  const { pipeline } = outcome;
  if ('error' in outcome) {
    terminal.out(`✗ ${pipeline}`);
    terminal.err(renderError(outcome.error, terminal));
    return;
  }
  const { report } = outcome;
  const open =
    report.openInputs.length === 0 ? '' : `; inputs to give at run time: ${report.openInputs.join(', ')}`;
  const unchecked = report.unchecked === 0 ? '' : `, ${report.unchecked} not checkable`;
  const count = `${report.edges} edges checked${unchecked} with TypeScript ${report.typescript}${open}`;
  terminal.out(
    report.ok
      ? `✓ ${pipeline}  ${count}`
      : `✗ ${pipeline}  ${report.problems.length} ${report.problems.length === 1 ? 'problem' : 'problems'}; ${count}`,
  );
  if (!report.ok) terminal.err(renderProblemList(report.problems, terminal));
}

function describe(outcome: Outcome): object {
  if ('error' in outcome) {
    return { pipeline: outcome.pipeline, ok: false, ...errorDocument(outcome.error, exitCode(outcome)) };
  }
  return { pipeline: outcome.pipeline, ...outcome.report };
}
