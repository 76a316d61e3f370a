/**
 * Upload sessions as the service keeps them (Cloud Storage, "Resumable uploads"), in front of fake-gcs-server, which appends
 * whatever comes, takes a question for the end, and looks at no checksum of a session.
 */
import { CRC32C } from '@google-cloud/storage';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface UploadSessions {
  readonly endpoint: string;
  /** Of the next piece only so many bytes are kept. */
  keepOnly: number | undefined;
  close(): Promise<void>;
}

interface Session {
  bytes: Buffer;
  ended?: { readonly status: number; readonly body: string };
}

export async function uploadSessions(target: string): Promise<UploadSessions> {
  const sessions = new Map<string, Session>();

  async function handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const id = new URL(incoming.url!, target).searchParams.get('upload_id');
    if (incoming.method === 'PUT' && id !== null) {
      let session = sessions.get(id);
      if (session === undefined) sessions.set(id, (session = { bytes: Buffer.alloc(0) }));
      await receive(session, incoming, body, answer);
      return;
    }
    pass(incoming, body, answer);
  }

  async function receive(
    session: Session,
    incoming: IncomingMessage,
    body: Buffer,
    answer: ServerResponse,
  ): Promise<void> {
    const [, from, total] = /^bytes (\d+|\*)(?:-\d+)?\/(\d+|\*)$/.exec(incoming.headers['content-range']!)!;
    if (session.ended === undefined && from !== '*') {
      const known = session.bytes.byteLength - Number(from);
      const kept = body.subarray(known, server.keepOnly === undefined ? undefined : known + server.keepOnly);
      server.keepOnly = undefined;
      session.bytes = Buffer.concat([session.bytes, kept]);
    }
    const { byteLength } = session.bytes;
    if (session.ended === undefined && Number(total) === byteLength) await end(session, incoming);
    if (session.ended === undefined) {
      answer.writeHead(308, byteLength === 0 ? {} : { range: `bytes=0-${byteLength - 1}` }).end();
    } else {
      answer.writeHead(session.ended.status, { 'content-type': 'application/json' }).end(session.ended.body);
    }
  }

  async function end(session: Session, incoming: IncomingMessage): Promise<void> {
    const { bytes } = session;
    const digest = new CRC32C();
    digest.update(bytes);
    const declared = /crc32c=([^,]+)/.exec(String(incoming.headers['x-goog-hash']))?.[1];
    if (declared !== undefined && declared !== digest.toString()) {
      const message = `Provided CRC32C "${declared}" doesn't match calculated CRC32C "${digest.toString()}".`;
      session.ended = { status: 400, body: JSON.stringify({ error: { message } }) };
      return;
    }
    const range = bytes.byteLength === 0 ? '*' : `0-${bytes.byteLength - 1}`;
    const reply = await fetch(new URL(incoming.url!, target), {
      method: 'PUT',
      headers: { 'content-range': `bytes ${range}/${bytes.byteLength}` },
      body: new Uint8Array(bytes),
    });
    session.ended = { status: reply.status, body: await reply.text() };
  }

  function pass(incoming: IncomingMessage, body: Buffer, answer: ServerResponse): void {
    const { method, url } = incoming;
    const { hostname, port, host } = new URL(target);
    // By the host the server tells signed URLs, and makes the address of a session.
    const headers = url!.startsWith('/upload/') ? incoming.headers : { ...incoming.headers, host };
    const onward = request({ hostname, port, method, path: url, headers }, (reply) => {
      answer.writeHead(reply.statusCode!, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    onward.end(body);
  }

  const listener = createServer((incoming, answer) => {
    handle(incoming, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const server: UploadSessions = {
    endpoint: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    keepOnly: undefined,
    async close() {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return server;
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
