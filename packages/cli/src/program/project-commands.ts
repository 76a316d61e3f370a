/** What concerns a project as a whole. */
import { addSetOptions } from '../options/set-options.js';
import type { CommandGroup } from './command-group.js';
import { openInputs, reporterOption, storageOptions, withCommon, withProject } from './common-options.js';
import { examples } from './examples.js';

export const addInitCommand: CommandGroup = (program, terminal, does) => {
  withCommon(program.command('init'))
    .description('make a folder a project')
    .argument('[dir]', 'the folder, or its URI, as s3://bucket/shop; made if absent', '.')
    .addOption(storageOptions())
    .option('-n, --name <name>', 'name of the project (default: name of the folder)')
    .option('--overwrite', 'replace the configuration of a project that is there')
    .addHelpText(
      'after',
      examples(
        ['init shop', 'a new folder with a project in it'],
        ['init', 'make this folder a project'],
        ['init s3://bucket/shop --storage-options s3.region=eu-central-1', 'a project in a bucket'],
      ),
    )
    .action(
      does(async (dir: string, options: never) =>
        (await import('../commands/init.js')).init(dir, options, terminal),
      ),
    );
};

export const addCheckCommand: CommandGroup = (program, terminal, does) => {
  addSetOptions(withProject(program.command('check')))
    .description('check configuration, graphs and the types from node to node, without running anything')
    .argument('[pipeline]', 'one pipeline (default: all)')
    .addOption(openInputs())
    .addOption(reporterOption())
    .addHelpText(
      'after',
      examples(
        ['check', 'every pipeline'],
        ['check sales --json', 'one, for programs'],
        ['check --allow-open-inputs', 'inputs are given later'],
        ['check --reporter github', 'and annotations beside the lines of a pull request'],
      ),
    )
    .action(
      does(async (name: string | undefined, options: never) =>
        (await import('../commands/check.js')).check(name, options, terminal),
      ),
    );
};

export const addTypegenCommand: CommandGroup = (program, terminal, does) => {
  withProject(program.command('typegen'))
    .description(
      'write types by which project.run knows pipelines, inputs and outputs: .flowerpower/types.d.ts',
    )
    .option('--check', 'write nothing; fail when the file is not up to date')
    .addHelpText(
      'after',
      examples(['typegen', 'after a pipeline changed'], ['typegen --json', 'for programs']),
    )
    .action(
      does(async (options: never) => (await import('../commands/typegen.js')).typegen(options, terminal)),
    );
};

export const addDoctorCommand: CommandGroup = (program, terminal, does) => {
  withProject(program.command('doctor'))
    .description('look for what is missing or wrong on this machine and in the project')
    .addOption(openInputs())
    .addHelpText(
      'after',
      examples(['doctor', 'this machine and the project'], ['doctor --json', 'for programs']),
    )
    .action(
      does(async (options: never) => (await import('../commands/doctor.js')).doctor(options, terminal)),
    );
};
