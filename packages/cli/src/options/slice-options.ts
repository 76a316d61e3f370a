/** The flags that restrict a run to a part of its pipeline. */
import { type Command, Option } from 'commander';
import { FlowerPowerError, type TagFilter } from '@flowerpower/core';
import type { SliceOptions } from '@flowerpower/runtime';
import type { CliErrorCode } from '../errors/catalogue.js';
import { namesOf } from './names-of.js';
import { repeatable } from './refuse-repeats.js';

/** As commander gives them. */
export interface SliceFlags {
  readonly from?: string;
  readonly to?: string;
  readonly only?: string;
  readonly tags?: string;
  readonly missingOutputs?: boolean;
}

const group = 'Part of the pipeline:';

export function addSliceOptions(command: Command): Command {
  const list = (flags: string, help: string) =>
    command.addOption(
      repeatable(
        new Option(flags, help)
          .helpGroup(group)
          .argParser((value: string, before?: string) =>
            before === undefined ? value : `${before},${value}`,
          ),
      ),
    );
  list('--from <nodes>', 'compute these and all below them anew');
  list('--to <nodes>', 'compute these and what they need; the same as --outputs');
  list('--only <nodes>', 'compute just these; all else comes from the cache or from files');
  list('--tags <tags>', 'compute the nodes with all of these tags: owner=growth, or owner for any value');
  return command.addOption(
    new Option('--missing-outputs', 'run the savers whose files are not there').helpGroup(group),
  );
}

/** @throws FlowerPowerError `FP_CLI_USAGE` for a flag that names nothing. */
export function sliceFrom({ from, to, only, tags, missingOutputs }: SliceFlags): SliceOptions {
  return {
    from: namesOf('--from', from),
    to: namesOf('--to', to),
    only: namesOf('--only', only),
    tags: tags === undefined ? undefined : tagsOf(namesOf('--tags', tags)!),
    missingOutputs,
  };
}

/** Of one tag that is named several times, any of its values will do. */
function tagsOf(texts: readonly string[]): TagFilter {
  const filter = new Map<string, string[] | null>();
  for (const text of texts) {
    const [, key = '', , value] = /^([^=]*)(=(.*))?$/s.exec(text) ?? [];
    if (key === '' || value === '') throw badTag(text);
    const before = filter.get(key);
    filter.set(key, value === undefined ? null : [...(before ?? []), value]);
  }
  return Object.fromEntries(filter);
}

function badTag(text: string): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  return new FlowerPowerError({
    code,
    message: `--tags: '${text}' is no tag.`,
    hint: 'Write --tags owner=growth,layer=mart, or --tags owner for any value of the tag.',
  });
}
