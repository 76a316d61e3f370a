/**
 * The values that a run which ended badly leaves for the one that resumes it: `values/<n>`, in the format of the cache, and
 * `values/index.json`, which names them and comes last. A value is kept exactly or not at all; why not is in the index.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, messageOf, setOwnProperty } from '@flowerpower/core';
import { isReadOnce } from '@flowerpower/core';
import { decodeEntry, encodeEntry } from '../cache/entry-file.js';
import { decodeValue, encodeValue } from '../cache/value-codec.js';

/** What a kept value is to the run: what a node gave, or what the run was given. */
export type ValueRole = 'node' | 'input' | 'override' | 'request';

export interface ValueToKeep {
  readonly role: ValueRole;
  readonly name: string;
  readonly value: unknown;
}

export type KeptValue =
  | {
      readonly isKept: true;
      /** Reads it. @returns why it is there no more, where it is damaged or gone. */
      load(): { readonly value: unknown } | { readonly damage: string };
    }
  | { readonly isKept: false; readonly because: string };

/** By role, then by name. */
export type KeptValues = Readonly<Record<ValueRole, ReadonlyMap<string, KeptValue>>>;

type IndexEntry = { readonly file: string } | { readonly because: string };

interface Index {
  readonly v: 1;
  readonly values: Readonly<Partial<Record<ValueRole, Readonly<Record<string, IndexEntry>>>>>;
}

const indexFile = 'index.json';

/**
 * @param isTimeLeft - asked before each value: a process that is about to end has no time for all of them.
 * @throws what the filesystem throws; then nothing is kept.
 */
export function writeValues(folder: string, values: readonly ValueToKeep[], isTimeLeft: () => boolean): void {
  // Values may be secret; nobody else on this machine needs them.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const byRole: Partial<Record<ValueRole, Record<string, IndexEntry>>> = {};
  for (const [at, { role, name, value }] of values.entries()) {
    const entry = isTimeLeft()
      ? writeValue(folder, String(at), value)
      : { because: 'the process was about to end' };
    setOwnProperty((byRole[role] ??= {}), name, entry);
  }
  const index: Index = { v: 1, values: byRole };
  writeFileSync(join(folder, indexFile), JSON.stringify(index), { mode: 0o600 });
}

function writeValue(folder: string, file: string, value: unknown): IndexEntry {
  if (isReadOnce(value)) return { because: 'it can be read only once' };
  const content = fingerprint(value);
  if ('uncacheable' in content) return { because: content.uncacheable };
  if (content.rich !== undefined) return { because: `${content.rich}, which a file cannot keep` };
  let body: Uint8Array;
  try {
    body = encodeValue(value);
  } catch (error) {
    return { because: `it cannot be serialised: ${messageOf(error)}` };
  }
  const entry = { kind: 'value', writtenMs: Date.now(), dataVersion: content.hash, body } as const;
  writeFileSync(join(folder, file), encodeEntry(entry), { mode: 0o600 });
  return { file };
}

/** Whether a run has kept what it had. One that was killed has not, nor one that ended well. */
export function hasValues(folder: string): boolean {
  return existsSync(join(folder, indexFile));
}

/** Of a run that has kept nothing, or was killed while it did, nothing. */
export function readValues(folder: string): KeptValues {
  const kept = {
    node: new Map(),
    input: new Map(),
    override: new Map(),
    request: new Map(),
  } satisfies KeptValues;
  for (const role of ['node', 'input', 'override', 'request'] as const) {
    for (const [name, entry] of Object.entries(indexOf(folder).values[role] ?? {}))
      (kept[role] as Map<string, KeptValue>).set(
        name,
        'file' in entry
          ? { isKept: true, load: () => loadValue(join(folder, entry.file)) }
          : { isKept: false, because: entry.because },
      );
  }
  return kept;
}

function indexOf(folder: string): Index {
  try {
    const index = JSON.parse(readFileSync(join(folder, indexFile), 'utf8')) as Index;
    if (index.v === 1 && typeof index.values === 'object') return index;
  } catch {
    // Absent, or torn.
  }
  return { v: 1, values: {} };
}

function loadValue(file: string): { readonly value: unknown } | { readonly damage: string } {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { damage: messageOf(error) };
  }
  const entry = decodeEntry(bytes);
  if ('damage' in entry) return entry;
  try {
    return { value: decodeValue(entry.body) };
  } catch (error) {
    return { damage: `it cannot be read by this version of Node: ${messageOf(error)}` };
  }
}
