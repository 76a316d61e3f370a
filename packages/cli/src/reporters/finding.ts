/** What went wrong, for reports that other programs show: each with the one place where a person looks first. */
import type { Graph, Place, Problem } from '@flowerpower/core';
import { type DescribedError, type FailedRun, userFrames } from '@flowerpower/runtime';
import { isAbort } from '../render/outcome.js';
import { messageOf, readError } from '../render/read-error.js';

export interface Finding {
  readonly level: 'error' | 'warning';
  /** The code of an error of FlowerPower, else the name of the error. */
  readonly type: string;
  /** The node that failed, where one did. */
  readonly node?: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly place: Place | undefined;
}

/** An error that ended a command: each of its problems. */
export function findingsOfError(error: unknown): Finding[] {
  const known = readError(error)?.known;
  if (known === undefined)
    return [{ level: 'error', type: 'FP_INTERNAL', message: messageOf(error), place: undefined }];
  return (known.problems.length > 0 ? known.problems : [known]).map((problem) => findingOf(problem, 'error'));
}

export function findingOf({ code, message, hint, places }: Problem, level: Finding['level']): Finding {
  return { level, type: code, message, hint, place: places?.[0] };
}

/** Each node that failed; what ended the run, where that was no node. */
export function findingsOfRun({ nodes, error }: FailedRun, graph: Graph): Finding[] {
  const failed = Object.entries(nodes).flatMap(([node, { error: own }]) =>
    own === undefined || isAbort(own) ? [] : [{ ...findingOfNode(own, graph.nodes.get(node)?.place), node }],
  );
  return failed.length > 0 ? failed : findingsOfError(error);
}

function findingOfNode(error: DescribedError, definedAt: Place | undefined): Finding {
  const { name, code, message, hint, places } = error;
  const place = places?.[0] ?? thrownAt(error.stack) ?? definedAt;
  return { level: 'error', type: code?.startsWith('FP_') === true ? code : name, message, hint, place };
}

/** The first line of the user's own code that the error came through. */
function thrownAt(stack = ''): Place | undefined {
  const [first = ''] = userFrames(stack);
  const [, file, line, column] = /^(?:at )?(?:.*\()?(.+?):(\d+):(\d+)\)?$/.exec(first.trim()) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
