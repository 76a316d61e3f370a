/** Looks at the machine and the project, changes nothing, and says what to do about each fault. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Graph, isFlowerPowerError, type Place, type Problem } from '@flowerpower/core';
import { workingFolder } from '@flowerpower/fs';
import {
  FlowerPowerProject,
  isRemote,
  type PipelineEntry,
  type UnfinishedOutputs,
} from '@flowerpower/project';
import { maskStrings } from '@flowerpower/runtime';
import { success, usage } from '../errors/exit-code.js';
import { abandonedFiles } from '../render/abandoned-files.js';
import { brief } from '../render/brief.js';
import { byteSize } from '../render/byte-size.js';
import { showPlace } from '../render/show-path.js';
import type { Terminal } from '../terminal/terminal.js';
import { version } from '../version.js';
import { hostOf, printJson, type ProjectOptions, projectSettings, rootOf } from './options.js';

/** `ok`: fine. `note`: something optional is missing. `fault`: something will not work. */
interface Finding {
  readonly status: 'ok' | 'note' | 'fault';
  readonly subject: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly places?: readonly Place[] | undefined;
}

export interface DoctorOptions extends ProjectOptions {
  readonly allowOpenInputs?: boolean;
}

const marks = { ok: ['green', '✓'], note: ['yellow', '!'], fault: ['red', '✗'] } as const;

export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<number> {
  const findings = [nodeVersion(), { status: 'ok', subject: 'flowerpower', message: version() } as const];
  findings.push(...(await inspectProject(options, terminal)));
  const shown = maskStrings(findings, terminal.mask);
  const faulty = findings.some(({ status }) => status === 'fault');
  if (options.json) {
    printJson(terminal, { ok: !faulty, findings: shown });
  } else {
    const width = Math.max(...findings.map(({ subject }) => subject.length));
    for (const { status, subject, message, hint, places = [] } of shown) {
      const [color, mark] = marks[status];
      const [first, ...rest] = brief(message).split('\n');
      // A message may say where it is by itself.
      const at = places
        .map((place) => showPlace(place, terminal.cwd))
        .filter((place) => !message.includes(place));
      if (at.length > 0) rest.push(`at ${brief(at.join(', '))}`);
      if (hint !== undefined) rest.push(`hint: ${hint}`);
      terminal.out([
        `${terminal.paint(color, mark)} ${subject.padEnd(width)}  ${first}`,
        ...rest.map((line) => `${' '.repeat(width + 4)}${line}`),
      ]);
    }
  }
  return faulty ? usage : success;
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fine = major > 20 || (major === 20 && minor >= 19);
  return {
    status: fine ? 'ok' : 'fault',
    subject: 'node',
    message: process.versions.node,
    hint: fine ? undefined : 'FlowerPower needs Node 20.19 or later.',
  };
}

async function inspectProject(options: DoctorOptions, terminal: Terminal): Promise<Finding[]> {
  let project: FlowerPowerProject;
  try {
    project = await FlowerPowerProject.load(rootOf(options), {
      ...projectSettings(options),
      ...hostOf(terminal),
    });
  } catch (error) {
    return faultsOf('project', error);
  }
  try {
    const findings: Finding[] = [
      { status: 'ok', subject: 'project', message: `${project.name} in ${project.root}` },
    ];
    findings.push(...project.warnings.map((warning) => noteOf('project', warning)));
    const pipelines = await listOrFault(project, findings);
    if (pipelines?.length === 0) {
      const hint = 'Add one with `flowerpower pipeline new <name>`.';
      findings.push({ status: 'note', subject: 'pipelines', message: 'none yet', hint });
    }
    const missingIs = options.allowOpenInputs === true ? noteOf : faultOf;
    for (const { name } of pipelines ?? [])
      findings.push(...(await inspectPipeline(project, terminal, name, missingIs)));
    // A pipeline whose configuration is wrong has been reported of; then its cache cannot be found either.
    const reported = new Set(findings.map(({ message }) => message));
    findings.push(...(await inspectCaches(project)).filter(({ message }) => !reported.has(message)));
    // Packages of a project that lies elsewhere are those of the working folder.
    const packages = isRemote(project.root) ? workingFolder() : project.root;
    return [...findings, typescript(packages), png(packages)];
  } finally {
    await project.close();
  }
}

async function listOrFault(
  { pipelineManager }: FlowerPowerProject,
  findings: Finding[],
): Promise<readonly PipelineEntry[] | undefined> {
  try {
    return await pipelineManager.list();
  } catch (error) {
    findings.push(...faultsOf('pipelines', error));
    return undefined;
  }
}

/** @param missingIs - what an input is that nothing gives; the same as for `check`. */
async function inspectPipeline(
  { pipelineManager }: FlowerPowerProject,
  { guard, signal }: Terminal,
  name: string,
  missingIs: (subject: string, problem: Problem) => Finding,
): Promise<Finding[]> {
  const subject = `pipeline ${name}`;
  try {
    const pipeline = await guard.load(name, () => pipelineManager.load(name));
    const { graph, outputs, warnings } = pipeline;
    const { problems, missing, unset } = pipelineManager.examine(pipeline);
    const facts = `${countNodes(graph)}, outputs ${outputs.join(', ')}`;
    const unfinished = await pipelineManager.unfinished(name);
    const told = new Set([...problems, ...missing, ...unset].map(({ message }) => message));
    const isNews = ({ message }: Problem) => !told.has(message);
    const checked = await checkedTypes(pipelineManager, name, signal);
    const found = [
      ...problems.map((problem) => faultOf(subject, problem)),
      ...missing.map((input) => missingIs(subject, input)),
      ...unset.map((problem) => faultOf(subject, problem)),
      ...checked.problems.filter(isNews).map((problem) => faultOf(subject, problem)),
    ];
    const isFine = found.every(({ status }) => status !== 'fault');
    return [
      ...(isFine ? [{ status: 'ok', subject, message: facts } as const] : []),
      ...found,
      ...warnings.map((warning) => noteOf(subject, warning)),
      ...checked.warnings.filter(isNews).map((warning) => noteOf(subject, warning)),
      ...unfinished.flatMap((found) => unfinishedWrites(subject, found)),
    ];
  } catch (error) {
    if (signal.aborted) throw error;
    return faultsOf(subject, error);
  }
}

/** As a run and a picture count: what comes from outside is no node, and data that is loaded is one node with its facts. */
function countNodes({ nodes }: Graph): string {
  const count = [...nodes.values()].filter(
    ({ kind, loaded }) => kind !== 'input' && kind !== 'config' && loaded !== 'value',
  ).length;
  return count === 1 ? '1 node' : `${count} nodes`;
}

/** What `check` finds beyond what keeps a run from starting; nothing without a compiler, which is a note of its own. */
async function checkedTypes(
  pipelineManager: FlowerPowerProject['pipelineManager'],
  name: string,
  signal: AbortSignal,
): Promise<{ readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] }> {
  try {
    const { start, problems, warnings } = await pipelineManager.check(name, { signal });
    const found = [...start, ...problems].filter(({ code }) => code !== 'FP_CHECK_MISSING_INPUT');
    return { problems: found, warnings };
  } catch (error) {
    if (isFlowerPowerError(error) && error.code === 'FP_CHECK_NO_TYPESCRIPT')
      return { problems: [], warnings: [] };
    throw error;
  }
}

/** A run that is writing at this moment is nothing to mention. */
function unfinishedWrites(subject: string, { dir, writes }: UnfinishedOutputs): Finding[] {
  const dead = writes.filter(({ writer }) => writer === 'dead');
  const unknown = writes.filter(({ writer }) => writer === 'unknown');
  const findings: Finding[] = [];
  if (dead.length > 0) {
    const size = byteSize(dead.reduce((sum, write) => sum + write.size, 0));
    const message = `${abandonedFiles(dead.length)} (${size}) in ${dir}`;
    findings.push({ status: 'note', subject, message, hint: 'The next run that writes there removes them.' });
  }
  if (unknown.length > 0) {
    const names = unknown.map(({ path }) => path).join('\n');
    const message = `unfinished files of another machine, which may still be writing them:\n${names}`;
    const hint = 'If it is not, delete them. A write removes those that nobody has touched for a week.';
    findings.push({ status: 'note', subject, message, hint });
  }
  return findings;
}

async function inspectCaches(project: FlowerPowerProject): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    for (const { dir, store } of await project.pipelineManager.caches()) {
      const { abandonedFiles: count, abandonedBytes } = await store.size();
      if (count === 0) continue;
      const message = `${abandonedFiles(count)} (${byteSize(abandonedBytes)}) in ${dir}`;
      findings.push({ status: 'note', subject: 'cache', message, hint: 'flowerpower cache prune' });
    }
  } catch (error) {
    findings.push(...faultsOf('cache', error));
  }
  return findings;
}

function typescript(root: string): Finding {
  const subject = 'typescript';
  const found = installedVersion('typescript', root);
  if (found !== undefined) return { status: 'ok', subject, message: found };
  const hint = 'npm install --save-dev typescript';
  return { status: 'note', subject, message: 'not installed; `flowerpower check` needs it', hint };
}

function png(root: string): Finding {
  const subject = 'png pictures';
  const found = installedVersion('@resvg/resvg-js', root);
  if (found !== undefined) return { status: 'ok', subject, message: `@resvg/resvg-js ${found}` };
  const hint = 'npm install @resvg/resvg-js';
  return { status: 'note', subject, message: 'not available; svg, mermaid and dot are', hint };
}

/** The version of a package as the project would import it. */
function installedVersion(name: string, root: string): string | undefined {
  for (const origin of [join(root, 'package.json'), import.meta.url]) {
    try {
      return (createRequire(origin)(`${name}/package.json`) as { version: string }).version;
    } catch {
      // Not installed there, or it does not export its manifest: both mean that it cannot be told.
    }
  }
  return undefined;
}

function faultsOf(subject: string, error: unknown): Finding[] {
  if (!isFlowerPowerError(error)) throw error;
  const problems: readonly Problem[] = error.problems.length > 0 ? error.problems : [error];
  return problems.map((problem) => faultOf(subject, problem));
}

function faultOf(subject: string, { code, message, hint, places }: Problem): Finding {
  return { status: 'fault', subject, message: `${code} ${message}`, hint, places };
}

function noteOf(subject: string, { message, hint, places }: Omit<Problem, 'code'>): Finding {
  return { status: 'note', subject, message, hint, places };
}
