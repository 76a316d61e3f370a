/** What a file of this folder adds to the command line. */
import type { Command } from 'commander';
import type { Terminal } from '../terminal/terminal.js';

/** Turns a command, which gives its exit code, into what commander calls. Commander knows no types of arguments. */
export type Does = (command: (...args: never[]) => Promise<number>) => (...args: unknown[]) => Promise<void>;

/** Adds commands to their parent. Their modules are loaded when they are called. */
export type CommandGroup = (parent: Command, terminal: Terminal, does: Does) => void;
