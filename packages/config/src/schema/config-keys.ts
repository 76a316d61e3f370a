/** Every key that the configuration files have, from the shapes by which they are read. */
import { type KeyHelp, pipelineKeyHelp, projectKeyHelp } from './key-help.js';
import { runOptionList } from './run-option-list.js';
import { pipelineShape, projectShape, type Shape, snakeCase } from './shape.js';

export interface ConfigKey {
  /** `run.*` may stand in both files, and is listed once. */
  readonly file: 'project' | 'pipeline';
  /** `io.load.<node>.type`: what stands in `<…>` is for the user to choose. */
  readonly path: string;
  readonly takes: 'text' | 'number' | 'boolean' | 'list' | 'map' | 'anything';
  /** The texts that are allowed, where they are few. */
  readonly choices: readonly string[] | undefined;
  /** Undefined for a key that nobody has described yet. */
  readonly help: string | undefined;
  /** A value in YAML. */
  readonly example: string | undefined;
  readonly flag: string | undefined;
  /** Variables that give it, a short one first. */
  readonly variables: readonly string[];
}

/** What the user's keys are called, by the map that they stand in. */
const chosen: Readonly<Record<string, string>> = {
  storageOptions: '<scheme>',
  fileSystems: '<name>',
  'io.load': '<node>',
  'io.save': '<node>',
};

/** Where the type alone says too little. */
const runExamples: Readonly<Record<string, string>> = {
  'run.inputs': '{ region: north }',
  'run.finalVars': '[report, total]',
  'run.config': '{ country: uk }',
  'run.executor.type': 'local',
  'run.executor.options': '{}',
  'run.retry.retryExceptions': '[RateLimitError, ECONNRESET]',
  'run.cache.dir': '.flowerpower/cache',
  'run.cache.maxSizeBytes': '1000000000',
  'run.cache.maxAge': '86400',
  'run.timeout': '600',
  'run.additionalModules': '[shared.money]',
  'run.withAdapter': '{ progress: true }',
  'run.onSuccess': 'announce',
  'run.onFailure': 'alarm',
};

export const configKeys: readonly ConfigKey[] = [
  ...keysOf(projectShape, [], 'project').filter(({ path }) => !path.startsWith('run.')),
  ...keysOf(pipelineShape, [], 'pipeline'),
];

function keysOf(shape: Shape, path: readonly string[], file: ConfigKey['file']): ConfigKey[] {
  if (shape.kind === 'object')
    return [...shape.children].flatMap(([key, child]) => keysOf(child, [...path, key], file));
  const name = chosen[path.join('.')] ?? (path.at(-1) === 'as' ? '<output>' : undefined);
  if (shape.kind === 'entries') return keysOf(shape.value, [...path, name ?? '<name>'], file);
  return [keyOf(shape, path, file)];
}

function keyOf(
  shape: Exclude<Shape, { kind: 'object' | 'entries' }>,
  keys: readonly string[],
  file: ConfigKey['file'],
): ConfigKey {
  const path = keys.join('.');
  const option = runOptionList.find((each) => each.path === path);
  const known: Partial<KeyHelp> = (file === 'project' ? projectKeyHelp : pipelineKeyHelp)[path] ?? {};
  const takes = takesOf(shape);
  const choices = shape.kind === 'scalar' ? shape.options : undefined;
  const short = option?.variable ?? (path === 'hooksDir' ? 'FP_HOOKS_DIR' : undefined);
  return {
    file,
    path,
    takes,
    choices,
    help: option?.help ?? known.help,
    example: known.example ?? (option && (runExamples[path] ?? choices?.[0] ?? exampleOf(takes))),
    flag: option?.flag,
    variables: [...(short === undefined ? [] : [short]), variableOf(keys, file)],
  };
}

function variableOf(keys: readonly string[], file: ConfigKey['file']): string {
  const names = keys.map((key) => (key.startsWith('<') ? key : snakeCase(key).toUpperCase()));
  return [file === 'project' ? 'FP_PROJECT' : 'FP_PIPELINE', ...names].join('__');
}

function takesOf(shape: Exclude<Shape, { kind: 'object' | 'entries' }>): ConfigKey['takes'] {
  if (shape.kind === 'scalar') return shape.wants;
  if (shape.kind === 'list') return 'list';
  return shape.kind === 'userMap' ? 'map' : 'anything';
}

function exampleOf(takes: ConfigKey['takes']): string {
  const examples = { text: 'text', number: '2', boolean: 'true', list: '[report]', map: '{}', anything: '1' };
  return examples[takes];
}
