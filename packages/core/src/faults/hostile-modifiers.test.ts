/**
 * Bad arguments of modifiers threw bare errors while a module was imported, or did nothing at all. Each is a problem of the
 * build now: it names the export and its place, and stands beside the problems of all others.
 */
import { expect, test } from 'vitest';
import * as core from '../index.js';
import { type HostileCall, hostileCalls } from './__fixtures__/hostile-arguments.js';
import { checks, declare, fn, makers, modifiers } from './__fixtures__/modifier-samples.js';

const { createDriver, defineModule, isFlowerPowerError, tag } = core;
const bad = declare(() => 1, tag(null as never));
const config = { k: 1, name: 1 };

/** That a name is unknown to the driver is for others to say. */
const codesOfOthers = ['FP_UNKNOWN_CONFIG_KEY', 'FP_UNKNOWN_NODE_EXECUTOR'];

/** What a build says of an export, beside what it says of another. Throws whatever is not an error of this package. */
function problemsOf(f: unknown): readonly core.Problem[] {
  const module = defineModule({ name: 'm', file: 'm.ts', exports: { f, bad } });
  try {
    createDriver({ modules: [module], config });
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    if (!error.message.includes("tag of 'bad'")) expect.fail('The problem of the other export is lost.');
    return error.problems.filter(
      ({ code, message }) => !codesOfOthers.includes(code) && !message.includes("'bad'"),
    );
  }
  return expect.fail('Nothing was thrown.');
}

/** What is wrong with how a call is judged, or nothing. */
function verdictOn({ args, isWelcome }: HostileCall, make: (...args: readonly unknown[]) => unknown) {
  let problems: readonly core.Problem[];
  try {
    problems = problemsOf(make(...args));
  } catch (error) {
    return String(error);
  }
  if (isWelcome) return problems.map(({ message }) => `refused: ${message}`)[0];
  if (problems.length === 0) return 'accepted';
  return problems.flatMap(({ code, message, places }) => {
    const isKnown = code === 'FP_BAD_MODIFIER' || code === 'FP_BAD_NODE' || code === 'FP_UNKNOWN_TARGET';
    return isKnown && /(?: of |^)'f' (?:in|of) m\b/.test(message) && places?.[0]?.file === 'm.ts'
      ? []
      : `says ${code} ${message}`;
  })[0];
}

const samples = { ...modifiers, ...checks, ...makers };

test.each(Object.keys(samples))('%s', (name) => {
  const { on = (modifier) => declare(fn, modifier), ...sample } = samples[name]!;
  const modifier = (core as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]!;
  const make = (...args: readonly unknown[]) => on(modifier(...args));
  expect(problemsOf(make(...sample.args))).toEqual([]);
  const wrong = hostileCalls(sample).flatMap((call) => {
    const verdict = verdictOn(call, make);
    return verdict === undefined ? [] : `${call.title} is ${verdict}`;
  });
  expect(wrong.join('\n')).toBe('');
});

test.each([
  ['no targets', null],
  ['a list of targets', []],
  ['a text', 'f'],
])('mutate with %s', (_, targets) => {
  const f = (core.mutate as (...args: readonly unknown[]) => unknown)(core.step(fn), targets);
  expect(problemsOf(f)).toMatchObject([
    { code: 'FP_BAD_MODIFIER', message: expect.stringContaining("mutate 'f' in m") },
  ]);
});

test.each(['named', 'namespaced', 'on', 'into'] as const)('%s of a step', (method) => {
  for (const wrong of [5, '', [], {}, () => 5, true]) {
    const made = (core.step(fn)[method] as (...args: readonly unknown[]) => unknown)(wrong);
    const [problem] = problemsOf(declare(fn, core.pipeOutput(made as never)));
    expect(problem).toMatchObject({ code: 'FP_BAD_MODIFIER', places: [{ file: 'm.ts' }] });
  }
});

test.each(['when', 'whenNot', 'whenIn', 'whenNotIn'] as const)('%s of a step', (method) => {
  for (const wrong of [undefined, null, 5, 'k', [], { k: {} }]) {
    const made = (core.step(fn)[method] as (...args: readonly unknown[]) => unknown)(wrong);
    const [problem] = problemsOf(declare(fn, core.pipeOutput(made as never)));
    expect(problem).toMatchObject({ code: 'FP_BAD_MODIFIER', places: [{ file: 'm.ts' }] });
  }
});
