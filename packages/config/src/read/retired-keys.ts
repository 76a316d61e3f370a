import { isOff } from '../schema/legacy.js';
import type { RetiredKey } from '../schema/shape.js';
import type { Origin } from '../source/origin.js';
import type { ConfigNode } from '../tree/node.js';
import { toValue } from '../tree/to-value.js';
import { isYaml11Boolean } from '../yaml/core-scalar.js';
import { reportType } from './check.js';
import { pathText, type ReadContext, warn } from './context.js';

/**
 * Judges the value of a key of the Python FlowerPower that has no feature behind it: off passes in silence,
 * anything else is a warning. The key never reaches the configuration.
 */
export function reportRetiredKey(
  { note }: RetiredKey,
  node: ConfigNode,
  keyOrigin: Origin,
  path: readonly string[],
  context: ReadContext,
): void {
  if (rejectTextBooleans(node, path, context) || isOff(toValue(node))) return;
  const asked =
    node.kind === 'map' ? [...node.entries].filter(([, entry]) => !isOff(toValue(entry.node))) : [];
  const names = asked.length > 0 ? ` (${asked.map(([name]) => name).join(', ')})` : '';
  warn(context, keyOrigin, {
    code: 'FP_CONFIG_NOT_AVAILABLE',
    message: `${pathText(path)}${names} asks for a feature that this version does not have; it has no effect.`,
    hint: note,
  });
}

/** `ray: no` is text in YAML 1.2 and would ask for what it means to switch off. */
function rejectTextBooleans(node: ConfigNode, path: readonly string[], context: ReadContext): boolean {
  if (node.kind === 'map') {
    const rejected = [...node.entries].filter(([key, entry]) =>
      rejectTextBooleans(entry.node, [...path, key], context),
    );
    return rejected.length > 0;
  }
  if (node.kind !== 'value' || !isYaml11Boolean(node.value)) return false;
  reportType(node, 'true or false', path, context);
  return true;
}
