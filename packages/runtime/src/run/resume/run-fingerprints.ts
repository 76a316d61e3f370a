/** Fingerprints of what decides a run's result besides code: its configuration, its inputs, values in place of nodes. */
import { createHash } from 'node:crypto';
import { fingerprint, setOwnProperty } from '@flowerpower/core';
import type { PipelineDefinition } from '../../config/pipeline-definition.js';
import type { Fingerprints } from '../../store/run-header.js';

/** More parts than this are not looked at: a record must not cost more than the run. */
const maxParts = 10_000;
const maxText = 1_000_000;

export function fingerprintsOf(values: Readonly<Record<string, unknown>>): Fingerprints {
  const found: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(values)) setOwnProperty(found, name, fingerprintOf(value));
  return found;
}

/** By path: `config.market`, `params.greeting`, `io.load.sales`. Credentials decide nothing. */
export function fingerprintsOfConfiguration({ run, params, io }: PipelineDefinition): Fingerprints {
  const found: Record<string, string | null> = {};
  const add = (at: string, values: Readonly<Record<string, unknown>>) => {
    for (const [name, value] of Object.entries(values)) found[`${at}.${name}`] = fingerprintOf(value);
  };
  add('config', run.config);
  add('params', params);
  add('io.load', withoutCredentials(io.load));
  add('io.save', withoutCredentials(io.save));
  return found;
}

/** One for all of them. */
export function hashOf(fingerprints: Fingerprints): string {
  const sorted = Object.entries(fingerprints).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

function fingerprintOf(value: unknown): string | null {
  if (!isSmall(value)) return null;
  const content = fingerprint(value);
  return 'hash' in content ? content.hash : null;
}

function withoutCredentials(entries: PipelineDefinition['io']['load']) {
  return Object.fromEntries(
    Object.entries(entries).map(([name, { storageOptions: _secret, ...entry }]) => [name, entry]),
  );
}

/** Not certain that it is, is not. */
function isSmall(value: unknown): boolean {
  try {
    return hasFewParts(value);
  } catch {
    // A proxy whose traps throw.
    return false;
  }
}

function hasFewParts(value: unknown): boolean {
  let parts = 0;
  const seen = new Set<object>();
  const open = [value];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part === 'string' && part.length > maxText) return false;
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) {
      if (part.byteLength > maxText) return false;
      continue;
    }
    if (part instanceof Map || part instanceof Set) parts += part.size;
    else if (Array.isArray(part)) parts += part.length;
    if (parts > maxParts) return false;
    const inner = membersOf(part);
    parts += inner.length;
    if (parts > maxParts) return false;
    for (const member of inner) open.push(member);
  }
  return true;
}

function membersOf(part: object): readonly unknown[] {
  if (part instanceof Map) return [...part.keys(), ...part.values()];
  if (part instanceof Set) return [...part];
  if (Array.isArray(part)) return part as readonly unknown[];
  // A getter is not asked.
  return Object.values(Object.getOwnPropertyDescriptors(part)).map(({ value }): unknown => value);
}
