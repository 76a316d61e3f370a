import type { StreamWriter } from './stream-writer.js';

export interface Output {
  readonly stdout: StreamWriter;
  readonly stderr: StreamWriter;
}

/**
 * Waits until everything is written, and gives the exit code: that of the command, or 1 when its results were lost.
 * A reader that went away (`… | head`) has seen what it wanted. What could not be written to standard error, where
 * nothing is left to say it, changes nothing.
 */
export async function endOutput({ stdout, stderr }: Output, exitCode: number): Promise<number> {
  const lost = await stdout.flushed();
  let code = exitCode;
  if (lost !== undefined && lost.code !== 'EPIPE') {
    const hint = 'What the command did otherwise stands; only its output is incomplete or missing.';
    stderr.write(
      `error FP_CLI_OUTPUT Standard output cannot be written: ${lost.message}.\n  hint  ${hint}\n`,
    );
    code = exitCode === 0 ? 1 : exitCode;
  }
  await stderr.flushed();
  return code;
}
