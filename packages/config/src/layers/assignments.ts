import { type ReadContext, report } from '../read/context.js';
import { readNode } from '../read/read-node.js';
import type { ObjectShape } from '../schema/shape.js';
import type { Origin, Source } from '../source/origin.js';
import { type ConfigNode, nest } from '../tree/node.js';
import type { LayerTree } from './layer.js';

/** A setting from a flag of the command line. Text is given the type that the schema wants; a value passes as it is. */
export type Assignment = {
  /** `run.timeout`. */
  readonly path: string;
  /** What messages call it: `--timeout`. */
  readonly flag: string;
} & ({ readonly text: string } | { readonly value: unknown });

/** `run.timeout=30` → a tree. Later assignments win; each is a layer of its own. */
export function readAssignments(
  assignments: readonly (string | Assignment)[],
  shape: ObjectShape,
  context: ReadContext,
): LayerTree[] {
  return assignments.flatMap((assignment): LayerTree[] => {
    if (typeof assignment === 'object') return readFlag(assignment, shape, context);
    const { path, value } = splitAssignment(assignment);
    const source: Source = { kind: 'set', layer: 'set', flag: `--set ${path}` };
    const segments = path.split('.');
    if (value === undefined || segments.includes('')) {
      report(
        context,
        { source },
        {
          code: 'FP_CONFIG_SET_SYNTAX',
          message: 'not an assignment of the form path=value.',
          hint: 'Write for example --set run.timeout=30.',
        },
      );
      return [];
    }
    return readSetting(segments, { kind: 'value', value, isText: true, origin: { source } }, shape, context);
  });
}

function readFlag(assignment: Assignment, shape: ObjectShape, context: ReadContext): LayerTree[] {
  const { path, flag } = assignment;
  const origin: Origin = { source: { kind: 'set', layer: 'set', flag } };
  const given = 'text' in assignment ? { value: assignment.text, isText: true } : { value: assignment.value };
  return readSetting(path.split('.'), { kind: 'value', ...given, origin }, shape, context);
}

function readSetting(
  path: readonly string[],
  value: ConfigNode,
  shape: ObjectShape,
  context: ReadContext,
): LayerTree[] {
  const node = readNode(nest(path, value), shape, [], context);
  return node?.kind === 'map' ? [{ layer: 'set', node }] : [];
}

/** The text of a value that is still to be read; empty when there is none. */
export function textOf(assignment: string | Assignment): string {
  if (typeof assignment === 'string') return splitAssignment(assignment).value ?? '';
  return 'text' in assignment ? assignment.text : '';
}

function splitAssignment(assignment: string): { path: string; value: string | undefined } {
  const at = assignment.indexOf('=');
  return at === -1
    ? { path: assignment, value: undefined }
    : { path: assignment.slice(0, at).trim(), value: assignment.slice(at + 1) };
}
