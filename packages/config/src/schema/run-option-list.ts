import { isRunOption, type RunOption, type RunOptionTable } from './run-option.js';
import { runOptions } from './run-options.js';
import { pipelineShape, type Shape, snakeCase } from './shape.js';

/** A row of the table of run options, with what follows from its place and its schema. */
export interface RunOptionEntry {
  /** `run.retry.maxRetries`: its place in the pipeline's YAML file. */
  readonly path: string;
  /** As `--help` shows it: `--max-retries <n>`. Where `takes` is `boolean` there is a `--no-…` besides. */
  readonly flag: string;
  /** A phrase without capital and full stop. */
  readonly help: string;
  /** `FP_PIPELINE__RUN__RETRY__MAX_RETRIES`. */
  readonly pathVariable: string;
  /** A short variable for the same, if there is one: `FP_MAX_RETRIES`. */
  readonly variable: string | undefined;
  /** What a value is: `map` belongs to the user, `list` holds names. */
  readonly takes: 'text' | 'number' | 'boolean' | 'list' | 'map';
  /** The texts that are allowed, where they are few. */
  readonly choices: readonly string[] | undefined;
}

/** Every run option, in the order of the table. The command line makes its flags from it. */
export const runOptionList: readonly RunOptionEntry[] = entriesOf(runOptions, ['run'], pipelineShape);

function entriesOf(table: RunOptionTable, at: readonly string[], root: Shape): RunOptionEntry[] {
  return Object.entries(table).flatMap(([key, entry]) => {
    const keys = [...at, key];
    return isRunOption(entry) ? [entryOf(entry, keys, shapeAt(root, keys))] : entriesOf(entry, keys, root);
  });
}

function entryOf({ flag, help, variable }: RunOption, keys: readonly string[], shape: Shape): RunOptionEntry {
  return {
    path: keys.join('.'),
    flag,
    help,
    pathVariable: `FP_PIPELINE__${keys.map((key) => snakeCase(key).toUpperCase()).join('__')}`,
    variable,
    takes: shape.kind === 'scalar' ? shape.wants : shape.kind === 'list' ? 'list' : 'map',
    choices: shape.kind === 'scalar' ? shape.options : undefined,
  };
}

function shapeAt(root: Shape, keys: readonly string[]): Shape {
  return keys.reduce((shape, key) => (shape.kind === 'object' ? shape.children.get(key)! : shape), root);
}
