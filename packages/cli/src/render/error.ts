/** Errors as a person or a program reads them. */
import { inspect } from 'node:util';
import { isFlowerPowerError, type Problem } from '@flowerpower/core';
import type { Terminal } from '../terminal/terminal.js';
import { showPath, showPlace } from './show-path.js';

type Look = Pick<Terminal, 'paint' | 'cwd'>;

/**
 * The text of an error: what happened, where, what to do, and the chain of causes with the frames that belong
 * to the user.
 */
export function renderError(error: unknown, look: Look): string {
  const lines: string[] = [];
  if (isFlowerPowerError(error)) {
    const single = error.problems.length <= 1;
    lines.push(...(single ? renderProblem(error, look) : renderProblems(error, error.problems, look)));
    const inputs = (error.context as { inputs?: Record<string, string> }).inputs;
    if (inputs !== undefined && Object.keys(inputs).length > 0) {
      const list = Object.entries(inputs).map(([name, shape]) => `${name}: ${shape}`);
      lines.push(`  ${look.paint('dim', 'inputs')}  ${list.join(', ')}`);
    }
    lines.push(...renderCauses(error.cause, look));
  } else {
    const title = 'FlowerPower itself failed. This is a bug; please report it with the text below.';
    lines.push(`${look.paint(['red', 'bold'], 'error')} ${title}`, ...renderCauses(error, look));
  }
  return lines.join('\n');
}

function renderProblems(error: Problem, problems: readonly Problem[], look: Look): string[] {
  const title = error.message.split('\n', 1)[0]!;
  return [
    `${look.paint(['red', 'bold'], 'error')} ${look.paint('dim', error.code)} ${title}`,
    ...problems.flatMap((problem) => ['', ...renderProblem(problem, look).map((line) => `  ${line}`)]),
  ];
}

/** Several problems, one block each. */
export function renderProblemList(problems: readonly Problem[], look: Look): string {
  return problems.map((problem) => renderProblem(problem, look).join('\n')).join('\n\n');
}

function renderProblem(problem: Problem, look: Look): string[] {
  const [first = '', ...rest] = problem.message.split('\n');
  const lines = [`${look.paint(['red', 'bold'], 'error')} ${look.paint('dim', problem.code)} ${first}`];
  lines.push(...rest.map((line) => `  ${line}`));
  const places = (problem.places ?? []).map((place) => showPlace(place, look.cwd));
  if (places.length > 0) lines.push(`  ${look.paint('dim', 'at')}    ${places.join(' ↔ ')}`);
  if (problem.hint !== undefined) lines.push(`  ${look.paint('cyan', 'hint')}  ${problem.hint}`);
  return lines;
}

/** A warning in one line, with its hint below. */
export function renderWarning(problem: Problem, look: Look): string {
  const places = (problem.places ?? []).map((place) => ` (${showPlace(place, look.cwd)})`).join('');
  const hint = problem.hint === undefined ? '' : `\n  ${look.paint('cyan', 'hint')}  ${problem.hint}`;
  return `${look.paint('yellow', 'warning')} ${problem.message}${places}${hint}`;
}

function renderCauses(cause: unknown, look: Look): string[] {
  const lines: string[] = [];
  const seen = new Set<unknown>();
  for (let current = cause; current !== undefined && !seen.has(current); ) {
    seen.add(current);
    if (!(current instanceof Error)) {
      lines.push(`  ${look.paint('dim', 'cause')} ${inspect(current, { depth: 1 })}`);
      break;
    }
    const code = isFlowerPowerError(current) ? `${current.code} ` : `${current.name}: `;
    lines.push(`  ${look.paint('dim', 'cause')} ${code}${current.message.replaceAll('\n', '\n        ')}`);
    if (isFlowerPowerError(current)) {
      for (const place of current.places) lines.push(`          at ${showPlace(place, look.cwd)}`);
      if (current.hint !== undefined) lines.push(`        ${look.paint('cyan', 'hint')}  ${current.hint}`);
    } else {
      lines.push(...userFrames(current, look.cwd).map((frame) => look.paint('dim', `          ${frame}`)));
    }
    current = current.cause;
  }
  return lines;
}

/** Frames of Node and of FlowerPower's built packages, installed or in their repository. */
const notOwn =
  /node:internal|\(node:|[/\\](?:@flowerpower|packages)[/\\](?:core|fs|io|loader|config|plugin|runtime|visualize|project|cli)[/\\]dist[/\\]|[/\\]flowerpower[/\\]dist[/\\]/;

/** The frames of a stack that are the user's own, at most five, with paths as a person types them. */
function userFrames(error: Error, cwd: string): string[] {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s*at /.test(line));
  const own = frames.filter((line) => !notOwn.test(line));
  return (own.length > 0 ? own : frames)
    .slice(0, 5)
    .map((line) =>
      line.trim().replace(/(?:file:\/\/)?(\/[^\s():]+|[A-Za-z]:[^\s():]+)/, (path) => showPath(path, cwd)),
    );
}

/** The error document of `--json`. */
export function errorDocument(error: unknown, exitCode: number): object {
  const known = isFlowerPowerError(error) ? error : undefined;
  const describe = ({ code, message, hint, places }: Problem) => ({
    code,
    message,
    hint: hint ?? null,
    places: places ?? [],
  });
  return {
    error: {
      ...(known
        ? describe(known)
        : { code: 'FP_INTERNAL', message: messageOf(error), hint: null, places: [] }),
      problems: (known?.problems ?? []).map(describe),
      causes: causeMessages(known === undefined ? undefined : known.cause),
      exitCode,
    },
  };
}

function causeMessages(cause: unknown): string[] {
  const messages: string[] = [];
  for (let current = cause; current !== undefined && messages.length < 10; ) {
    messages.push(messageOf(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return messages;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : inspect(error, { depth: 1 });
}
