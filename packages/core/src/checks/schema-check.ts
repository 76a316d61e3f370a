/** Checks by a schema of the user's own library: zod, valibot, arktype or any other Standard Schema. */
import {
  type Check,
  type CheckProblem,
  type Finding,
  type Items,
  itemsCheck,
  type ItemsCheck,
  settle,
} from './check.js';
import { isThenable } from '../model/is-thenable.js';
import { collectFailures } from './inspect-each.js';
import {
  describeIssues,
  isStandardSchema,
  type SchemaResult,
  type StandardSchema,
} from '../model/standard-schema.js';

/**
 * The value fits the schema. What the schema would make of the value (defaults, transformations) is not used: the
 * node passes its own value on. A schema that validates asynchronously makes the check asynchronous.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: something that is not a Standard Schema of version 1.
 *
 * @example
 * ```ts
 * import { schemaCheck, type StandardSchema } from '@flowerpower/core';
 *
 * const nonEmpty: StandardSchema<string> = {
 *   '~standard': {
 *     version: 1,
 *     vendor: 'example',
 *     validate: (value) => (value === '' ? { issues: [{ message: 'is empty' }] } : { value }),
 *   },
 * };
 * schemaCheck(nonEmpty).check(''); // { message: 'is empty' }
 * ```
 */
export function schemaCheck<Input>(schema: StandardSchema<Input>): Check<Input, 'schemaCheck'> {
  return {
    name: 'schemaCheck',
    description: `schemaCheck(${vendorOf(schema)})`,
    decides: { schema },
    problem: schemaProblem('schemaCheck', schema),
    check(value) {
      return settle(
        schema['~standard'].validate(value),
        ({ issues }): Finding => (issues === undefined ? true : { message: describeIssues(issues) }),
      );
    },
  };
}

/**
 * Every item of the array (every row of a table) fits the schema. Otherwise as {@link schemaCheck}; rows that are
 * validated asynchronously are validated one after the other.
 *
 * @example
 * ```ts
 * import { eachItem, type StandardSchema } from '@flowerpower/core';
 *
 * const nonEmpty: StandardSchema<string> = {
 *   '~standard': {
 *     version: 1,
 *     vendor: 'example',
 *     validate: (value) => (value === '' ? { issues: [{ message: 'is empty' }] } : { value }),
 *   },
 * };
 * eachItem(nonEmpty).check(['a', '']);
 * // {
 * //   message: '1 of 2 items does not fit the schema (is empty): "" at 1',
 * //   failures: { count: 1, first: [{ index: 1, value: '""' }] },
 * // }
 * ```
 */
export function eachItem<Input>(
  schema: StandardSchema<Input>,
): ItemsCheck<Input, readonly Input[], 'eachItem'> {
  return itemsCheck({
    name: 'eachItem',
    description: `eachItem(${vendorOf(schema)})`,
    decides: { schema },
    problem: schemaProblem('eachItem', schema),
    inspect: (items) => inspectRows(items, schema),
  });
}

/** The reason given is that of the first row refused. */
function inspectRows(items: Items, schema: StandardSchema): Finding | Promise<Finding> {
  const failures = collectFailures();
  let reason = '';
  const judge = (index: number, row: unknown, { issues }: SchemaResult) => {
    if (issues === undefined) return;
    if (reason === '') reason = describeIssues(issues);
    failures.add(index, row);
  };
  const finish = () =>
    failures.finding(items, {
      one: `does not fit the schema (${reason})`,
      many: `do not fit the schema (first: ${reason})`,
    });
  const goOn = async (start: number, row: unknown, pending: PromiseLike<SchemaResult>) => {
    judge(start, row, await pending);
    for (let index = start + 1; index < items.count; index++) {
      const next = items.at(index);
      judge(index, next, await schema['~standard'].validate(next));
    }
    return finish();
  };
  for (let index = 0; index < items.count; index++) {
    const row = items.at(index);
    const result = schema['~standard'].validate(row);
    if (isThenable(result)) return goOn(index, row, result);
    judge(index, row, result);
  }
  return finish();
}

function vendorOf(schema: unknown): string {
  return isStandardSchema(schema) ? `${schema['~standard'].vendor} schema` : 'no schema';
}

function schemaProblem(name: string, schema: unknown): CheckProblem | undefined {
  if (isStandardSchema(schema)) return undefined;
  return {
    message: `${name}(…) was given no Standard Schema`,
    hint: 'Give a schema of zod 3.24 or newer, valibot, arktype, or an object with `~standard` of version 1.',
  };
}
