import { type LogRecord, type RunEvent, textSink } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import { renderEvent } from '../render/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withRuns } from './options.js';

export interface RunLogsOptions extends ProjectOptions {
  readonly follow?: boolean;
}

/** With `--json` one document, or one for each event where it goes on as the run does. */
export function printRunLogs(run: string, options: RunLogsOptions, terminal: Terminal): Promise<number> {
  return withRuns(options, terminal, async (runs) => {
    if (options.follow) {
      for await (const event of runs.events(run, { signal: terminal.signal })) {
        if (options.json) terminal.document(JSON.stringify(event));
        else printLine(event, terminal);
      }
      return success;
    }
    const { header, events, warnings } = await runs.show(run);
    for (const warning of warnings) terminal.err(`${terminal.paint('yellow', 'warning')} ${warning}`);
    if (options.json) printJson(terminal, { runId: header.runId, events, warnings });
    else for (const event of events) printLine(event, terminal);
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
