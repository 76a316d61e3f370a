import { didYouMean, shorten } from '@flowerpower/core';
import * as v from 'valibot';
import type { ScalarShape } from '../schema/shape.js';
import type { ConfigNode, ValueNode } from '../tree/node.js';
import { isHidden } from '../source/origin.js';
import { isYaml11Boolean } from '../yaml/core-scalar.js';
import { pathText, type ReadContext, report } from './context.js';

/** Checks one scalar against its schema; the checked value may be a normalised one. */
export function checkScalar(
  node: ConfigNode,
  shape: ScalarShape,
  path: readonly string[],
  context: ReadContext,
): ValueNode | undefined {
  if (node.kind !== 'value') return reportType(node, expectedType(shape), path, context);
  const result = v.safeParse(shape.schema, node.value);
  if (result.success) return { ...node, value: result.output };
  const [issue] = result.issues;
  if (issue.kind === 'schema' && issue.type !== 'picklist') {
    return reportType(node, issue.message, path, context);
  }
  const near =
    typeof node.value === 'string' && shape.options ? didYouMean(node.value, shape.options) : undefined;
  report(context, node.origin, {
    code: 'FP_CONFIG_VALUE',
    message: `${pathText(path)} must be ${issue.message}, got ${describe(node)}.${near ? ` ${near}` : ''}`,
  });
  return undefined;
}

/** Reports a value of the wrong type. Always undefined, to return in place of the node. */
export function reportType(
  node: ConfigNode,
  expected: string,
  path: readonly string[],
  context: ReadContext,
): undefined {
  report(context, node.origin, {
    code: 'FP_CONFIG_TYPE',
    message: `${pathText(path)} must be ${expected}, got ${describe(node)}.`,
    hint: typeHint(node, expected),
  });
}

function typeHint(node: ConfigNode, expected: string): string | undefined {
  if (node.kind !== 'value') return undefined;
  if (/^true\b/.test(expected) && isYaml11Boolean(node.value)) {
    return 'In YAML 1.2 yes, no, on and off are text: write true or false.';
  }
  if (/\ba list$/.test(expected) && typeof node.value === 'string') return 'Write a list of one as [name].';
  if (expected === 'text' && node.plain !== undefined) return 'Quote it to make it text.';
  if (node.origin.source.kind === 'file' && node.isExternal === true && expected !== 'text') {
    return 'A reference gives a number or a boolean only as a whole and without quotes: key: ${NAME}.';
  }
  return undefined;
}

function expectedType(shape: ScalarShape): string {
  if (shape.wants === 'boolean') return 'true or false';
  return shape.wants === 'number' ? 'a number' : 'text';
}

/**
 * Never repeats what came from the environment or stands in `storageOptions`: it may be a secret. What was typed behind a flag stands on the screen
 * already, but in the logs of a build it would stay.
 */
function describe(node: ConfigNode): string {
  if (node.kind !== 'value') return `a ${node.kind}`;
  const { value, origin } = node;
  const isOutside =
    node.isExternal === true ||
    origin.source.kind === 'variable' ||
    origin.source.kind === 'set' ||
    isHidden(origin);
  if (typeof value === 'string') {
    if (isOutside) return value === '' ? 'an empty text' : 'a text that does not fit';
    return `the text ${JSON.stringify(shorten(value, 61))}`;
  }
  if (isOutside && typeof value === 'number') return 'another number';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
