import { type ReadContext, report } from '../read/context.js';
import { readNode } from '../read/read-node.js';
import type { ObjectShape } from '../schema/shape.js';
import type { Source } from '../source/origin.js';
import { nest } from '../tree/node.js';
import type { LayerTree } from './layer.js';

/** `run.timeout=30` → a tree. Later assignments win; each is a layer of its own. */
export function readAssignments(
  assignments: readonly string[],
  shape: ObjectShape,
  context: ReadContext,
): LayerTree[] {
  return assignments.flatMap((assignment): LayerTree[] => {
    const { path, value } = splitAssignment(assignment);
    const source: Source = { kind: 'set', layer: 'set', path };
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
    const text = { kind: 'value', value, isText: true, origin: { source } } as const;
    const node = readNode(nest(segments, text), shape, [], context);
    return node?.kind === 'map' ? [{ layer: 'set', node }] : [];
  });
}

export function splitAssignment(assignment: string): { path: string; value: string | undefined } {
  const at = assignment.indexOf('=');
  return at === -1
    ? { path: assignment, value: undefined }
    : { path: assignment.slice(0, at).trim(), value: assignment.slice(at + 1) };
}
