import type { AdapterContext } from '@flowerpower/plugin';
import type { Transport } from './outbox.js';

const requestMs = 2000;

/** Sends each event to `/api/v1/lineage` of a server; a request takes two seconds at most. */
export function httpTransport(
  url: string,
  apiKey: string | undefined,
  clock: Pick<AdapterContext['clock'], 'schedule'>,
): Transport {
  const target = `${url.replace(/\/+$/, '')}/api/v1/lineage`;
  const headers = {
    'content-type': 'application/json',
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };
  return async (event, signal) => {
    const late = new AbortController();
    const done = clock.schedule(requestMs, () => late.abort(new Error(`${target} does not answer`)));
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers,
        body: JSON.stringify(event),
        signal: AbortSignal.any([signal, late.signal]),
      });
      // Else the connection stays open.
      await response.body?.cancel();
      if (!response.ok) throw new Error(`${target} answered ${response.status}`);
    } finally {
      done();
    }
  };
}

/** Adds each event to a file as a line of JSON. */
export function fileTransport(path: string, resolve: AdapterContext['resolve']): Transport {
  return async (event, signal) => {
    const { fs, path: file } = resolve(path, 'write');
    await fs.append(file, `${JSON.stringify(event)}\n`, { signal });
  };
}
