import { posix } from 'node:path';
import { aChoice, FlowerPowerError, type OptionRule, required, requireOptions } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { CatalogEntry } from '../catalog/read-catalog.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { filePathOf } from '../layout/project-layout.js';
import type { HookMoment } from './hook.js';
import { hookTemplate } from './hook-template.js';

/** When a hook is called; `mqtt-build-config` is what the Python FlowerPower calls the first. */
export const hookTypes = [
  'build-config',
  'before-run',
  'after-run',
  'on-success',
  'on-failure',
  'mqtt-build-config',
] as const;

export type HookType = (typeof hookTypes)[number];

export interface AddHookOptions {
  readonly type: HookType;
  /**
   * For `on-success` and `on-failure`: the name of a function that `run.onSuccess` or `run.onFailure` names. Default: one that is
   * called by itself.
   */
  readonly functionName?: string | undefined;
  /** A file in the pipeline's folder of hooks. Default `hook.ts`. */
  readonly to?: string | undefined;
}

export interface AddedHook {
  readonly pipeline: string;
  /** The export. */
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
  /** What the YAML of the pipeline needs besides: `run.onSuccess: notify`. */
  readonly setting?: string | undefined;
}

const momentOf: Readonly<Record<HookType, HookMoment>> = {
  'build-config': 'buildConfig',
  'mqtt-build-config': 'buildConfig',
  'before-run': 'beforeRun',
  'after-run': 'afterRun',
  'on-success': 'onSuccess',
  'on-failure': 'onFailure',
};

const anIdentifier: OptionRule = {
  fits: (value) => typeof value === 'string' && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(value),
  expected: 'the name of a function',
};

const aFileName: OptionRule = {
  fits: (value) => typeof value === 'string' && /^[A-Za-z0-9][\w-]*\.m?ts$/.test(value),
  expected: 'the name of a TypeScript file, without folders',
  hint: "Write to: 'notify.ts'.",
};

/**
 * Appends a function to a file of hooks, which is made where it is missing.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION`; `FP_HOOK_EXISTS` when the file has a function of that name; nothing was changed.
 */
export async function addHook(
  fs: FileSystem,
  hooksDir: string,
  entry: CatalogEntry,
  options: AddHookOptions,
): Promise<AddedHook> {
  requireOptions(
    options,
    { type: required(aChoice(...hookTypes)), functionName: anIdentifier, to: aFileName },
    'addHook',
  );
  const moment = momentOf[options.type];
  const isCallback = moment === 'onSuccess' || moment === 'onFailure';
  const { functionName } = options;
  if (functionName !== undefined && !isCallback) throw calledByName(options.type, moment);
  const name = functionName ?? moment;
  const file = posix.join(hooksDir, filePathOf(entry.name), options.to ?? 'hook.ts');
  const before = (await fs.exists(file)) ? await fs.readText(file) : '';
  if (new RegExp(`^export\\b.*\\b${name.replaceAll('$', '\\$')}\\b`, 'm').test(before))
    throw exists(fs, name, file);
  const { type, text } = hookTemplate(moment, entry.name, functionName);
  await fs.write(file, withImport(before, type) + text);
  const setting = functionName === undefined ? undefined : `run.${moment}: ${functionName}`;
  return { pipeline: entry.name, name, file, setting };
}

/** The file as it was, with one more type imported, and a blank line at its end. */
function withImport(before: string, type: string): string {
  if (before === '') return `import type { ${type} } from 'flowerpower';\n\n`;
  const rest = before.endsWith('\n') ? `${before}\n` : `${before}\n\n`;
  const line = /^import type \{ (.*) \} from 'flowerpower';$/m;
  const [, names] = line.exec(before) ?? [];
  if (names === undefined) return `import type { ${type} } from 'flowerpower';\n${rest}`;
  const all = [...new Set([...names.split(/,\s*/), type])].sort();
  return rest.replace(line, () => `import type { ${all.join(', ')} } from 'flowerpower';`);
}

function exists(fs: FileSystem, name: string, file: string): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_HOOK_EXISTS';
  return new FlowerPowerError({
    code,
    message: `${file} exports ${name} already; nothing was changed.`,
    hint: 'Change it there, or name another file with to (--to).',
    places: [{ file: fs.uri(file) }],
  });
}

function calledByName(type: HookType, moment: HookMoment): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_HOOK_NAME';
  return new FlowerPowerError({
    code,
    message: `A hook of the type ${type} is called by its name, ${moment}; nothing was changed.`,
    hint: 'Leave the name out; only on-success and on-failure may have one of their own.',
  });
}
