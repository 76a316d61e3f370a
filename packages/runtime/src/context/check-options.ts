import { didYouMean, errorFromProblems } from '@flowerpower/core';
import type { OptionsSchema } from '@flowerpower/io';
import type { RuntimeErrorCode, RuntimeProblem } from '../errors/catalogue.js';

/**
 * Checks raw options and gives the output of the schema. A pipeline is built without waiting, so unlike
 * `parseOptions` of `@flowerpower/io` this refuses a schema that validates asynchronously.
 *
 * @param owner - whose options they are, for example `csv`.
 * @throws FlowerPowerError with `code`, and every problem found.
 */
export function checkOptions(
  owner: string,
  schema: OptionsSchema<unknown>,
  raw: unknown,
  code: RuntimeErrorCode,
): unknown {
  const summary = { code, title: `The options of ${owner} are not valid` };
  const result = schema['~standard'].validate(raw);
  if (result instanceof Promise) {
    // Nobody waits for it; a rejection must not end the process.
    result.catch(() => {});
    const message = `The options of ${owner} cannot be checked: their schema validates asynchronously.`;
    throw errorFromProblems([{ code, message, hint: 'Make the schema of the plugin synchronous.' }], summary);
  }
  if (result.issues === undefined) return result.value;

  const known = keysOf(schema);
  const given = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  const unknown = known.length === 0 ? [] : given.filter((key) => !known.includes(key));
  const list = known.length === 0 ? undefined : `${owner} takes: ${known.join(', ')}.`;
  const problems = unknown.map((key): RuntimeProblem => {
    return { code, message: `${owner} has no option '${key}'.`, hint: didYouMean(key, known) ?? list };
  });
  for (const { message, path = [] } of result.issues) {
    const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
    const [name = ''] = names;
    // A strict schema reports unknown keys in its own words; above they are reported with a hint.
    if (names.length === 1 && unknown.includes(name)) continue;
    const missing = names.length === 1 && known.includes(name) && !given.includes(name);
    const text = missing
      ? `${owner} needs the option '${name}'.`
      : `${[owner, ...names].join('.')}: ${message}`;
    problems.push({ code, message: text, hint: list });
  }
  throw errorFromProblems(problems, summary);
}

/** The option names of an object schema (valibot `entries`, zod `shape`), or nothing when it does not show them. */
function keysOf(schema: object): string[] {
  const entries: unknown = Reflect.get(schema, 'entries') ?? Reflect.get(schema, 'shape');
  return typeof entries === 'object' && entries !== null ? Object.keys(entries) : [];
}
