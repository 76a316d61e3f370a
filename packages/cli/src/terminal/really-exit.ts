/**
 * What `process.exit()` ends in. Libraries know it and call it by itself, so users' code is kept from it as well; the
 * command, which ends by it, holds on to the real one.
 */
export const withReallyExit = process as unknown as { reallyExit: (code?: number) => never };

const real = withReallyExit.reallyExit.bind(process);

/** Ends the process without another turn. */
export function reallyExit(code: number): never {
  return real(code);
}

/** `process.exit()` of Node calls whatever stands there. */
export function restoreReallyExit(): void {
  withReallyExit.reallyExit = real;
}
