/** Options that many commands share. */
import { type Command, Option } from 'commander';
import { reporters } from '../reporters/reporter-names.js';
import { repeatable } from '../options/refuse-repeats.js';

/** Of every command. */
export function withCommon(command: Command): Command {
  return command
    .option('--json', 'print one JSON document and nothing else on standard output')
    .option('--color', 'colour the output (default: when a person looks at it)')
    .option('--no-color', 'no colour');
}

/** Of every command that opens a project. */
export function withProject(command: Command): Command {
  return withCommon(command)
    .option(
      '-d, --base-dir <dir>',
      'folder of the project, or its URI, as s3://bucket/shop (default: found upwards from the working folder)',
    )
    .addOption(storageOptions())
    .option('-e, --env <name>', 'apply conf/env/<name>.yml (default: FP_ENV)')
    .option('--no-env-file', 'take no variables from .env and .env.<env> of the project')
    .addOption(
      repeatable(
        new Option(
          '--allow-outside <dir>',
          'read and write below this folder outside of the project, too (repeatable)',
        ).argParser((dir: string, before?: readonly string[]) => [...(before ?? []), dir]),
      ),
    );
}

/** Of commands whose findings other programs watch over. */
export function reporterOption(): Option {
  const help = 'for people; as --json; JUnit XML in place of what people read; annotations of GitHub besides';
  return new Option('--reporter <name>', help)
    .choices([...reporters])
    .conflicts('json')
    .default(undefined, 'default');
}

/** Of commands that run something, and show how that goes. */
export function withProgress(command: Command): Command {
  return command
    .option('-q, --quiet', 'no progress; warnings and errors only')
    .option('--no-tty', 'progress as lines that are only added, also where a person looks at it');
}

export function storageOptions(): Option {
  const help =
    'of filesystems, in place of those of their scheme in conf/project.yml: s3.endpoint=http://… (repeatable), JSON, or @file';
  return repeatable(
    new Option('--storage-options <option>', help).argParser((text: string, before?: readonly string[]) => [
      ...(before ?? []),
      text,
    ]),
  );
}

export function openInputs(): Option {
  const help = 'an input that nothing gives is not a problem: it is given when the pipeline is run';
  return new Option('--allow-open-inputs', help);
}
