import type { Place } from '@flowerpower/core';
import { describePlace, type Origin, placeOf } from '../source/origin.js';
import type { ConfigErrorCode, ConfigProblem } from './catalogue.js';

export interface ProblemDetails {
  readonly code: ConfigErrorCode;
  /** What happened, as one sentence without the place. */
  readonly message: string;
  readonly hint?: string | undefined;
  /** Further places that belong to the problem, for example the first of two equal keys. */
  readonly also?: readonly Origin[] | undefined;
}

/** A problem whose message opens with the place and, for a file, ends with a code frame. */
export function problemAt(origin: Origin, { code, message, hint, also = [] }: ProblemDetails): ConfigProblem {
  const { source, offset } = origin;
  const where =
    source.kind === 'variable' ? `environment variable ${describePlace(origin)}` : describePlace(origin);
  let text = `${where}: ${message}`;
  if (source.kind === 'file' && offset !== undefined) {
    text += `\n${source.file.frame(offset)}`;
  }
  const places = [origin, ...also].map(placeOf).filter((place): place is Place => place !== undefined);
  return { code, message: text, hint, places };
}
