/** Errors as a person or a program reads them. What they say may come from anywhere and be of any length. */
import { dirname, sep } from 'node:path';
import type { FlowerPowerError, Place, Problem } from '@flowerpower/core';
import { framesOf, isOwnFrame, userFrames } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { advice } from '../explain/advice.js';
import { brief } from './brief.js';
import { messageOf, readError } from './read-error.js';
import { showPath, showPlace } from './show-path.js';
import { showValue } from './show-value.js';

type Look = Pick<Terminal, 'paint' | 'cwd'>;

/**
 * The lines of an error: what happened, where, what to do, and the chain of causes with the frames that belong
 * to the user. Nothing is said twice: most errors quote their cause.
 */
export function renderError(error: unknown, look: Look): string[] {
  const known = readError(error)?.known;
  if (known === undefined) {
    const title = 'FlowerPower itself failed. This is a bug; please report it with the text below.';
    // Whoever mends it needs our frames too.
    const frames = framesOf(readError(error)?.stack ?? '').filter((frame) => isOwnFrame(frame));
    const ours = frames.map((frame) => look.paint('dim', `          ${frame}`));
    return [`${look.paint(['red', 'bold'], 'error')} ${title}`, ...renderCauses(error, '', look), ...ours];
  }
  const { problems } = known;
  const cause = causeCode(known);
  const lines =
    problems.length <= 1 ? renderProblem(known, look, cause) : renderProblems(known, problems, look);
  const inputs = (known.context as { inputs?: Record<string, string> }).inputs;
  if (inputs !== undefined && Object.keys(inputs).length > 0) {
    const list = Object.entries(inputs)
      // The verdicts of checks stand in the message.
      .filter(([, shape]) => !shape.startsWith('{ check, passed,'))
      .map(([name, shape]) => `${name}: ${shape}`);
    if (list.length > 0) lines.push(`  ${look.paint('dim', 'inputs')}  ${brief(list.join(', '))}`);
  }
  const said = [known, ...problems].map(({ message }) => message).join('\n');
  return saysItAll.has(known.code) ? lines : [...lines, ...renderCauses(known.cause, said, look)];
}

function renderProblems(error: Problem, problems: readonly Problem[], look: Look): string[] {
  const title = brief(error.message.split('\n', 1)[0]!);
  return [
    `${look.paint(['red', 'bold'], 'error')} ${look.paint('dim', error.code)} ${title}`,
    ...problems.flatMap((problem) => ['', ...renderProblem(problem, look).map((line) => `  ${line}`)]),
  ];
}

/** Several problems, one block each. */
export function renderProblemList(problems: readonly Problem[], look: Look): string[] {
  return problems.flatMap((problem, index) => [
    ...(index === 0 ? [] : ['']),
    ...renderProblem(problem, look),
  ]);
}

/** A failed node quotes the error of FlowerPower that failed it, whose code the documentation explains. */
function causeCode({ code, cause }: FlowerPowerError): string {
  const known = code === 'FP_NODE_FAILED' ? readError(cause)?.known : undefined;
  return known?.code.startsWith('FP_') === true ? ` (${known.code})` : '';
}

/** @param besideCode - said after the code. */
function renderProblem(problem: Problem, look: Look, besideCode = ''): string[] {
  const [first = '', ...rest] = brief(plainly(problem, look)).split('\n');
  const code = look.paint('dim', `${problem.code}${besideCode}`);
  const lines = [`${look.paint(['red', 'bold'], 'error')} ${code} ${first}`];
  lines.push(...rest.map((line) => `  ${line}`));
  // A message may say where it is by itself.
  const places = (problem.places ?? [])
    .map((place) => showPlace(place, look.cwd))
    .filter((place) => !first.includes(place));
  if (places.length > 0) lines.push(`  ${look.paint('dim', 'at')}    ${brief(places.join(' ↔ '))}`);
  const hint = problem.hint ?? furtherHelp(problem.code);
  return [...lines, ...renderHint(hint && fromFolder(hint, look), '  ', look)];
}

/** Where a message leaves it at what is wrong. */
function furtherHelp(code: string): string | undefined {
  // A node that failed is the user's own matter; its error stands below.
  return Object.hasOwn(advice, code) && code !== 'FP_NODE_FAILED'
    ? `flowerpower explain ${code} says what mostly helps.`
    : undefined;
}

/** Paths in longer texts as a person types them. */
function fromFolder(text: string, { cwd }: Look): string {
  return cwd === dirname(cwd) ? text : text.replaceAll(`${cwd}${sep}`, '');
}

/** The message with files as a person types them; a failed entry of `io:` is not said to be a node as well. */
function plainly({ message, places = [] }: Problem, look: Look): string {
  const { cwd } = look;
  const [first = '', ...rest] = message.split('\n');
  const near = places.reduce((text, { file }) => text.replaceAll(file, () => showPath(file, cwd)), first);
  const said = near
    .replace(/^The node '[^']+' failed: (?=io\.)/, '')
    .replace(/^The node '([^']+)\.loader' failed: /, "Loading '$1' failed: ");
  return [said, ...rest.map((line) => fromFolder(line, look))].join('\n');
}

/** A warning, with its hint below. */
export function renderWarning(problem: Problem, look: Look): string[] {
  const places = (problem.places ?? [])
    .map((place) => showPlace(place, look.cwd))
    .filter((place) => !problem.message.includes(place))
    .map((place) => ` (${place})`)
    .join('');
  const [first, ...rest] = brief(problem.message).split('\n');
  const lines = [
    `${look.paint('yellow', 'warning')} ${first}${brief(places)}`,
    ...rest.map((line) => `  ${line}`),
  ];
  return [...lines, ...renderHint(problem.hint, '  ', look)];
}

function renderHint(hint: string | undefined, indent: string, look: Look): string[] {
  if (hint === undefined) return [];
  const [first, ...rest] = brief(hint).split('\n');
  return [
    `${indent}${look.paint('cyan', 'hint')}  ${first}`,
    ...rest.map((line) => `${indent}      ${line}`),
  ];
}

/** Errors that put their cause into words of a person: nothing is left to add. */
const saysItAll = new Set(['FP_CLI_FILE', 'FP_IO_PARSE', 'FP_MODULE_PACKAGE_NOT_FOUND']);

const maxCauses = 20;

/** @param saidBefore - messages that stand above. */
function renderCauses(cause: unknown, saidBefore: string, look: Look): string[] {
  const lines: string[] = [];
  let said = saidBefore;
  const seen = new Set<unknown>();
  for (let current = cause; current !== undefined && seen.size < maxCauses && !seen.has(current); ) {
    seen.add(current);
    const facts = readError(current);
    if (facts === undefined) {
      const shown = showValue(current, { depth: 1 });
      const isSaid = said.includes(typeof current === 'string' ? current : shown);
      if (!isSaid) lines.push(...indented(`  ${look.paint('dim', 'cause')} `, shown));
      break;
    }
    const { known, name, message } = facts;
    const isSaid = message !== '' && said.includes(message);
    said = `${said}\n${message}`;
    if (known === undefined) {
      const frames = shownFrames(facts.stack, look.cwd);
      const title = isSaid || message === '' ? name : `${name}: ${message}`;
      // Where the message stands above and the class says nothing, only the place is left to tell.
      if (title !== 'Error') lines.push(...indented(`  ${look.paint('dim', 'cause')} `, title));
      else if (frames.length > 0) lines.push(`  ${look.paint('dim', `thrown ${frames.shift()}`)}`);
      lines.push(...frames.map((frame) => look.paint('dim', `          ${frame}`)));
    } else if (!isSaid || !known.code.startsWith('FP_')) {
      // The code of a plugin's own error is told even where another error quotes its message.
      const title = isSaid ? known.code : `${known.code} ${message}`;
      lines.push(...indented(`  ${look.paint('dim', 'cause')} `, title));
      for (const place of known.places) lines.push(`          at ${showPlace(place, look.cwd)}`);
      // Whoever quotes a message gives its hint too.
      lines.push(...renderHint(isSaid ? undefined : known.hint, '        ', look));
    }
    current = known !== undefined && saysItAll.has(known.code) ? undefined : facts.cause;
  }
  return lines;
}

function indented(start: string, text: string): string[] {
  const [first, ...rest] = brief(text).split('\n');
  return [`${start}${first}`, ...rest.map((line) => `        ${line}`)];
}

/** The frames of a stack that are the user's own, at most five, with paths as a person types them. */
function shownFrames(stack: string, cwd: string): string[] {
  return userFrames(stack)
    .filter((frame) => !frame.endsWith('(<anonymous>)'))
    .slice(0, 5)
    .map((frame) =>
      frame.replace(/(?:file:\/\/)?(\/[^\s():]+|[A-Za-z]:[^\s():]+)/, (path) => showPath(path, cwd)),
    );
}

/** The error document of `--json`. Files are named as people see them, from the working folder. */
export function errorDocument(error: unknown, exitCode: number, cwd: string): { readonly error: object } {
  const known = readError(error)?.known;
  const describe = ({ code, message, hint, places }: Problem) => ({
    code,
    message: brief(message, maxMessage),
    hint: hint ?? null,
    places: placesFrom(cwd, places),
  });
  return {
    error: {
      ...describe(known ?? { code: 'FP_INTERNAL', message: messageOf(error) }),
      problems: (known?.problems ?? []).map(describe),
      causes: causesOf(known?.cause, cwd),
      exitCode,
    },
  };
}

/** Places of one style: those of modules are absolute, those of the configuration relative to the project. */
export function placesFrom(cwd: string, places: readonly Place[] = []): Place[] {
  return places.map((place) => ({ ...place, file: showPath(place.file, cwd) }));
}

/** Characters of a message for programs. */
const maxMessage = 20_000;

/** What stood behind the error, the nearest first. */
function causesOf(cause: unknown, cwd: string): object[] {
  const causes: object[] = [];
  for (let current = cause; current !== undefined && causes.length < 10; ) {
    const facts = readError(current);
    const { code = null, hint = null, places } = facts?.known ?? {};
    const message = brief(messageOf(current), maxMessage);
    causes.push({ message, code, hint, places: placesFrom(cwd, places) });
    current = facts?.cause;
  }
  return causes;
}
