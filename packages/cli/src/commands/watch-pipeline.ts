/** `--watch`: runs a pipeline again whenever a file changes that it is made of, or reads. */
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { boundedList, FlowerPowerError } from '@flowerpower/core';
import { isRemote, type LoadedPipeline } from '@flowerpower/project';
import type { CliErrorCode } from '../errors/catalogue.js';
import { exitCodeOf, exitCodeOfSignal } from '../errors/exit-code.js';
import { renderError } from '../render/error.js';
import { showPath } from '../render/show-path.js';
import type { Terminal } from '../terminal/terminal.js';
import { watchFiles } from '../watch/file-watch.js';
import { filesOf, filesOfProject } from '../watch/files-of-pipeline.js';
import { runAgain } from '../watch/run-again.js';
import { rootOf, withProject } from './options.js';
import { type RunOptions, runOnce } from './run-pipeline.js';

/** A person sees what follows from a change at once; the disk is hardly asked. */
const lookMs = 200;

/** @returns the exit code of the signal that ended it. */
export async function watchPipeline(name: string, options: RunOptions, terminal: Terminal): Promise<number> {
  const root = rootOf(options);
  if (isRemote(root)) throw notHere(root);
  const dim = (line: string) => terminal.err(terminal.paint('dim', line));
  const always = filesOfProject(root, name, options.env ?? terminal.env['FP_ENV'], terminal.env);
  const files = watchFiles((file) => stat(file).catch(() => undefined));
  let last: readonly string[] = [];
  let count = 0;
  await runAgain({
    files,
    signal: terminal.signal,
    pause: (signal) => setTimeout(lookMs, undefined, { signal }).catch(() => {}),
    onIdle: () => dim(`Watching ${count === 1 ? '1 file' : `${count} files`}; Ctrl-C ends.`),
    onChange(changed, wasRunning) {
      const [first, ...more] = changed.map((file) => showPath(file, terminal.cwd));
      const others = more.length === 0 ? '' : ` and ${more.length} more`;
      terminal.err([
        '',
        `${terminal.paint('cyan', '↻')} ${first}${others} changed${wasRunning ? '; the run was stopped' : ''}`,
      ]);
    },
    async run(signal, dependOn) {
      const dependOnAll = (found: readonly string[]) => {
        last = found;
        const all = new Set([...always, ...found]);
        count = all.size;
        return dependOn(all);
      };
      // What does not load is mended in the files that it was made of before.
      await dependOnAll(last);
      try {
        await runOnce(name, options, asOneRun(terminal, signal, options), {
          onLoaded: (pipeline: LoadedPipeline) => void dependOnAll(filesOf(pipeline, root)),
          // Nobody wants to read how a run ended that is beginning anew.
          isMuted: () => signal.aborted && !terminal.signal.aborted,
        });
      } catch (error) {
        if (exitCodeOf(error) === 3 || terminal.signal.aborted) throw error;
        terminal.err(renderError(error, terminal));
      }
    },
  });
  return exitCodeOfSignal(terminal.stoppedBy() ?? 'SIGINT');
}

/** `dev`: the name may be left out where there is one pipeline. */
export async function dev(
  name: string | undefined,
  options: RunOptions,
  terminal: Terminal,
): Promise<number> {
  return watchPipeline(name ?? (await onlyPipeline(options, terminal)), options, terminal);
}

async function onlyPipeline(options: RunOptions, terminal: Terminal): Promise<string> {
  const names = await withProject(options, terminal, async ({ pipelineManager }) =>
    (await pipelineManager.list()).map((entry) => entry.name),
  );
  if (names.length === 1) return names[0]!;
  const code: CliErrorCode = 'FP_CLI_USAGE';
  throw new FlowerPowerError({
    code,
    message: names.length === 0 ? 'The project has no pipeline yet.' : 'The project has several pipelines.',
    hint:
      names.length === 0 ? 'Add one: flowerpower pipeline new <name>.' : `Name one: ${boundedList(names)}.`,
  });
}

/** With `--json` each run is a line. */
function asOneRun(terminal: Terminal, signal: AbortSignal, { json }: RunOptions): Terminal {
  return {
    ...terminal,
    signal,
    document: (text) => terminal.document(json ? JSON.stringify(JSON.parse(text)) : text),
  };
}

function notHere(root: string): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  return new FlowerPowerError({
    code,
    message: `The project ${root} is not watched: only files of this machine are.`,
    hint: 'Watch a copy of it in a folder: --base-dir <dir>.',
  });
}
