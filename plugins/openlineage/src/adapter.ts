import { defineAdapter } from '@flowerpower/plugin';
import type { RunEvent } from '@flowerpower/runtime';
import { createLineageBuilder, type LineageBuilder } from './lineage-builder.js';
import { type OpenLineageOptions, options } from './options.js';
import { createOutbox } from './outbox.js';
import { fileTransport, httpTransport } from './transports.js';

/** Tells a server or a file of each run: what it read and wrote, when it began, and how it ended. */
export const openlineage = defineAdapter({
  options,
  create({ url, apiKey, path, namespace, nodes }: OpenLineageOptions, { clock, lost, resolve }) {
    const outboxes = [
      ...(url === undefined ? [] : [createOutbox(httpTransport(url, apiKey, clock), lost)]),
      ...(path === undefined ? [] : [createOutbox(fileTransport(path, resolve), lost)]),
    ];
    let builder: LineageBuilder | undefined;
    return {
      start(run) {
        builder = createLineageBuilder({
          namespace: namespace ?? run.project,
          nodes,
          parameters: run.parameters(),
          parentId: process.env['OPENLINEAGE_PARENT_ID'],
        });
      },
      onEvent(event) {
        for (const made of builder?.onEvent(event as RunEvent) ?? [])
          for (const outbox of outboxes) outbox.add(made);
      },
      async finish(_end, signal) {
        signal.addEventListener('abort', () => outboxes.forEach((outbox) => outbox.stop()));
        await Promise.all(outboxes.map((outbox) => outbox.flush()));
      },
    };
  },
});
