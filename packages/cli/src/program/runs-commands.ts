/** `flowerpower runs …` and `flowerpower resume`. */
import { InvalidArgumentError, Option } from 'commander';
import { addRunOptions } from '../options/run-options.js';
import { age } from '../options/size-and-age.js';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';

export const addRunsCommands: CommandGroup = (program, terminal, does) => {
  const runs = program.command('runs').description('look at the runs that were recorded, and remove them');
  const run = 'id of a run (default: the last one)';

  withProject(runs.command('ls'))
    .description('list runs, the newest first')
    .option('-p, --pipeline <name>', 'only runs of this pipeline')
    .addOption(
      new Option('--status <status>', 'only runs that are, or ended, like this').choices([
        'running',
        'success',
        'failure',
        'cancellation',
        'timeout',
        'interrupted',
      ]),
    )
    .addOption(new Option('-n, --limit <n>', 'so many at most').argParser(count(1)).default(20))
    .addHelpText(
      'after',
      examples(
        ['runs ls', 'the last 20 runs'],
        ['runs ls --pipeline sales --status failure', 'those of one pipeline that failed'],
        ['runs ls --limit 1000 --json', 'for a program'],
      ),
    )
    .action(
      does(async (options: never) => (await import('../commands/runs-list.js')).listRuns(options, terminal)),
    );

  withProject(runs.command('show'))
    .description('tell what became of a run and of each of its nodes')
    .argument('[run]', run, 'last')
    .addHelpText('after', examples(['runs show', 'the last run'], ['runs show last --json', 'for a program']))
    .action(
      does(async (id: string, options: never) =>
        (await import('../commands/runs-show.js')).showRun(id, options, terminal),
      ),
    );

  withProject(runs.command('logs'))
    .description('print the events and log lines of a run')
    .argument('[run]', run, 'last')
    .option('-f, --follow', 'go on as the run does, until its end')
    .addHelpText(
      'after',
      examples(
        ['runs logs', 'of the last run'],
        ['runs logs --follow', 'watch the run that goes on in another terminal'],
        ['runs logs --follow --json', 'one JSON document for each event, as it comes'],
      ),
    )
    .action(
      does(async (id: string, options: never) =>
        (await import('../commands/runs-logs.js')).printRunLogs(id, options, terminal),
      ),
    );

  withProject(runs.command('prune'))
    .description('remove records of runs: by default those beyond the limits of runs in conf/project.yml')
    .option('-p, --pipeline <name>', 'only runs of this pipeline')
    .addOption(new Option('--keep <n>', 'keep so many of each pipeline').argParser(count(1)))
    .option('--max-age <age>', 'remove what is older, as 36h or 30d', age)
    .addOption(new Option('--all', 'remove every run that has ended').conflicts(['keep', 'maxAge']))
    .addHelpText(
      'after',
      examples(
        ['runs prune', 'what is beyond the limits of the project'],
        ['runs prune --keep 10 --max-age 30d', 'beyond other limits'],
        ['runs prune --pipeline sales --all', 'everything of one pipeline'],
      ),
    )
    .action(
      does(async (options: never) =>
        (await import('../commands/runs-prune.js')).pruneRuns(options, terminal),
      ),
    );

  addRunOptions(withProject(program.command('resume')))
    .description('run what a run that ended badly has not done, and what changed since')
    .argument('[run]', run, 'last')
    .option('--force', 'go on with other inputs, configuration or environment than those of the run')
    .option('-q, --quiet', 'no progress; warnings and errors only')
    .addHelpText(
      'after',
      examples(
        ['resume', 'the last run, with what it was given'],
        ['resume last --max-retries 3', 'with other settings'],
        ['resume -i day=2026-02-01 --force', 'with another input; what depends on it is computed anew'],
      ),
    )
    .action(
      does(async (id: string, options: never) =>
        (await import('../commands/resume.js')).resumeRun(id, options, terminal),
      ),
    );
};

function count(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least)
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
    return value;
  };
}
