/** The command line: names, options and help. Commands are loaded when they are called. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { refuseRepeats, repeatable } from './options/refuse-repeats.js';
import { addRunOptions } from './options/run-options.js';
import type { Terminal } from './terminal/terminal.js';
import { success } from './errors/exit-code.js';
import { unknownCommand, usageError } from './errors/usage-error.js';
import { findCommand, operandsOf } from './find-command.js';
import { version } from './version.js';

/** Turns a command, which gives its exit code, into what commander calls. Commander knows no types of arguments. */
type Does = (command: (...args: never[]) => Promise<number>) => (...args: unknown[]) => Promise<void>;

/**
 * @returns a function that runs the command line and gives the exit code. It rejects with `FP_CLI_USAGE`, and with what
 *   commands throw.
 */
export function createProgram(terminal: Terminal): (args: readonly string[]) => Promise<number> {
  let exitCode = success;
  const does: Does =
    (command) =>
    async (...args) => {
      exitCode = await command(...(args as never[]));
    };

  const program = new Command('flowerpower')
    .description('Plain functions become a typed graph; YAML says what to run.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help')
    .addHelpText(
      'after',
      `
Start here:
  flowerpower init shop && cd shop
  flowerpower pipeline new hello
  flowerpower pipeline run hello

Results go to standard output, everything else to standard error.
Exit codes: 0 success, 1 the run failed, 2 usage or configuration, 3 internal, 124 timeout, 130/143 signals.`,
    );

  withCommon(program.command('init'))
    .description('make a folder a project')
    .argument('[dir]', 'the folder, or its URI, as s3://bucket/shop; made if absent', '.')
    .addOption(storageOptions())
    .option('-n, --name <name>', 'name of the project (default: name of the folder)')
    .option('--overwrite', 'replace the configuration of a project that is there')
    .action(
      does(async (dir: string, options: never) =>
        (await import('./commands/init.js')).init(dir, options, terminal),
      ),
    );

  const pipeline = program.command('pipeline').description('create, run and draw pipelines');
  addPipelineCommands(pipeline, terminal, does);

  withProject(program.command('check'))
    .description('check configuration, graphs and the types from node to node, without running anything')
    .argument('[pipeline]', 'one pipeline (default: all)')
    .addOption(openInputs())
    .action(
      does(async (name: string | undefined, options: never) =>
        (await import('./commands/check.js')).check(name, options, terminal),
      ),
    );

  const cache = program
    .command('cache')
    .description('look at the values that are kept between runs, and remove them');
  addCacheCommands(cache, terminal, does);

  withProject(program.command('doctor'))
    .description('look for what is missing or wrong on this machine and in the project')
    .addOption(openInputs())
    .action(does(async (options: never) => (await import('./commands/doctor.js')).doctor(options, terminal)));

  const schema = program.command('schema').description('what editors complete in the configuration files');
  withProject(schema.command('export'))
    .description('write JSON Schemas of the configuration files, with what the plugins of the project add')
    .option('--out <dir>', 'folder for them (default: .flowerpower/schema of the project)')
    .action(
      does(async (options: never) =>
        (await import('./commands/export-schema.js')).exportSchema(options, terminal),
      ),
    );

  prepare(program, terminal);
  return async (args) => {
    const { command, rest } = findCommand(program, args);
    const isGroup = command.commands.length > 0;
    if (isGroup && (rest.length === 0 || rest[0] === 'help'))
      return printHelp(program, command, operandsOf(rest.slice(1)));
    if (isGroup && !rest[0]!.startsWith('-')) throw unknownCommand(program, command, rest);
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) throw usageError(error, command);
    }
    return exitCode;
  };
}

function printHelp(program: Command, group: Command, words: readonly string[]): number {
  const { command, rest } = findCommand(group, words);
  if (rest.length > 0 && command.commands.length > 0) throw unknownCommand(program, command, rest);
  command.outputHelp();
  return success;
}

function addPipelineCommands(pipeline: Command, terminal: Terminal, does: Does): void {
  withProject(pipeline.command('new'))
    .description('add a pipeline that runs as it is')
    .argument('<name>', 'letters, digits, dot, dash and underscore; dots make folders')
    .option('--overwrite', 'replace the files of a pipeline of that name')
    .action(
      does(async (name: string, options: never) =>
        (await import('./commands/new-pipeline.js')).newPipeline(name, options, terminal),
      ),
    );

  addRunOptions(withProject(pipeline.command('run')))
    .description('run a pipeline and print its outputs')
    .argument('<name>')
    .option('-q, --quiet', 'no progress; warnings and errors only')
    .action(
      does(async (name: string, options: never) =>
        (await import('./commands/run-pipeline.js')).runPipeline(name, options, terminal),
      ),
    );

  withProject(pipeline.command('delete'))
    .description('delete the configuration of a pipeline')
    .argument('<name>')
    .option('-m, --module', 'delete its module, too')
    .action(
      does(async (name: string, options: never) =>
        (await import('./commands/delete-pipeline.js')).deletePipeline(name, options, terminal),
      ),
    );

  withProject(pipeline.command('import'))
    .description('copy pipelines from another project: configuration and module of each, all or none')
    .argument('[names...]', 'which of them')
    .requiredOption('--from <dir>', 'folder of the other project, or its URI')
    .option('--all', 'every pipeline')
    .option('--overwrite', 'replace the files of pipelines of the same names')
    .action(
      does(async (names: string[], options: never) =>
        (await import('./commands/transfer-pipelines.js')).importPipelines(names, options, terminal),
      ),
    );

  withProject(pipeline.command('export'))
    .description('copy pipelines to another project: configuration and module of each, all or none')
    .argument('[names...]', 'which of them')
    .requiredOption('--to <dir>', 'folder of the other project, or its URI')
    .option('--all', 'every pipeline')
    .option('--overwrite', 'replace the files of pipelines of the same names')
    .action(
      does(async (names: string[], options: never) =>
        (await import('./commands/transfer-pipelines.js')).exportPipelines(names, options, terminal),
      ),
    );

  withProject(pipeline.command('show-dag'))
    .description('draw the graph of a pipeline in the terminal, or print it as text')
    .argument('<name>')
    .addOption(
      new Option('-f, --format <format>', 'what to print')
        .choices(['text', 'mermaid', 'dot', 'svg'])
        .default('text'),
    )
    .action(
      does(async (name: string, options: never) =>
        (await import('./commands/show-dag.js')).showDag(name, options, terminal),
      ),
    );

  withProject(pipeline.command('save-dag'))
    .description('draw the graph of a pipeline into a file')
    .argument('<name>')
    .addOption(
      new Option('-f, --format <format>', 'default: from the ending of --output-path, else svg').choices([
        'svg',
        'png',
        'mermaid',
        'dot',
      ]),
    )
    .option('-p, --output-path <file>', 'default: <name>.<format> in the working folder')
    .action(
      does(async (name: string, options: never) =>
        (await import('./commands/save-dag.js')).saveDag(name, options, terminal),
      ),
    );

  withProject(pipeline.command('show-pipelines'))
    .alias('ls')
    .description('list the pipelines of the project')
    .action(
      does(async (options: never) =>
        (await import('./commands/show-pipelines.js')).showPipelines(options, terminal),
      ),
    );
}

function addCacheCommands(cache: Command, terminal: Terminal, does: Does): void {
  withProject(cache.command('ls'))
    .description('list the caches of the project, with their size')
    .action(
      does(async (options: never) => (await import('./commands/cache.js')).listCaches(options, terminal)),
    );

  withProject(cache.command('prune'))
    .description('remove cached values: by default those beyond the limits of run.cache')
    .option('--max-size <size>', 'keep at most this much, as 500MB; the oldest go first', size)
    .option('--max-age <age>', 'remove what is older, as 36h or 7d', age)
    .addOption(new Option('--all', 'remove everything').conflicts(['maxSize', 'maxAge']))
    .action(
      does(async (options: never) => (await import('./commands/cache.js')).pruneCaches(options, terminal)),
    );
}

function openInputs(): Option {
  const help = 'an input that nothing gives is not a problem: it is given when the pipeline is run';
  return new Option('--allow-open-inputs', help);
}

function storageOptions(): Option {
  const help =
    'of filesystems, in place of those of their scheme in conf/project.yml: s3.endpoint=http://… (repeatable), JSON, or @file';
  return repeatable(
    new Option('--storage-options <option>', help).argParser((text: string, before?: readonly string[]) => [
      ...(before ?? []),
      text,
    ]),
  );
}

function withCommon(command: Command): Command {
  return command
    .option('--json', 'print one JSON document and nothing else on standard output')
    .option('--color', 'colour the output (default: when a person looks at it)')
    .option('--no-color', 'no colour');
}

function withProject(command: Command): Command {
  return withCommon(command)
    .option(
      '-d, --base-dir <dir>',
      'folder of the project, or its URI, as s3://bucket/shop (default: found upwards from the working folder)',
    )
    .addOption(storageOptions())
    .option('-e, --env <name>', 'apply conf/env/<name>.yml (default: FP_ENV)')
    .addOption(
      repeatable(
        new Option(
          '--allow-outside <dir>',
          'read and write below this folder outside of the project, too (repeatable)',
        ).argParser((dir: string, before?: readonly string[]) => [...(before ?? []), dir]),
      ),
    );
}

/** Settings that commander does not inherit: errors are thrown, help goes to the terminal. */
function prepare(command: Command, terminal: Terminal): void {
  if (command.parent !== null) command.helpCommand(false);
  refuseRepeats(command);
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.document(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd().split('\n')),
      outputError: () => {},
    });
  for (const child of command.commands) prepare(child, terminal);
}

const sizeUnits: Readonly<Record<string, number>> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 };
const ageUnits: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Bytes. */
function size(value: string): number {
  return withUnit(value.toUpperCase(), sizeUnits, 'It must be a size, as 500MB: B, KB, MB or GB.');
}

/** Seconds. */
function age(value: string): number {
  return withUnit(value.toLowerCase(), ageUnits, 'It must be an age, as 36h or 7d: s, m, h or d.');
}

function withUnit(value: string, units: Readonly<Record<string, number>>, expected: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]+)$/.exec(value.trim()) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (digits === undefined || factor === undefined) throw new InvalidArgumentError(expected);
  return Number(digits) * factor;
}
