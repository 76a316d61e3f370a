import {
  aFunction,
  aListOf,
  aRecord,
  type OptionRules,
  required,
  requireOptions,
  withMethods,
} from '@flowerpower/core';

const rules: OptionRules = {
  registry: {
    ...required(withMethods('a registry of plugins', 'loader', 'saver', 'fileSystem')),
    hint: 'Write registry: createRegistry().',
  },
  fs: {
    ...required(withMethods('a filesystem', 'read', 'write', 'list', 'uri')),
    hint: 'Write fs: createLocalFileSystem({ root }).',
  },
  boundary: withMethods('a boundary, as createBoundary makes it', 'locate'),
  storageOptions: aRecord,
  placeOfStorage: aFunction,
  unsetStorage: aListOf('unset options', 'Write unsetStorage: [].'),
  locations: aRecord,
  placeOfLocation: aFunction,
  adapter: aRecord,
  project: aRecord,
  onEvent: aFunction,
  recording: aRecord,
  clock: withMethods('a clock', 'wallMs', 'elapsedMs', 'schedule', 'block'),
  random: aFunction,
  log: withMethods('a log, as createLogger makes it', 'sink', 'debug', 'info', 'warn', 'error'),
  scope: withMethods('an AsyncLocalStorage', 'run', 'getStore'),
};

/** @throws FlowerPowerError `FP_BAD_OPTION` with every problem, or the only one. */
export function checkRunnerOptions(options: unknown): void {
  requireOptions(options, rules, 'createPipelineRunner');
}
