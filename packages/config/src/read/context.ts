import type { Place } from '@flowerpower/core';
import type { YamlLibrary } from '@flowerpower/yaml';
import type { ConfigProblem } from '../errors/catalogue.js';
import { type ProblemDetails, problemAt } from '../errors/problem-at.js';
import type { Environment, Surroundings } from '../interpolation/interpolate.js';
import type { Origin } from '../source/origin.js';

/** What reading the layers of one configuration shares: the surroundings, and everything found wrong. */
export interface ReadContext {
  readonly environment: Environment;
  /** Where a variable stands that a file gives. */
  readonly variablePlaces: ReadonlyMap<string, Place>;
  /** What `${file:…}` refers to. */
  readonly file: Surroundings['file'];
  /** Undefined when no layer needs YAML. */
  readonly yaml: YamlLibrary | undefined;
  readonly problems: ConfigProblem[];
  readonly warnings: ConfigProblem[];
}

export function report(context: ReadContext, origin: Origin, details: ProblemDetails): void {
  context.problems.push(problemAt(origin, details));
}

export function warn(context: ReadContext, origin: Origin, details: ProblemDetails): void {
  context.warnings.push(problemAt(origin, details));
}

/** `run.retry`, or words for the root. */
export function pathText(path: readonly string[]): string {
  return path.length === 0 ? 'the top level' : path.join('.');
}
