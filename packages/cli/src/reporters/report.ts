/** `--reporter`: the same facts for the programs that watch over a build. */
import type { Graph } from '@flowerpower/core';
import { maskStrings, type RunOutcome } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { type Finding, findingsOfError, findingsOfRun } from './finding.js';
import { githubAnnotations } from './github.js';
import type { ReporterName } from './reporter-names.js';
import { junitXml, suiteOfError, suiteOfRun, type TestSuite } from './junit.js';

export interface Report {
  run(outcome: RunOutcome, graph: Graph): void;
  /** What was found about a pipeline besides, under the name of a test; nothing found is a test that passed. */
  found(pipeline: string, test: string, findings: readonly Finding[]): void;
  /** What kept a pipeline from being run or looked at. */
  error(pipeline: string, error: unknown): void;
  /** Prints what has to be printed as one document, once. */
  end(): void;
  /** The document stands in place of what the command prints for people on standard output. */
  readonly isProduct: boolean;
}

export function createReport(name: ReporterName = 'default', terminal: Terminal): Report {
  if (name === 'junit') return junitReport(terminal);
  if (name === 'github') return githubReport(terminal);
  const nothing = () => {};
  return { run: nothing, found: nothing, error: nothing, end: nothing, isProduct: false };
}

function junitReport(terminal: Terminal): Report {
  const suites: TestSuite[] = [];
  let isPrinted = false;
  return {
    isProduct: true,
    run: (outcome, graph) => void suites.push(suiteOfRun(outcome, ofRun(outcome, graph))),
    found(name, test, findings) {
      const cases = findings
        .filter(({ level }) => level === 'error')
        .map((finding) => ({ name: finding.type, result: 'failure' as const, finding }));
      suites.push({ name, cases: cases.length === 0 ? [{ name: test }] : cases });
    },
    error: (pipeline, error) => void suites.push(suiteOfError(pipeline, findingsOfError(error))),
    end() {
      // Masked before it is escaped: a text is recognised as it is, and what stands for it is escaped too.
      if (!isPrinted) terminal.document(junitXml(maskStrings(suites, terminal.mask), terminal.cwd));
      isPrinted = true;
    },
  };
}

function githubReport(terminal: Terminal): Report {
  // Before it is escaped: a text is recognised as it is.
  const masked = ({ level, ...finding }: Finding): Finding => ({
    ...maskStrings(finding, terminal.mask),
    level,
  });
  const annotate = (title: string, findings: readonly Finding[]) =>
    terminal.err(githubAnnotations(findings.map(masked), title, terminal));
  return {
    isProduct: false,
    run: (outcome, graph) => annotate(outcome.pipeline, ofRun(outcome, graph)),
    found: (pipeline, _test, findings) => annotate(pipeline, findings),
    error: (pipeline, error) => annotate(pipeline, findingsOfError(error)),
    end: () => {},
  };
}

function ofRun(outcome: RunOutcome, graph: Graph): Finding[] {
  return outcome.status === 'success' ? [] : findingsOfRun(outcome, graph);
}
