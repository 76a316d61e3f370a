import { FlowerPowerError, isRecord } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';
import { readValues } from './read-values.js';

const flag = '--storage-options';

/** `s3.endpoint=http://…`, or a JSON object by scheme, as options by scheme. @throws FlowerPowerError `FP_CLI_USAGE`. */
export function readStorageOptions(
  texts: readonly string[] | undefined,
): Readonly<Record<string, unknown>> | undefined {
  if (texts === undefined) return undefined;
  const byScheme = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(readValues(flag, texts, () => undefined))) {
    const [scheme, key] = split(name);
    if (key === undefined && !isRecord(value)) throw notAnOption(name);
    const options = key === undefined ? (value as Readonly<Record<string, unknown>>) : { [key]: value };
    byScheme.set(scheme, { ...byScheme.get(scheme), ...options });
  }
  return Object.fromEntries(byScheme);
}

function split(name: string): [scheme: string, key: string | undefined] {
  const dot = name.indexOf('.');
  return dot === -1 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
}

function notAnOption(name: string): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  return new FlowerPowerError({
    code,
    message: `${flag}: '${name}' names no option.`,
    hint: 'Write the scheme in front: s3.endpoint=http://127.0.0.1:9000, or a JSON object by scheme.',
  });
}
