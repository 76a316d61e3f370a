import { type LogRecord, type RunEvent, textSink } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import { renderEvent } from '../render/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { type ProjectOptions, withRuns } from './options.js';

export interface RunLogsOptions extends ProjectOptions {
  readonly follow?: boolean;
}

export function printRunLogs(run: string, options: RunLogsOptions, terminal: Terminal): Promise<number> {
  const print = options.json
    ? (event: RunEvent) => terminal.document(JSON.stringify(event))
    : (event: RunEvent) => printLine(event, terminal);
  return withRuns(options, terminal, async (runs) => {
    if (options.follow) {
      for await (const event of runs.events(run, { signal: terminal.signal })) print(event);
      return success;
    }
    const { events, warnings } = await runs.show(run);
    for (const warning of warnings) terminal.err(`${terminal.paint('yellow', 'warning')} ${warning}`);
    for (const event of events) print(event);
    return success;
  });
}

function printLine(event: RunEvent, terminal: Terminal): void {
  if (event.type === 'log') return printRecord(event, terminal);
  const line = renderEvent(event, terminal);
  if (line !== undefined) terminal.out(`${terminal.paint('dim', event.ts)} ${line}`);
}

/** As the run itself has shown it. */
function printRecord(
  { ts, level, msg, node, attempt, fields }: RunEvent & { type: 'log' },
  terminal: Terminal,
): void {
  const record: LogRecord = {
    ts,
    level,
    msg,
    ...(node !== undefined && { node }),
    ...(attempt !== undefined && { attempt }),
    ...fields,
  };
  textSink((line) => terminal.out(line.trimEnd()))(record);
}
