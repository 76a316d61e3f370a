import { shorten } from '@flowerpower/core';
import { type IoProblem, ioError, ioErrorOf } from '../../errors/io-error.js';
import { keptInteger, type LargeIntegers, largeIntegersHint } from '../../options/large-integers.js';
import { setOwn } from '../../values/set-own.js';
import { findJsonFault } from './find-json-fault.js';
import { findJsonLosses, type JsonLoss } from './find-json-losses.js';
import { jsonDepth } from './json-depth.js';
import { countMembers, surveyJson } from './survey-json.js';

export interface JsonPlace {
  /** How errors call it. */
  readonly file: string;
  /** The line of the file on which the text begins. Default 1. */
  readonly firstLine?: number;
  readonly largeIntegers: LargeIntegers;
}

/** As many faults as one error lists. */
const maxFaults = 20;

/**
 * `JSON.parse` that loses nothing in silence, and whose errors tell line and column: repeated keys, of which the parser
 * takes the last, whole numbers that it would round, and data so deep that whoever walks it would overflow the stack.
 *
 * @throws FlowerPowerError `FP_IO_PARSE` with every such fault, at most 20.
 *
 * @example
 * ```ts
 * import { parseJson } from '@flowerpower/io';
 *
 * parseJson('[9007199254740993]', { file: 'ids.json', largeIntegers: 'bigint' }); // [9007199254740993n]
 * ```
 */
export function parseJson(text: string, place: JsonPlace): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const offset = findJsonFault(text);
    const found = offset >= text.length ? 'the text ends' : `${JSON.stringify(text[offset])} stands`;
    throw ioError({
      ...faultAt(text, offset, place, `is not valid JSON: ${found} where it must not`),
      cause,
    });
  }
  const { depth, members, hasLongNumber } = surveyJson(text);
  if (depth <= jsonDepth && !hasLongNumber && countMembers(value) === members) return value;

  const problems: IoProblem[] = [];
  for (const loss of findJsonLosses(text, jsonDepth)) {
    const kept = loss.kind === 'digits' ? keptInteger(loss.text, place.largeIntegers) : undefined;
    if (kept !== undefined) value = replaced(value, loss.path, kept);
    else problems.push(lossProblem(text, loss, place));
    if (problems.length === maxFaults) break;
  }
  if (problems.length === 0) return value;
  if (problems.length === 1) throw ioError({ ...problems[0]!, problems });
  throw ioErrorOf(problems, `'${place.file}' cannot be read without loss`);
}

const lossHints: Readonly<Record<JsonLoss['kind'], string>> = {
  depth: 'Store the data flatter, for example as a list of records that name their parents.',
  'repeated key': 'Keep one of the two; readers of JSON differ in which one they take.',
  digits: largeIntegersHint,
};

function lossProblem(text: string, { kind, offset, text: found }: JsonLoss, place: JsonPlace): IoProblem {
  const what = {
    depth: `nests deeper than ${jsonDepth} levels`,
    'repeated key': `has the key ${JSON.stringify(shorten(found, 60))} twice in one object`,
    digits: `has the number ${shorten(found, 60)}, which would lose digits`,
  }[kind];
  return { ...faultAt(text, offset, place, what), hint: lossHints[kind] };
}

function faultAt(text: string, offset: number, { file, firstLine = 1 }: JsonPlace, what: string) {
  const before = text.slice(0, offset);
  const line = firstLine + before.split('\n').length - 1;
  const column = offset - before.lastIndexOf('\n');
  return {
    code: 'FP_IO_PARSE',
    message: `'${file}' ${what}, at line ${line}, column ${column}.`,
    hint: 'JSON wants double quotes around keys and texts, and has no comments and no trailing commas.',
    places: [{ file, line, column }],
  } as const;
}

/** The value with another one at a path. */
function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  if (path.length === 0) return by;
  let holder = value as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  setOwn(holder, path.at(-1)!, by);
  return value;
}
