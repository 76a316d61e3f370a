/** What concerns a project as a whole. */
import type { CommandGroup } from './command-group.js';
import { openInputs, storageOptions, withCommon, withProject } from './common-options.js';

export const addInitCommand: CommandGroup = (program, terminal, does) => {
  withCommon(program.command('init'))
    .description('make a folder a project')
    .argument('[dir]', 'the folder, or its URI, as s3://bucket/shop; made if absent', '.')
    .addOption(storageOptions())
    .option('-n, --name <name>', 'name of the project (default: name of the folder)')
    .option('--overwrite', 'replace the configuration of a project that is there')
    .action(
      does(async (dir: string, options: never) =>
        (await import('../commands/init.js')).init(dir, options, terminal),
      ),
    );
};

export const addCheckCommand: CommandGroup = (program, terminal, does) => {
  withProject(program.command('check'))
    .description('check configuration, graphs and the types from node to node, without running anything')
    .argument('[pipeline]', 'one pipeline (default: all)')
    .addOption(openInputs())
    .action(
      does(async (name: string | undefined, options: never) =>
        (await import('../commands/check.js')).check(name, options, terminal),
      ),
    );
};

export const addDoctorCommand: CommandGroup = (program, terminal, does) => {
  withProject(program.command('doctor'))
    .description('look for what is missing or wrong on this machine and in the project')
    .addOption(openInputs())
    .action(
      does(async (options: never) => (await import('../commands/doctor.js')).doctor(options, terminal)),
    );
};
