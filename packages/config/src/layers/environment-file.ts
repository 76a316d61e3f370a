/**
 * A `.env` file: lines `NAME=value`. Written strictly, so that a slip is an error and no variable that silently is another:
 *
 *     # a comment
 *     NAME=plain text        up to a comment behind white space, without spaces around it
 *     NAME='as it is'        nothing in it has a meaning
 *     NAME="a\nb"            \n \r \t \" \\ \$ as in JSON; may go over several lines
 *     export NAME=value      as shells write it
 *
 * What a value holds is not read again: `$` is a dollar sign.
 */
import { errorFromProblems, type Place } from '@flowerpower/core';
import type { ConfigErrorCode, ConfigProblem } from '../errors/catalogue.js';
import type { Environment } from '../interpolation/interpolate.js';
import type { ConfigText } from '../source/source-file.js';

export interface EnvironmentFile {
  readonly environment: Environment;
  /** Where each variable stands. */
  readonly places: ReadonlyMap<string, Place>;
}

const maxCharacters = 1_000_000;
const maxVariables = 2000;
const shownProblems = 10;

const line =
  /[ \t]*(?:export[ \t]+)?([^\s=#'"]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|'([^']*)'|((?!["'])[^\n]*))[ \t\r]*(?:(?<=\s|["'])#[^\n]*)?(?:\n|$)/y;
const empty = /[ \t]*(?:#[^\n]*|\r)?(?:\n|$)/y;

/**
 * Reads one. Messages name the line and never its text, which may be a secret.
 *
 * @throws FlowerPowerError `FP_CONFIG_ENV_FILE` with every line that cannot be read.
 */
export function readEnvironmentFile({ file, text: given }: ConfigText): EnvironmentFile {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  const problems: ConfigProblem[] = [];
  const report = (line: number, message: string, hint?: string) =>
    problems.push({
      code: 'FP_CONFIG_ENV_FILE',
      message: `${file}:${line}: ${message}`,
      hint,
      places: [{ file, line }],
    });
  // Without a prototype: `__proto__` is a name like any other.
  const environment: Record<string, string> = Object.create(null);
  const places = new Map<string, Place>();
  if (text.length > maxCharacters)
    report(1, 'the file has more than a million characters.', 'Keep values in it that are short.');
  let lineNumber = 1;
  for (let at = 0; problems.length < shownProblems && text.length <= maxCharacters && at < text.length; ) {
    const from = at;
    const number = lineNumber;
    const found = matchAt(line, text, at);
    const blank = found === undefined ? matchAt(empty, text, at) : undefined;
    const end = text.indexOf('\n', at);
    at += (found ?? blank)?.[0].length ?? (end === -1 ? text.length : end + 1) - at;
    lineNumber += text.slice(from, at).split('\n').length - 1;
    if (blank !== undefined) continue;
    if (found === undefined) {
      report(
        number,
        'the line is not of the form NAME=value.',
        'A comment begins with #. A value with quotes ends with the same quote.',
      );
      continue;
    }
    const [, name = '', double, single, plain = ''] = found;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      report(
        number,
        'the name holds other characters than letters, digits and underscores, or begins with a digit.',
      );
      continue;
    }
    const value =
      double === undefined ? (single ?? plain.replace(/(?:^|[ \t])#.*$/, '').trim()) : unescaped(double);
    if (value.includes('\0')) report(number, `the value of ${name} holds a NUL character.`);
    const first = places.get(name);
    if (first !== undefined)
      report(number, `${name} is already set in line ${first.line}.`, 'Keep one of the two.');
    environment[name] = value;
    places.set(name, { file, line: number });
    if (places.size > maxVariables) {
      report(number, `the file sets more than ${maxVariables} variables.`);
      break;
    }
  }
  if (problems.length > 0) {
    const title = `${file} cannot be read`;
    throw errorFromProblems(problems, { code: 'FP_CONFIG_ENV_FILE' satisfies ConfigErrorCode, title });
  }
  return { environment, places };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  return text.replace(/\\([nrt"\\$])/g, (_, letter: string) => escapes[letter] ?? letter);
}
