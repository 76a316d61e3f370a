import type { ProjectCache } from '@flowerpower/project';
import type { FileCacheSize } from '@flowerpower/runtime';
import { success } from '../errors/exit-code.js';
import { abandonedFiles } from '../render/abandoned-files.js';
import { byteSize } from '../render/byte-size.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface PruneOptions extends ProjectOptions {
  /** Bytes. */
  readonly maxSize?: number;
  /** Seconds. */
  readonly maxAge?: number;
  readonly all?: boolean;
}

export function listCaches(options: ProjectOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager }) => {
    const listed: (ProjectCache & FileCacheSize)[] = [];
    for (const cache of await pipelineManager.caches())
      listed.push({ ...cache, ...(await cache.store.size()) });
    if (options.json) {
      printJson(terminal, {
        caches: listed.map(({ store: _store, dir, ...facts }) => ({ dir: terminal.mask(dir), ...facts })),
      });
      return success;
    }
    for (const { dir, pipelines, entries, sizeBytes, newest, ...left } of listed) {
      const facts = [
        entries === 1 ? '1 entry' : `${entries} entries`,
        byteSize(sizeBytes),
        ...(newest === undefined ? [] : [`last written ${newest.toISOString().slice(0, 19)}Z`]),
        ...(left.abandonedFiles === 0
          ? []
          : [`${abandonedFiles(left.abandonedFiles)} (${byteSize(left.abandonedBytes)})`]),
        pipelines.length === 0 ? 'used by no pipeline' : `used by ${pipelines.join(', ')}`,
      ];
      terminal.out(`${terminal.mask(dir)}  ${facts.join(', ')}`);
    }
    if (listed.length === 0) terminal.err('There are no pipelines, so there are no caches.');
    return success;
  });
}

export function pruneCaches(options: PruneOptions, terminal: Terminal): Promise<number> {
  const { maxSize, maxAge, all } = options;
  const limits = {
    ...(all === true ? { maxSizeBytes: 0 } : maxSize !== undefined && { maxSizeBytes: maxSize }),
    ...(maxAge !== undefined && { maxAgeMs: maxAge * 1000 }),
  };
  return withProject(options, terminal, async ({ pipelineManager }) => {
    const pruned: object[] = [];
    for (const { dir, store } of await pipelineManager.caches()) {
      const result = await store.prune(limits);
      const shown = terminal.mask(dir);
      pruned.push({ dir: shown, ...result });
      if (options.json) continue;
      const files = [result.deletedFiles === 1 ? '1 file' : `${result.deletedFiles} files`];
      if (result.abandonedFiles > 0) files.push(abandonedFiles(result.abandonedFiles));
      terminal.out(
        `${shown}  removed ${files.join(' and ')}, ${byteSize(result.freedBytes)}; ${byteSize(result.sizeBytes)} left`,
      );
    }
    if (options.json) printJson(terminal, { caches: pruned });
    else if (pruned.length === 0) terminal.err('There are no pipelines, so there are no caches.');
    return success;
  });
}
