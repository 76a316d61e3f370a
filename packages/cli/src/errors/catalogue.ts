/** Every code that the command raises by itself, with the sentence that explains it. */
export const cliErrors = {
  FP_CLI_USAGE: 'The command line cannot be understood.',
  FP_CLI_VALUE: 'A value on the command line has the wrong form or type.',
  FP_CLI_FILE: 'A file named on the command line cannot be read or written.',
  FP_CLI_OUTPUT: 'What the command had to print could not be written, or is too big for one document.',
  FP_CLI_STALLED: 'The command waits for something that nothing is left to bring about.',
  FP_CLI_STRAY_ERROR: 'Code that the command imported left an error that nobody caught.',
  FP_CLI_STALE_TYPES: '`typegen --check` found types that are not those of the pipelines.',
  FP_CLI_STOPPED: 'A signal ended the command.',
} as const;

export type CliErrorCode = keyof typeof cliErrors;
