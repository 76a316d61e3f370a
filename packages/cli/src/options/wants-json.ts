/** Whether a command line asks for the one document. Decided before it is parsed: a mistake in it is a document, too. */
export function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, at) =>
      arg === '--json' || arg === '--reporter=json' || (arg === 'json' && args[at - 1] === '--reporter'),
  );
}
