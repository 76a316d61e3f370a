/** One HTTP request and its answer, on Node's own client: its bodies are as stored, and it can be aborted at any moment. */
import { type Agent, type IncomingMessage, request as http } from 'node:http';
import { request as https } from 'node:https';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A server that stays silent this long is given up; a transfer that moves has no limit. */
const silenceMs = 60_000;

/** Resolves when the head of the answer is there. The caller reads its body to the end, or destroys it. */
export function exchange(
  agent: Agent,
  { method, url, headers, body, signal }: Request,
): Promise<IncomingMessage> {
  const length =
    body === undefined && method === 'GET' ? {} : { 'content-length': String(body?.byteLength ?? 0) };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? https : http;
    const request = send(url, {
      agent,
      method,
      headers: { ...headers, ...length },
      signal,
      timeout: silenceMs,
    });
    request.on('response', resolve);
    request.on('error', reject);
    request.on('timeout', () =>
      request.destroy(Object.assign(new Error('The server is silent.'), { code: 'ETIMEDOUT' })),
    );
    request.end(body);
  });
}

/** The whole body of an answer. */
export async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  if (!answer.complete) throw Object.assign(new Error('The answer was cut off.'), { code: 'ECONNRESET' });
  return Buffer.concat(chunks);
}
