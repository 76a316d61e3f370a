/** What may stand at the cursor of a shell. */
import type { Argument, Command, Option } from 'commander';
import { runOptionList } from '@flowerpower/config';
import { findCommand } from '../find-command.js';

export interface Candidate {
  readonly value: string;
  readonly what?: string;
}

/** What only the project knows. Whatever goes wrong there, nothing is offered. */
export interface CompletionSources {
  pipelines(): Promise<readonly string[]>;
  nodes(pipeline: string): Promise<readonly string[]>;
  environments(): Promise<readonly string[]>;
  codes(): Promise<readonly string[]>;
  /** Ids of recorded runs, the newest first. */
  runs(): Promise<readonly string[]>;
  /** Files and folders that begin like this, folders with a slash at the end. */
  paths(begun: string, kind: 'folders' | 'files'): Promise<readonly string[]>;
}

/** @param words - behind the name of the program; the last one is the one at the cursor, perhaps empty. */
export async function candidatesFor(
  program: Command,
  words: readonly string[],
  sources: CompletionSources,
): Promise<Candidate[]> {
  const { done, current } = atCursor(words);
  const { command, rest } = findCommand(program, done);
  const { operands, given, pending, isEnded } = read(command, rest);
  const valuesOf = (option: Option, begun: string) => valuesOfOption(option, begun, operands[0], sources);
  if (pending !== undefined) return valuesOf(pending, current);

  const [, flag, begun] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  const named = flag === undefined ? undefined : optionOf(command, flag);
  if (!isEnded && named !== undefined) {
    const values = await valuesOf(named, begun!);
    return values.map((each) => ({ ...each, value: `${flag}=${each.value}` }));
  }
  if (!isEnded && current.startsWith('-')) return starting(current, flagsOf(command, given));
  if (command.commands.length > 0) {
    if (operands.length > 0) return [];
    const children = command.createHelp().visibleCommands(command);
    return starting(
      current,
      children.map((child) => ({ value: child.name(), what: child.description() })),
    );
  }
  const places = command.registeredArguments;
  const argument = places[operands.length] ?? (places.at(-1)?.variadic === true ? places.at(-1) : undefined);
  if (argument === undefined) return [];
  const values = await valuesOfArgument(command, argument, current, operands, sources);
  return starting(
    current,
    values.filter((value) => !operands.includes(value)).map((value) => ({ value })),
  );
}

/** Bash makes `--env`, `=`, `pr` of `--env=pr`. */
function atCursor(words: readonly string[]): { done: string[]; current: string } {
  const done = words.slice(0, -1).filter((word, at) => word !== '=' || !isFlag(words[at - 1]));
  const last = words.at(-1) ?? '';
  return { done, current: last === '=' && isFlag(words.at(-2)) ? '' : last };
}

function isFlag(word: string | undefined): boolean {
  return word?.startsWith('--') === true;
}

function read(command: Command, rest: readonly string[]) {
  const operands: string[] = [];
  const given = new Set<Option>();
  let pending: Option | undefined;
  let isEnded = false;
  for (const word of rest) {
    if (pending !== undefined) pending = undefined;
    else if (isEnded || !word.startsWith('-') || word === '-') operands.push(word);
    else if (word === '--') isEnded = true;
    else {
      const option = optionOf(command, word.split('=', 1)[0]!);
      if (option === undefined) continue;
      given.add(option);
      if (option.required && !word.includes('=')) pending = option;
    }
  }
  return { operands, given, pending, isEnded };
}

function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find((option) => option.long === flag || option.short === flag);
}

function flagsOf(command: Command, given: ReadonlySet<Option>): Candidate[] {
  const help = command.createHelp();
  return help
    .visibleOptions(command)
    .filter((option) => !given.has(option) || 'isRepeatable' in option)
    .map((option) => ({ value: option.long ?? option.flags, what: option.description }));
}

function starting(current: string, all: readonly Candidate[]): Candidate[] {
  return all.filter(({ value }) => value.startsWith(current));
}

/** Lists of nodes, beside the options whose value is called `<nodes>`. */
const listsOfNodes = /^--(?:outputs|final-vars|cache-(?:default|recompute|disable|ignore))$/;

async function valuesOfOption(
  option: Option,
  begun: string,
  pipeline: string | undefined,
  sources: CompletionSources,
): Promise<Candidate[]> {
  const long = option.long ?? '';
  const [, placeholder = ''] = /[<[]([^>\]]+)[>\]]/.exec(option.flags) ?? [];
  const choices =
    option.argChoices ?? runOptionList.find((entry) => entry.flag.split(' ').includes(long))?.choices;
  const all = (values: readonly string[]) =>
    starting(
      begun,
      values.map((value) => ({ value })),
    );
  if (choices !== undefined) return all(choices.map(String));
  if (long === '--env') return all(await sources.environments());
  if (placeholder === 'dir') return all(await sources.paths(begun, 'folders'));
  if (placeholder === 'file') return all(await sources.paths(begun, 'files'));
  if (!/^nodes?$/.test(placeholder) && !listsOfNodes.test(long)) return [];
  if (pipeline === undefined) return [];
  // `a,b` is completed at its end.
  const [, before = ''] = /^(.*,)?/s.exec(begun)!;
  const nodes = await sources.nodes(pipeline);
  return all(nodes.filter((node) => !before.split(',').includes(node)).map((node) => `${before}${node}`));
}

async function valuesOfArgument(
  command: Command,
  argument: Argument,
  current: string,
  operands: readonly string[],
  sources: CompletionSources,
): Promise<readonly string[]> {
  if (argument.argChoices !== undefined) return argument.argChoices;
  switch (argument.name()) {
    case 'name':
    case 'names':
    case 'pipeline':
    case 'pipelines':
      // A name that is to be new cannot be known.
      return command.name() === 'new' ? [] : sources.pipelines();
    case 'node':
    case 'nodes':
      return operands[0] === undefined ? [] : sources.nodes(operands[0]);
    case 'run':
      return ['last', ...(await sources.runs())];
    case 'code':
      return sources.codes();
    case 'dir':
      return sources.paths(current, 'folders');
    default:
      return [];
  }
}
