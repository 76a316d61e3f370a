/** Which values of an earlier run stand in for their nodes, and which savers of it have written for this one. */
import { boundedList, fanOutsAround, type Graph } from '@flowerpower/core';
import type { KeptValues } from '../../store/value-files.js';
import { withReadAgain } from './changes.js';

export interface ResumeQuestion {
  readonly graph: Graph;
  /** Requested, without savers. */
  readonly outputs: readonly string[];
  readonly savers: readonly string[];
  /** Values that the caller gives; these nodes do not run. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Nodes that the earlier run is done with. */
  readonly done: ReadonlySet<string>;
  /** Why nodes are not what they were. */
  readonly changed: ReadonlyMap<string, string>;
  readonly values: KeptValues;
  /** Nodes that load what may be other data now, and what to call it. */
  readonly unsure: ReadonlyMap<string, string>;
}

export interface ResumePlan {
  /** Values in place of nodes, by name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Savers that do not run, because they have written what is saved. */
  readonly written: readonly string[];
  /** What the earlier run was done with and runs again, and why. */
  readonly again: readonly { readonly node: string; readonly because: string }[];
  /** What is worth a warning. */
  readonly warnings: readonly string[];
}

/** What is read again may be other data than what earlier values were made of: those are computed anew as well. */
export function planResume(question: ResumeQuestion): ResumePlan {
  const { graph, unsure } = question;
  let { changed } = question;
  const read = new Map<string, string>();
  for (;;) {
    const { runs, ...plan } = planOnce({ ...question, changed });
    const before = read.size;
    for (const [name, called] of unsure) if (runs.has(name)) read.set(name, `'${called}' is read again`);
    if (read.size === before) return { ...plan, warnings: warningsOf(question, read) };
    changed = withReadAgain(graph, question.changed, read);
  }
}

/** Data that is taken over and that nobody has compared. */
function warningsOf({ done, changed, unsure }: ResumeQuestion, read: ReadonlyMap<string, string>): string[] {
  const names = [...unsure].flatMap(([name, called]) =>
    done.has(name) && !changed.has(name) && !read.has(name) ? [called] : [],
  );
  if (names.length === 0) return [];
  return [
    `Whether other data is loaded now than then is not known of ${boundedList(names)}; what was made of it is taken over.`,
  ];
}

function planOnce(
  question: ResumeQuestion,
): Omit<ResumePlan, 'warnings'> & { readonly runs: ReadonlyMap<string, string | undefined> } {
  const { graph, outputs, savers, given, done, changed } = question;
  const values = new Map<string, unknown>();
  const runs = new Map<string, string | undefined>();

  /** Down from what is wanted to what is there. */
  function visit(wanted: readonly string[]): void {
    const open = [...wanted];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const node = graph.nodes.get(name);
      if (node === undefined || node.kind === 'input' || node.kind === 'config') continue;
      if (runs.has(name) || values.has(name) || Object.hasOwn(given, name)) continue;
      const found = lookUp(name, question);
      if ('value' in found) {
        values.set(name, found.value);
        continue;
      }
      runs.set(name, found.because);
      open.push(...node.dependencies.map((edge) => edge.node));
    }
  }

  const isWritten = (saver: string) => done.has(saver) && !changed.has(saver);
  const open = new Set(savers.filter(isWritten));
  visit([...outputs, ...savers.filter((saver) => !isWritten(saver))]);
  // What is computed anew is saved anew.
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const saver of open) {
      const made = graph.nodes.get(saver)!.dependencies.find(({ node }) => runs.has(node));
      if (made === undefined) continue;
      open.delete(saver);
      runs.set(saver, `'${made.node}', which it saves, is computed anew`);
      visit(graph.nodes.get(saver)!.dependencies.map(({ node }) => node));
      isStable = false;
    }
  }
  const again = [...graph.nodes.keys()].flatMap((node) => {
    const because = runs.get(node);
    return because === undefined || !done.has(node) ? [] : [{ node, because }];
  });
  return { values: Object.fromEntries(values), written: [...open], again, runs };
}

type Found = { readonly value: unknown } | { readonly because: string | undefined };

function lookUp(name: string, { done, changed, values, graph }: ResumeQuestion): Found {
  if (!done.has(name)) return { because: undefined };
  const change = changed.get(name);
  if (change !== undefined) return { because: change };
  const kept = values.node.get(name);
  if (kept === undefined) return { because: whyNot(name, graph) };
  if (!kept.isKept) return { because: `its value was not kept: ${kept.because}` };
  const read = kept.load();
  return 'damage' in read ? { because: `its value was kept and cannot be read: ${read.damage}` } : read;
}

function whyNot(name: string, graph: Graph): string {
  return (fanOutsAround(graph).get(name)?.length ?? 0) > 0
    ? 'it runs for each item of a fan-out, which runs as a whole'
    : 'its value was not kept';
}
