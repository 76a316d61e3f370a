/**
 * What the last key of each node stood for, in the folder of the cache: one small file for each pipeline, so that a plan in
 * another process can say what has changed since. It decides nothing: without it nodes are only said to be not in the
 * cache yet.
 */
import { createHash } from 'node:crypto';
import { isRecord, type LastKey } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';

type LastKeys = Readonly<Record<string, LastKey>>;

/** Of one pipeline. Whatever cannot be read is as if it were not there. */
export async function readLastKeys(fs: FileSystem, pipeline: string): Promise<LastKeys> {
  try {
    const text = new TextDecoder().decode(await fs.read(fileOf(pipeline)));
    const { v, nodes } = JSON.parse(text) as { readonly v?: unknown; readonly nodes?: unknown };
    return v === 1 && isRecord(nodes)
      ? Object.fromEntries(
          Object.entries(nodes).filter((entry): entry is [string, LastKey] => isLastKey(entry[1])),
        )
      : {};
  } catch {
    return {};
  }
}

/** Adds what a run has found out, and writes only what is new. */
export async function writeLastKeys(fs: FileSystem, pipeline: string, keys: LastKeys): Promise<void> {
  if (Object.keys(keys).length === 0) return;
  const before = await readLastKeys(fs, pipeline);
  const nodes = { ...before, ...keys };
  const text = JSON.stringify({ v: 1, pipeline, nodes });
  if (text === JSON.stringify({ v: 1, pipeline, nodes: before })) return;
  await fs.write(fileOf(pipeline), text, { durable: false });
}

function fileOf(pipeline: string): string {
  return `last/${createHash('sha256').update(pipeline).digest('hex').slice(0, 32)}.json`;
}

function isLastKey(value: unknown): value is LastKey {
  return (
    isRecord(value) &&
    typeof value['code'] === 'string' &&
    isRecord(value['inputs']) &&
    isRecord(value['parameters'])
  );
}
