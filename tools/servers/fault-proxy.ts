/** Stands between a client and a real server and gives the failures that no real server gives on demand. */
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';

export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** The server's own answer, or what the client gets instead. */
export interface WholeAnswer {
  readonly status: number;
  /** In small letters. `content-length` becomes that of the body, unless the answer is one to HEAD. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

type Fault =
  /** The server is not asked. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** The server does its work, and nobody hears of it. */
  | { readonly kind: 'lost answer' }
  /** The server does its work, and something on the way back changes what it says. */
  | { readonly kind: 'changed answer'; readonly change: (answer: WholeAnswer) => WholeAnswer }
  /** The connection breaks behind this many bytes of the answer. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Nothing more comes behind this many bytes, and the connection stays. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** The server is sent other bytes than the client sent: the one at this place is flipped. */
  | { readonly kind: 'damage'; readonly at: number }
  /** The connection breaks before the server has been asked. */
  | { readonly kind: 'lost request' }
  /** Nobody answers, and the connection stays. */
  | { readonly kind: 'silence' };

export interface FaultProxy {
  /** Use it in place of the server's address. */
  readonly endpoint: string;
  /** Every request so far, in order. */
  readonly requests: readonly ProxiedRequest[];
  /** Decides about each request; undefined lets it pass. `nth` counts requests from 1. */
  fault: (request: ProxiedRequest, nth: number) => Fault | undefined | Promise<Fault | undefined>;
  /** Breaks every connection that is open now. */
  breakConnections(): void;
  close(): Promise<void>;
}

export async function faultProxy(target: string): Promise<FaultProxy> {
  const requests: ProxiedRequest[] = [];
  const server = createServer((incoming, answer) => {
    const seen = { method: incoming.method!, url: incoming.url!, headers: incoming.headers };
    requests.push(seen);
    void Promise.resolve(proxy.fault(seen, requests.length)).then((fault) => {
      if (fault?.kind === 'status') refuse(incoming, answer, fault);
      else if (fault?.kind === 'lost request') answer.destroy();
      else if (fault?.kind === 'silence') incoming.resume();
      else pass(new URL(target), incoming, answer, fault);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    fault: () => undefined,
    breakConnections: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

function refuse(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { status, body = '' }: { readonly status: number; readonly body?: string },
): void {
  // What was sent is taken, so that the client reads the answer instead of a broken pipe.
  incoming.resume();
  incoming.on('end', () => answer.writeHead(status, { 'content-type': 'application/xml' }).end(body));
}

function pass(
  target: URL,
  incoming: IncomingMessage,
  answer: ServerResponse,
  fault: Fault | undefined,
): void {
  const { method, url: path, headers } = incoming;
  // The signature covers the host that the client sees, so that the headers stay as they are.
  const onward = forward({ host: target.hostname, port: target.port, method, path, headers }, (reply) => {
    if (fault?.kind === 'lost answer') {
      reply.resume();
      reply.on('end', () => answer.destroy());
      return;
    }
    if (fault?.kind === 'changed answer') {
      change(method, reply, answer, fault.change);
      return;
    }
    answer.writeHead(reply.statusCode!, reply.headers);
    if (fault !== undefined && 'afterBytes' in fault) cut(reply, answer, fault);
    else reply.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  if (fault?.kind === 'damage') damaged(incoming, fault.at).pipe(onward);
  else incoming.pipe(onward);
}

function damaged(incoming: IncomingMessage, at: number): Readable {
  let passed = 0;
  return incoming.map((chunk: Buffer) => {
    const place = at - passed;
    passed += chunk.byteLength;
    if (place >= 0 && place < chunk.byteLength) chunk[place]! ^= 1;
    return chunk;
  });
}

function change(
  method: string | undefined,
  reply: IncomingMessage,
  answer: ServerResponse,
  to: (answer: WholeAnswer) => WholeAnswer,
): void {
  const received: Buffer[] = [];
  reply.on('data', (chunk: Buffer) => received.push(chunk));
  reply.on('end', () => {
    const before = { status: reply.statusCode!, headers: reply.headers, body: Buffer.concat(received) };
    const { status, headers, body } = to(before);
    const { 'transfer-encoding': _chunked, ...kept } = headers;
    const length = method === 'HEAD' ? headers['content-length'] : String(body.byteLength);
    const sent = Object.entries({ ...kept, 'content-length': length }).filter(
      ([, value]) => value !== undefined,
    );
    answer.writeHead(status, Object.fromEntries(sent)).end(body);
  });
}

function cut(
  reply: IncomingMessage,
  answer: ServerResponse,
  { kind, afterBytes }: { readonly kind: string; readonly afterBytes: number },
): void {
  let left = afterBytes;
  const stop = () => {
    if (kind === 'reset') answer.destroy();
  };
  reply.on('data', (chunk: Buffer) => {
    if (left <= 0) return;
    const part = chunk.subarray(0, left);
    left -= part.byteLength;
    answer.write(part, () => {
      if (left <= 0) stop();
    });
  });
  // An answer that is shorter breaks at its end.
  reply.on('end', () => {
    if (left > 0) stop();
  });
  if (afterBytes === 0) {
    answer.flushHeaders();
    stop();
  }
}
