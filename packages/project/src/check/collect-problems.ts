/** From what the compiler said to what is wrong in the project. */
import { resolve } from 'node:path';
import type { CheckErrorCode } from './catalogue.js';
import { checkError } from './check-error.js';
import { compilerMessage, edgeProblem, isUnreadInput, nodeProblem } from './explain-diagnostic.js';
import type { EdgeNames } from './edge-names.js';
import type { EdgeSubject, GapSubject, NodeSubject } from './line-subject.js';
import type { Diagnostic } from './parse-diagnostics.js';
import type { EdgeProblem, NodeProblem, SourceProblem } from './report.js';
import type { ShadowProgram } from './shadow-program.js';

/** Where a check took place. Paths are absolute and real. */
export interface CheckSite {
  readonly root: string;
  readonly program: ShadowProgram;
  readonly programFile: string;
  readonly configFile: string;
  readonly ownConfig: string | undefined;
  readonly names: EdgeNames;
}

export interface CollectedProblems {
  /** Those of the project's own files. */
  readonly sources: readonly SourceProblem[];
  /** In the order of the program. */
  readonly wrongEdges: readonly (EdgeProblem | NodeProblem)[];
  /** What cannot be checked. */
  readonly gaps: readonly GapSubject[];
  /** False where options of the compiler are wrong: then it looks at no file. */
  readonly isJudged: boolean;
}

export function collectProblems(diagnostics: readonly Diagnostic[], site: CheckSite): CollectedProblems {
  const sources: SourceProblem[] = [];
  const gaps: GapSubject[] = [];
  const found: { readonly subject: NodeSubject | EdgeSubject; readonly diagnostic: Diagnostic }[] = [];
  for (const diagnostic of diagnostics) {
    const file = diagnostic.file === undefined ? undefined : resolve(site.root, diagnostic.file);
    const subject = file === site.programFile ? site.program.subjects.get(diagnostic.line!) : undefined;
    if (file !== site.programFile) sources.push(sourceProblem(diagnostic, file, site));
    else if (subject === undefined) throw brokenProgram(diagnostic, site);
    else if (subject.kind === 'gap') gaps.push(subject);
    else if (subject.kind === 'module') sources.push(sourceProblem(diagnostic, subject.module.file, site));
    else if (!isUnreadInput(subject, diagnostic)) found.push({ subject, diagnostic });
  }
  const reported = new Set(
    found.filter(({ subject }) => !subject.alone).map(({ subject }) => keyOf(subject)),
  );
  const wrongEdges = found
    .filter(({ subject }) => !subject.alone || !reported.has(keyOf(subject)))
    .sort((a, b) => a.diagnostic.line! - b.diagnostic.line!)
    .map(({ subject, diagnostic }) =>
      'dependency' in subject
        ? edgeProblem(subject, diagnostic, site.names)
        : nodeProblem(subject, diagnostic),
    );
  const isJudged = !diagnostics.some(({ file }) => isOptions(file && resolve(site.root, file), site));
  return { sources, wrongEdges, gaps, isJudged };
}

function keyOf(subject: NodeSubject | EdgeSubject): string {
  const part = 'dependency' in subject ? subject.dependency.parameter : `(${subject.kind})`;
  return `${subject.node.name} ${part}`;
}

function sourceProblem(diagnostic: Diagnostic, file: string | undefined, site: CheckSite): SourceProblem {
  const code: CheckErrorCode = 'FP_CHECK_SOURCE';
  const ts = compilerMessage(diagnostic);
  const ofOptions = isOptions(file, site);
  const placed = ofOptions ? site.ownConfig : file;
  const hasLine = !ofOptions && file === resolve(site.root, diagnostic.file ?? '');
  const place = placed && {
    file: placed,
    ...(hasLine && { line: diagnostic.line, column: diagnostic.column }),
  };
  return {
    code,
    message: `${ts.message} (TS${ts.code})`,
    hint: ofOptions
      ? 'Correct the compiler options; until then the check cannot be relied on.'
      : 'Correct the file; until then edges that depend on it cannot be relied on.',
    places: place ? [place] : [],
    ts,
  };
}

function isOptions(file: string | undefined, site: CheckSite): boolean {
  return file === undefined || file === site.configFile;
}

/** An error in a line that is ours alone. */
function brokenProgram(diagnostic: Diagnostic, { programFile }: CheckSite): Error {
  return checkError({
    code: 'FP_CHECK_FAILED',
    message: `The program that the check wrote is rejected by TypeScript: ${compilerMessage(diagnostic).message}`,
    hint: 'Compiler options that forbid what it needs are the likely cause; it is kept for you to look at.',
    places: [{ file: programFile, line: diagnostic.line, column: diagnostic.column }],
  });
}
