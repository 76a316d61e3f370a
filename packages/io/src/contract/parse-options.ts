import { didYouMean, type FlowerPowerError, readProperty, requireArgument } from '@flowerpower/core';
import { type IoProblem, ioErrorOf } from '../errors/io-error.js';
import { aSchema } from './io-rules.js';
import type { OptionsSchema, SchemaIssue } from './options-schema.js';

/**
 * Checks raw options, for example from YAML, against the schema of a loader, saver or anything else that has a
 * `type` for errors, and returns the schema's output.
 *
 * Throws one FP_IO_OPTIONS with every problem found. An option that the schema does not know is named with the
 * nearest known one, where the schema lists its keys (valibot `entries`, zod `shape`), and with what a strict schema of valibot
 * that has a message of its own says about it. Pipelines are built without
 * waiting, so a schema that answers with a promise is refused with the same code.
 *
 * @example
 * ```ts
 * import { builtinLoaders, parseOptions } from '@flowerpower/io';
 *
 * parseOptions(builtinLoaders.csv, { path: 'a.csv', delimiter: ';' }); // { path: 'a.csv', delimiter: ';', … }
 * // { path: 'a.csv', delimeter: ';' } throws: csv has no option 'delimeter'. Did you mean 'delimiter'?
 * ```
 */
export function parseOptions<Options>(
  definition: { readonly type: string; readonly options: OptionsSchema<Options> },
  raw: unknown,
): Options {
  requireArgument(
    'The options of the definition',
    aSchema,
    readProperty(definition, 'options'),
    'parseOptions',
  );
  const { type, options: schema } = definition;
  const result = schema['~standard'].validate(raw);
  if (result instanceof Promise) {
    // Nobody waits for it; a rejection must not end the process.
    result.catch(() => {});
    throw asynchronousSchema(type);
  }
  if (result.issues === undefined) return result.value;
  throw optionsError(type, knownKeys(schema), raw, result.issues);
}

function optionsError(
  type: string,
  known: readonly string[],
  raw: unknown,
  issues: readonly SchemaIssue[],
): FlowerPowerError {
  const given = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  const list = known.length === 0 ? undefined : `${type} takes: ${known.join(', ')}.`;
  const unknown = known.length === 0 ? [] : given.filter((key) => !known.includes(key));
  const problems = unknown.map((key): IoProblem => {
    const near = didYouMean(key, known);
    // Also in the message: a list of several problems shows no hints.
    const message = [`${type} has no option '${key}'.`, near ?? ownWords(key, issues)]
      .filter(Boolean)
      .join(' ');
    return { code: 'FP_IO_OPTIONS', message, hint: list };
  });
  for (const { path = [], message } of issues) {
    const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
    // What a strict schema says about unknown keys has been said better above.
    if (keys.length <= 1 && unknown.length > 0 && (keys[0] === undefined || unknown.includes(keys[0])))
      continue;
    const missing = keys.length === 1 && known.includes(keys[0]!) && !given.includes(keys[0]!);
    problems.push(
      missing
        ? { code: 'FP_IO_OPTIONS', message: `${type} needs the option '${keys[0]}'.`, hint: list }
        : (strayProblem([type, ...keys], message) ?? valueProblem([type, ...keys].join('.'), message)),
    );
  }
  return ioErrorOf(problems, `The options of ${type} are not valid`);
}

/** What the author of the schema says about a key that it does not know, where these are not the words of a library. */
function ownWords(key: string, issues: readonly SchemaIssue[]): string | undefined {
  const said = issues.find(
    ({ path: [first] = [] }) => (typeof first === 'object' ? first.key : first) === key,
  );
  return said === undefined || /^(?:Invalid|Unrecognized) /.test(said.message) ? undefined : said.message;
}

/** valibot's `Invalid type: Expected ("a" | "b") but received "c"`; other libraries have words of their own. */
const misfit = /^Invalid [\w ]+: Expected (.+) but received (.+)$/;

/** In a map within an option: a key that is not known, or one that is missing. */
function strayProblem(at: readonly string[], message: string): IoProblem | undefined {
  const [, wanted, given] = misfit.exec(message) ?? [];
  if (!message.startsWith('Invalid key:') || given === undefined) return undefined;
  const within = at.slice(0, -1).join('.');
  const verb = wanted === 'never' ? 'has no' : 'needs';
  return { code: 'FP_IO_OPTIONS', message: `${within} ${verb} '${at.at(-1)}'.` };
}

/** The option is known, so that a list of all options would lead away from its value. */
function valueProblem(at: string, message: string): IoProblem {
  const [, wanted, given] = misfit.exec(message) ?? [];
  if (wanted === undefined || given === undefined)
    return { code: 'FP_IO_OPTIONS', message: `${at}: ${message}` };
  // The numbers are those of a length, not of the value.
  const measure = /^Invalid (length|size|bytes|words|graphemes):/.exec(message)?.[1];
  const choices = [...wanted.matchAll(/"([^"]+)"/g)].map(([, choice]) => choice!);
  return {
    code: 'FP_IO_OPTIONS',
    message: `${at} must be ${measure === undefined ? '' : `of ${measure} `}${wanted.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ')}, not ${given}.`,
    hint: didYouMean(given.replaceAll('"', ''), choices),
  };
}

function asynchronousSchema(type: string): FlowerPowerError {
  const message = `The options of ${type} cannot be checked: their schema validates asynchronously.`;
  const problem: IoProblem = { code: 'FP_IO_OPTIONS', message, hint: 'Make the schema synchronous.' };
  return ioErrorOf([problem], message);
}

/** The option names of an object schema, or nothing when the schema does not show them. */
function knownKeys(schema: object): string[] {
  for (const property of ['entries', 'shape']) {
    const entries: unknown = Reflect.get(schema, property);
    if (typeof entries === 'object' && entries !== null) return Object.keys(entries);
  }
  return [];
}
