/** Reports that CI systems read: JUnit's XML, as Jenkins, GitLab and others understand it. */
import type { RunOutcome } from '@flowerpower/runtime';
import { showPlace } from '../render/show-path.js';
import type { Finding } from './finding.js';

export interface TestSuite {
  readonly name: string;
  readonly durationMs?: number;
  readonly cases: readonly TestCase[];
}

interface TestCase {
  readonly name: string;
  readonly durationMs?: number;
  /** `failure`: what was asked for is not so. `error`: it could not be found out. */
  readonly result?: 'failure' | 'error';
  readonly finding?: Finding;
  /** Why it did not run. */
  readonly skipped?: string;
}

/** A node is a test. A run that ended by something else than a node has one more, named after that. */
export function suiteOfRun(outcome: RunOutcome, findings: readonly Finding[]): TestSuite {
  const { pipeline, durationMs } = outcome;
  const cases = Object.entries(outcome.nodes).map(([name, node]): TestCase => {
    const finding = findings.find((each) => each.node === name);
    const skipped = node.because === undefined ? node.status : `${node.because} failed`;
    return {
      name,
      ...(node.durationMs !== undefined && { durationMs: node.durationMs }),
      ...(finding !== undefined && { result: 'failure', finding }),
      ...(finding === undefined && node.status !== 'success' && { skipped }),
    };
  });
  const others = findings.filter((each) => each.node === undefined);
  return { name: pipeline, durationMs, cases: [...cases, ...others.map(errorCase)] };
}

/** What kept anything from being found out. */
export function suiteOfError(name: string, findings: readonly Finding[]): TestSuite {
  return { name, cases: findings.map(errorCase) };
}

function errorCase(finding: Finding): TestCase {
  return { name: finding.type, result: 'error', finding };
}

export function junitXml(suites: readonly TestSuite[], cwd: string): string {
  const all = suites.flatMap(({ cases }) => cases);
  const totalMs = suites.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element(
      'testsuites',
      { name: 'flowerpower', ...counts(all), time: seconds(totalMs) },
      suites.map(({ name, durationMs = 0, cases }) =>
        element(
          'testsuite',
          { name, ...counts(cases), time: seconds(durationMs) },
          cases.map((each) => caseElement(name, each, cwd)),
        ),
      ),
    ),
  ].join('\n');
}

function counts(cases: readonly TestCase[]): Record<string, number> {
  const count = (is: (each: TestCase) => boolean) => cases.filter(is).length;
  return {
    tests: cases.length,
    failures: count(({ result }) => result === 'failure'),
    errors: count(({ result }) => result === 'error'),
    skipped: count(({ skipped }) => skipped !== undefined),
  };
}

function caseElement(
  suite: string,
  { name, durationMs = 0, result, finding, skipped }: TestCase,
  cwd: string,
): string {
  const attributes = { name, classname: suite, time: seconds(durationMs) };
  if (skipped !== undefined)
    return element('testcase', attributes, [element('skipped', { message: skipped })]);
  if (result === undefined || finding === undefined) return element('testcase', attributes);
  const { type, message, hint, place } = finding;
  const text = [place && `at ${showPlace(place, cwd)}`, hint && `hint ${hint}`].filter(Boolean).join('\n');
  return element('testcase', attributes, [
    element(result, { message, type }, text === '' ? [] : [escape(text)]),
  ]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const open = `<${name}${shown.join('')}`;
  if (content.length === 0) return `${open}/>`;
  const isText = !content[0]!.startsWith('<');
  return isText
    ? `${open}>${content.join('')}</${name}>`
    : `${open}>\n${content.join('\n').replaceAll(/^/gm, '  ')}\n</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 cannot hold become the one that says so. */
function escape(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- those are meant
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff\p{Surrogate}]/gu, '\ufffd')
      .replaceAll(/[&<>"\n\t]/g, (character) => entities[character]!)
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(6);
}
