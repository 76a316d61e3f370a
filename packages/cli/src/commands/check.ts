import { boundedList, isFlowerPowerError } from '@flowerpower/core';
import { type SetFlags, setFrom } from '../options/set-options.js';
import type {
  CheckPipelineOptions,
  CheckReport,
  FlowerPowerProject,
  UncheckedEdge,
} from '@flowerpower/project';
import { maskStrings } from '@flowerpower/runtime';
import { exitCodeOf, failure, success } from '../errors/exit-code.js';
import { errorDocument, renderError, renderProblemList, renderWarning } from '../render/error.js';
import { findingOf } from '../reporters/finding.js';
import { createReport, type Report } from '../reporters/report.js';
import type { ReporterName } from '../reporters/reporter-names.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface CheckOptions extends ProjectOptions, SetFlags {
  readonly reporter?: ReporterName;
  readonly allowOpenInputs?: boolean;
}

/** One pipeline's report, or the error that kept it from being checked. */
type Outcome =
  | { readonly pipeline: string; readonly report: CheckReport }
  | { readonly pipeline: string; readonly error: unknown; readonly exitCode: number };

export function check(
  name: string | undefined,
  { reporter, ...given }: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const options = { ...given, json: given.json === true || reporter === 'json' };
  const report = createReport(reporter, terminal);
  const checked = withProject(options, terminal, async (project) => {
    const outcomes: Outcome[] = [];
    const set = setFrom(options);
    const listed = async () => (await project.pipelineManager.list()).map((entry) => entry.name);
    for (const pipeline of name === undefined ? await listed() : [name]) {
      const outcome = await checkOne(project, pipeline, { ...options, set }, terminal);
      // Without a compiler every pipeline has the same error; people read it once.
      const isSaid = outcomes.some((other) => lacksCompiler(other)) && lacksCompiler(outcome);
      outcomes.push(outcome);
      if (!options.json) show(outcome, isSaid, report.isProduct ? { ...terminal, out: () => {} } : terminal);
      tell(outcome, report);
    }
    report.end();
    if (options.json)
      printJson(
        terminal,
        maskStrings({ pipelines: outcomes.map((outcome) => describe(outcome, terminal)) }, terminal.mask),
      );
    else if (outcomes.length === 0) terminal.err('There are no pipelines to check.');
    return Math.max(success, ...outcomes.map(exitCode));
  });
  return checked.catch((error: unknown) => {
    report.error(name ?? 'project', error);
    report.end();
    throw error;
  });
}

async function checkOne(
  project: FlowerPowerProject,
  pipeline: string,
  { allowOpenInputs, set }: Pick<CheckPipelineOptions, 'allowOpenInputs' | 'set'>,
  { signal, stoppedBy, guard }: Terminal,
): Promise<Outcome> {
  try {
    const report = await guard.load(pipeline, () =>
      project.pipelineManager.check(pipeline, { signal, allowOpenInputs, set }),
    );
    return { pipeline, report };
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    return { pipeline, error, exitCode: exitCodeOf(error, stoppedBy()) };
  }
}

function tell(outcome: Outcome, report: Report): void {
  const { pipeline } = outcome;
  if ('error' in outcome) return report.error(pipeline, outcome.error);
  const { start, problems, warnings } = outcome.report;
  report.found(pipeline, 'check', [
    ...[...start, ...problems].map((problem) => findingOf(problem, 'error')),
    ...warnings.map((warning) => findingOf(warning, 'warning')),
  ]);
}

function exitCode(outcome: Outcome): number {
  if ('error' in outcome) return outcome.exitCode;
  return outcome.report.ok ? success : failure;
}

function lacksCompiler(outcome: Outcome): boolean {
  return (
    'error' in outcome && isFlowerPowerError(outcome.error) && outcome.error.code === 'FP_CHECK_NO_TYPESCRIPT'
  );
}

function show(outcome: Outcome, isSaid: boolean, terminal: Terminal): void {
  const { pipeline } = outcome;
  if ('error' in outcome) {
    const count = isFlowerPowerError(outcome.error) ? Math.max(1, outcome.error.problems.length) : 1;
    terminal.out(
      `✗ ${pipeline}  ${problemsOf(count)}; no edge is checked until ${count === 1 ? 'it is' : 'they are'} mended`,
    );
    if (!isSaid) terminal.err(renderError(outcome.error, terminal));
    return;
  }
  const { report } = outcome;
  const problems = [...report.start, ...report.problems];
  const unchecked = report.unchecked === 0 ? '' : `, ${report.unchecked} not checkable`;
  const count = `${edgesOf(report.edges)} checked${unchecked} with TypeScript ${report.typescript}`;
  terminal.out(
    report.ok ? `✓ ${pipeline}  ${count}` : `✗ ${pipeline}  ${problemsOf(problems.length)}; ${count}`,
  );
  for (const line of describeUnchecked(report.uncheckedEdges))
    terminal.err(`  ${terminal.paint('dim', line)}`);
  for (const warning of report.warnings) terminal.err(renderWarning(warning, terminal));
  if (!report.ok) terminal.err(renderProblemList(problems, terminal));
}

/** A line for each kind of reason, with the number of edges that it holds for. */
function describeUnchecked(edges: readonly UncheckedEdge[]): string[] {
  const byKind = new Map<string, { readonly reason: string; readonly names: Set<string>; count: number }>();
  for (const { reason } of edges) {
    // Reasons of one kind differ in the node that they name.
    const name = /'([^']+)'/.exec(reason)?.[1] ?? '';
    const kind = name === '' ? reason : reason.replaceAll(name, '');
    const found = byKind.get(kind) ?? { reason, names: new Set(), count: 0 };
    found.names.add(name);
    found.count++;
    byKind.set(kind, found);
  }
  return [...byKind.values()].map(({ reason, names, count }) => {
    const others = boundedList([...names].slice(1).map((name) => `'${name}'`));
    return `${edgesOf(count)} not checked: ${reason}${others === '' ? '' : `; the same for ${others}`}`;
  });
}

function problemsOf(count: number): string {
  return count === 1 ? '1 problem' : `${count} problems`;
}

function edgesOf(count: number): string {
  return count === 1 ? '1 edge' : `${count} edges`;
}

function describe(outcome: Outcome, { cwd }: Pick<Terminal, 'cwd'>): object {
  if ('error' in outcome) {
    return { pipeline: outcome.pipeline, ok: false, ...errorDocument(outcome.error, exitCode(outcome), cwd) };
  }
  return { pipeline: outcome.pipeline, ...outcome.report };
}
