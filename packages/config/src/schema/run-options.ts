/**
 * The settings of `run:`, each written once. Derived from this table are the schema and the type of `run:` in YAML,
 * the short variables, the flags of the command line with their help, and the types of overrides in code.
 *
 * To add one, add its row and read it where it has its effect.
 */
import * as v from 'valibot';
import {
  aboveZero,
  atLeastZero,
  boolean,
  filledText,
  namesOrBoolean,
  textList,
  userMap,
  wholeAtLeast,
} from './parts.js';
import { option } from './run-option.js';

const logLevels = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
const levelNames = new Map<string, string>([
  ['WARN', 'WARNING'],
  ['FATAL', 'CRITICAL'],
]);

const logLevel = v.pipe(
  v.string('text'),
  v.transform((name) => levelNames.get(name.toUpperCase()) ?? name.toUpperCase()),
  v.picklist(logLevels, `one of ${logLevels.join(', ')}`),
  v.metadata({ inAnyCase: [...logLevels, ...levelNames.keys()] }),
);

const cacheBehaviors = ['default', 'recompute', 'disable', 'ignore'] as const;
const cacheBehavior = v.optional(v.picklist(cacheBehaviors, `one of ${cacheBehaviors.join(', ')}`));
const cachedNames = v.optional(namesOrBoolean);

const executor = {
  /** Name of the executor; whether it exists is for the runtime to judge. Default `local`. */
  type: option({
    schema: v.optional(filledText, 'local'),
    flag: '--executor <type>',
    variable: 'FP_EXECUTOR',
    help: 'where nodes run',
  }),
  /** At least 1. */
  maxWorkers: option({
    schema: v.optional(wholeAtLeast(1)),
    flag: '--executor-max-workers <n>',
    variable: 'FP_EXECUTOR_MAX_WORKERS',
    help: 'workers of the executor at most',
  }),
  /** Above 0; an executor may take fractions. */
  numCpus: option({
    schema: v.optional(aboveZero),
    flag: '--executor-num-cpus <n>',
    variable: 'FP_EXECUTOR_NUM_CPUS',
    help: 'processors that the executor may use',
  }),
  /** Options of the executor, untouched. */
  options: option({
    schema: v.optional(userMap),
    flag: '--executor-options <values>',
    help: 'as --inputs, for the executor itself',
  }),
};

const retry = {
  /** Further attempts after the first. Default 0. */
  maxRetries: option({
    schema: v.optional(wholeAtLeast(0), 0),
    flag: '--max-retries <n>',
    variable: 'FP_MAX_RETRIES',
    help: 'further attempts after a failure',
  }),
  /** Seconds before the first further attempt. Default 1. */
  retryDelay: option({
    schema: v.optional(atLeastZero, 1),
    flag: '--retry-delay <seconds>',
    variable: 'FP_RETRY_DELAY',
    help: 'wait before the first retry; doubles each time',
  }),
  /** Random share added to each delay, 0 for none. Default 0.1. */
  jitterFactor: option({
    schema: v.optional(atLeastZero, 0.1),
    flag: '--jitter-factor <n>',
    variable: 'FP_JITTER_FACTOR',
    help: 'random share added to each wait, 0 for none',
  }),
  /**
   * `full` draws each delay between 0 and what it would be without chance, which spreads many callers best; `jitterFactor`
   * then means nothing. Default `added`.
   */
  jitter: option({
    schema: v.optional(v.picklist(['added', 'full'], 'added or full')),
    flag: '--jitter <kind>',
    help: 'added: lengthen each wait by the jitter factor; full: draw it from 0 upwards',
  }),
  /** Seconds that no delay exceeds. */
  maxDelay: option({
    schema: v.optional(aboveZero),
    flag: '--max-delay <seconds>',
    help: 'longest wait before a retry',
  }),
  /** Names of the errors to retry. Empty, the default, means every error except programming errors. */
  retryExceptions: option({
    schema: v.optional(textList, []),
    flag: '--retry-exceptions <names>',
    help: 'errors to retry, separated by commas (default: all but programming errors)',
  }),
};

/** `true` and `false` for the whole map are short for `enabled`. */
const cache = {
  /** Default false; true where a file or code gives any other key. */
  enabled: option({
    schema: v.optional(boolean, false),
    flag: '--cache',
    help: 'take values that are the same as before from the cache',
  }),
  /** Relative to the project, or a URI. Default `.flowerpower/cache`. */
  dir: option({ schema: v.optional(filledText), flag: '--cache-dir <dir>', help: 'where values are kept' }),
  /** About how many bytes of files are kept, at least 1. Default 1 GiB. */
  maxSizeBytes: option({
    schema: v.optional(wholeAtLeast(1)),
    flag: '--cache-max-size-bytes <n>',
    help: 'about how much is kept (default: 1 GiB)',
  }),
  /** Seconds after which an entry is not found any more. Default: no limit. */
  maxAge: option({
    schema: v.optional(aboveZero),
    flag: '--cache-max-age <seconds>',
    help: 'age after which a value is not used any more',
  }),
  /** Nodes by name, or `true` for all that no other list names. False is as good as absent. */
  default: option({
    schema: cachedNames,
    flag: '--cache-default <names>',
    help: 'nodes to cache as usual; true for all others',
  }),
  /** As `default`. */
  recompute: option({
    schema: cachedNames,
    flag: '--cache-recompute <names>',
    help: 'nodes to compute anew and keep; true for all others',
  }),
  /** As `default`. */
  disable: option({
    schema: cachedNames,
    flag: '--cache-disable <names>',
    help: 'nodes that are never kept; true for all others',
  }),
  /** As `default`. */
  ignore: option({
    schema: cachedNames,
    flag: '--cache-ignore <names>',
    help: 'nodes that count as unchanged; true for all others',
  }),
  /** What holds for nodes that no list names. */
  defaultBehavior: option({
    schema: cacheBehavior,
    flag: '--cache-default-behavior <name>',
    help: `for nodes that nothing names: ${cacheBehaviors.join(', ')}`,
  }),
  /** What holds for loaders that no list names. */
  defaultLoaderBehavior: option({
    schema: cacheBehavior,
    flag: '--cache-default-loader-behavior <name>',
    help: 'the same for loaders',
  }),
  /** What holds for savers that no list names. */
  defaultSaverBehavior: option({
    schema: cacheBehavior,
    flag: '--cache-default-saver-behavior <name>',
    help: 'the same for savers',
  }),
};

export const runOptions = {
  /** Input values by name. */
  inputs: option({
    schema: v.optional(userMap, {}),
    flag: '-i, --inputs <values>',
    help: 'name=value[,…], a JSON object, @file.json (wherever the file is) or - (repeatable)',
  }),
  /** Nodes to compute. Empty, the default, means every leaf. */
  finalVars: option({
    schema: v.optional(textList, []),
    flag: '-o, --outputs <names>',
    help: 'nodes to compute, separated by commas (default: run.finalVars)',
  }),
  /** Values that pick node variants when the graph is built. */
  config: option({
    schema: v.optional(userMap, {}),
    flag: '-c, --config <values>',
    help: 'as --inputs, for the configuration that chooses variants',
  }),
  executor,
  retry,
  cache,
  /** Seconds for the whole run. */
  timeout: option({
    schema: v.optional(aboveZero),
    flag: '--timeout <seconds>',
    help: 'end the run after this time',
  }),
  /** Seconds that running nodes are waited for once the run must end. Default 10. */
  grace: option({
    schema: v.optional(atLeastZero, 10),
    flag: '--grace <seconds>',
    help: 'wait for running nodes after a timeout or Ctrl-C',
  }),
  /** Default `INFO`. */
  logLevel: option({
    schema: v.optional(logLevel, 'INFO'),
    flag: '--log-level <level>',
    variable: 'FP_LOG_LEVEL',
    help: 'DEBUG, INFO, WARNING, ERROR or CRITICAL',
  }),
  /** Whether what nodes print by `console` becomes part of the run's log, besides being printed. Default true. */
  captureConsole: option({
    schema: v.optional(boolean, true),
    flag: '--capture-console',
    help: 'what nodes print is part of the log of the run (default)',
  }),
  /** Import the modules anew before the run. Default false. */
  reload: option({
    schema: v.optional(boolean, false),
    flag: '--reload',
    help: 'import modules that changed anew',
  }),
  /** Modules beside the pipeline's own. */
  additionalModules: option({
    schema: v.optional(textList, []),
    flag: '--additional-modules <names>',
    help: "modules beside the pipeline's own, separated by commas",
  }),
  /**
   * Whether a node may be defined more than once; the later module then wins: additional modules, the pipeline's own,
   * `io.load`. Default false: such a node is an error.
   */
  allowModuleOverrides: option({
    schema: v.optional(boolean, false),
    flag: '--allow-module-overrides',
    help: "let the pipeline's own module, and io.load above all, define a node anew",
  }),
  /** `fail` stops at the first failure; `continue` runs everything that does not depend on it. Default `fail`. */
  onError: option({
    schema: v.optional(v.picklist(['fail', 'continue'], 'fail or continue'), 'fail'),
    flag: '--on-error <mode>',
    help: 'fail: stop at the first failure; continue: run what does not depend on it',
  }),
  /**
   * What watches the run, by the name under which a plugin brings it: true, or a map of its options, which go over those
   * under `adapter`. `progress` is built in.
   */
  withAdapter: option({
    schema: v.optional(userMap),
    flag: '--with-adapter <values>',
    help: 'as --inputs, what watches the run: progress=true',
  }),
  /** The name of a hook that is called once, after a run that succeeded. In code it may be a function. */
  onSuccess: option({
    schema: v.optional(filledText),
    flag: '--on-success <hook>',
    help: 'hook to call after a run that succeeded',
  }),
  /** The name of a hook that is called once, after a run that did not succeed. In code it may be a function. */
  onFailure: option({
    schema: v.optional(filledText),
    flag: '--on-failure <hook>',
    help: 'hook to call after a run that did not succeed',
  }),
  /** Keep a record of the run, for `runs` and `resume`. Default true. */
  record: option({
    schema: v.optional(boolean, true),
    flag: '--record',
    help: 'keep a record of the run, for runs and resume (default: true)',
  }),
  /** Nodes that may run at the same time, at least 1. */
  maxConcurrency: option({
    schema: v.optional(wholeAtLeast(1)),
    flag: '--max-concurrency <n>',
    help: 'asynchronous nodes in flight at most',
  }),
};
