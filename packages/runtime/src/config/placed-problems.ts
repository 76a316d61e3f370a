/**
 * Problems of a pipeline with the line of its configuration that each is about. The engine knows names and no files, so
 * the place is found by the name that a problem begins with.
 */
import type { Problem } from '@flowerpower/core';
import type { PipelineDefinition } from './pipeline-definition.js';

type Keys = readonly string[];
type Definition = Pick<PipelineDefinition, 'params' | 'io' | 'run' | 'placeOf' | 'giverOf'>;

/** The problems, each with its place in the configuration first, as far as it is about something written there. */
export function placedProblems(problems: readonly Problem[], definition: Definition): Problem[] {
  const { placeOf, giverOf } = definition;
  if (placeOf === undefined) return [...problems];
  return problems.map((problem) => {
    const keys = keysOf(problem, definition);
    const place = keys.map(placeOf).find((found) => found !== undefined);
    if (place !== undefined) return { ...problem, places: [place, ...(problem.places ?? [])] };
    const giver = keys.map((each) => giverOf?.(each)).find((found) => found !== undefined);
    return giver === undefined ? problem : { ...problem, hint: withGiver(problem, giver) };
  });
}

function withGiver({ hint }: Problem, giver: string): string {
  const said = giver.startsWith('-')
    ? `${giver} gives it.`
    : `The variable ${giver} gives it; in names of yours upper and lower case count there.`;
  return hint === undefined ? said : `${hint} ${said}`;
}

/** Where in the configuration a problem may lie, the most likely first. */
function keysOf(problem: Problem, definition: Definition): Keys[] {
  const { params, run } = definition;
  const { code, message } = problem;
  const names = (name: string) => message.includes(`'${name}'`);
  switch (code) {
    case 'FP_UNKNOWN_OUTPUT':
      return indexed(run.finalVars, names, ['run', 'finalVars']);
    case 'FP_UNKNOWN_INPUT':
    case 'FP_INPUT_IN_CONFIG':
      return [
        ...Object.keys(run.inputs)
          .filter(names)
          .map((name) => ['run', 'inputs', name]),
        ...Object.keys(params)
          .filter(names)
          .map((name) => ['params', name]),
      ];
    case 'FP_UNKNOWN_CONFIG_KEY':
      return Object.keys(run.config)
        .filter(names)
        .map((name) => ['run', 'config', name]);
    case 'FP_UNKNOWN_EXECUTOR':
      return [['run', 'executor', 'type']];
    case 'FP_UNKNOWN_RETRY_EXCEPTION':
      return indexed(run.retry.retryExceptions, names, ['run', 'retry', 'retryExceptions']);
    case 'FP_BAD_CACHE_OPTION':
      return cacheKeys(problem, definition, names);
    default:
      return prefixedKeys(problem, definition);
  }
}

/** `params.x.y: …`, `io.load.x: …` and `run.timeout must be …`. */
function prefixedKeys({ code, message, places = [] }: Problem, { params, io, run }: Definition): Keys[] {
  const starts = (path: string) => message.startsWith(`${path}: `) || message.startsWith(`${path} `);
  const ofParams = Object.entries(params).flatMap(([name, values]): Keys[] => [
    ...(isMap(values) ? Object.keys(values) : [])
      .filter((parameter) => starts(`params.${name}.${parameter}`))
      .map((parameter) => ['params', name, parameter]),
    ...(starts(`params.${name}`) ? [['params', name]] : []),
  ]);
  // A parameter has its node for a place; where the others have one, it is the line itself.
  if (places.length > 0) return ofParams;
  const ofIo = (['load', 'save'] as const).flatMap((kind) =>
    Object.keys(io[kind])
      .filter((target) => starts(`io.${kind}.${target}`))
      .flatMap((target) => {
        const entry = ['io', kind, target];
        return inner(optionIn(message.slice(`io.${kind}.${target}`.length), code), entry);
      }),
  );
  const ofRun = Object.entries(run).flatMap(([key, value]): Keys[] => [
    ...(isMap(value) ? Object.keys(value) : [])
      .filter((inner) => starts(`run.${key}.${inner}`) || starts(`${key}.${inner}`))
      .map((inner) => ['run', key, inner]),
    ...(starts(`run.${key}`) ? [['run', key]] : []),
  ]);
  return [...ofParams, ...ofIo, ...ofRun];
}

/** The option of an entry that a problem is about, as its keys; none where it is about the entry. */
function optionIn(words: string, code: string): Keys {
  if (code === 'FP_UNKNOWN_LOADER' || code === 'FP_UNKNOWN_SAVER') return ['type'];
  const ofStorage = /^: storageOptions(: .*)$/s.exec(words)?.[1];
  if (ofStorage !== undefined) return ['storageOptions', ...optionIn(ofStorage, code)];
  const option = / has no option '([^']+)'/.exec(words)?.[1];
  if (option !== undefined) return [option];
  // `csv.types.amount must be …`, and what a schema of options says in words of its own.
  const value = /^: [\w-]+\.(.+?)(?: must be |: )/.exec(words)?.[1];
  if (value !== undefined) return value.split('.');
  if (/ a schema '|: schema must be | is not a schema\.$/.test(words)) return ['schema'];
  return words.startsWith(': type must be ') ? ['type'] : [];
}

/** The keys, and those around them: what has no line of its own stands in one that has. */
function inner(keys: Keys, entry: Keys): Keys[] {
  return keys.map((_, index) => [...entry, ...keys.slice(0, keys.length - index)]).concat([[...entry]]);
}

function cacheKeys({ message }: Problem, { run }: Definition, names: (name: string) => boolean): Keys[] {
  return Object.entries(run.cache ?? {}).flatMap(([key, value]): Keys[] => {
    if (!message.includes(`cache.${key} `)) return [];
    const at = ['run', 'cache', key];
    return [...(Array.isArray(value) ? indexed(value as readonly string[], names, at) : []), at];
  });
}

/** The items of a list that a problem names. */
function indexed(items: readonly string[], names: (name: string) => boolean, at: Keys): Keys[] {
  return items.flatMap((item, index): Keys[] => (names(item) ? [[...at, String(index)]] : []));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
