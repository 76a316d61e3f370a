/** `flowerpower cache …` */
import { Option } from 'commander';
import { addRunOptions } from '../options/run-options.js';
import { age, size } from '../options/size-and-age.js';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';

export const addCacheCommands: CommandGroup = (program, terminal, does) => {
  const cache = program
    .command('cache')
    .description('look at the values that are kept between runs, and remove them');

  withProject(cache.command('ls'))
    .description('list the caches of the project, with their size')
    .addHelpText('after', examples(['cache ls', 'folders and sizes']))
    .action(
      does(async (options: never) => (await import('../commands/cache.js')).listCaches(options, terminal)),
    );

  addRunOptions(withProject(cache.command('explain')))
    .description(
      'say which values of a pipeline are in the cache, and what has changed of those that are not',
    )
    .argument('<pipeline>')
    .argument('[node]', 'one node (default: all)')
    .addHelpText(
      'after',
      examples(
        ['cache explain sales', 'every node that a run would compute; its loaders run'],
        ['cache explain sales report', 'one node'],
      ),
    )
    .action(
      does(async (pipeline: string, node: string | undefined, options: never) =>
        (await import('../commands/explain-cache.js')).explainCache(pipeline, node, options, terminal),
      ),
    );

  withProject(cache.command('prune'))
    .description('remove cached values: by default those beyond the limits of run.cache')
    .option('--max-size <size>', 'keep at most this much, as 500MB; the oldest go first', size)
    .option('--max-age <age>', 'remove what is older, as 36h or 7d', age)
    .addOption(new Option('--all', 'remove everything').conflicts(['maxSize', 'maxAge']))
    .addHelpText(
      'after',
      examples(
        ['cache prune', 'what is beyond the limits of run.cache'],
        ['cache prune --max-age 7d --max-size 500MB', 'beyond other limits'],
        ['cache prune --all', 'everything'],
      ),
    )
    .action(
      does(async (options: never) => (await import('../commands/cache.js')).pruneCaches(options, terminal)),
    );
};
