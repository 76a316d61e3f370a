/** The few calls of MLflow's REST API that are needed here. */

import type { AdapterContext } from '@flowerpower/plugin';

/** How long one request may take. */
const requestMs = 2000;

export interface MlflowClient {
  get(path: string, query: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  /** Writes a file through the server, where it serves artifacts. */
  put(path: string, content: string): Promise<void>;
}

interface Request {
  readonly method?: string;
  readonly body?: string;
  /** Of the body. */
  readonly type?: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** What a server that answered has against the request. */
export class MlflowRefusal extends Error {
  override readonly name = 'MlflowRefusal';
  readonly status: number;
  readonly code: string | undefined;

  constructor(
    message: string,
    { status, code }: { readonly status: number; readonly code: string | undefined },
  ) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface ClientOptions {
  readonly authorization: string | undefined;
  /** Ends every request. */
  readonly signal: AbortSignal;
  readonly clock: Pick<AdapterContext['clock'], 'schedule'>;
}

export function createClient(
  trackingUri: string,
  { authorization, signal, clock }: ClientOptions,
): MlflowClient {
  const base = `${trackingUri.replace(/\/+$/, '')}/api/2.0`;
  const headers = { ...(authorization !== undefined && { authorization }) };

  async function send(path: string, { type, ...init }: Request = {}): Promise<string> {
    const late = new AbortController();
    const done = clock.schedule(requestMs, () => late.abort(new Error('MLflow does not answer')));
    try {
      const response = await fetch(`${base}/${path}`, {
        ...init,
        headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
        signal: AbortSignal.any([signal, late.signal]),
      });
      const text = await response.text();
      if (response.ok) return text;
      throw refusal(path, response.status, text);
    } finally {
      done();
    }
  }

  return {
    get: async (path, query) => parse(await send(`mlflow/${path}?${new URLSearchParams(query)}`)),
    post: async (path, body) =>
      parse(
        await send(`mlflow/${path}`, {
          method: 'POST',
          type: 'application/json',
          body: JSON.stringify(body),
        }),
      ),
    async put(path, content) {
      await send(`mlflow-artifacts/artifacts/${path}`, { method: 'PUT', body: content });
    },
  };
}

function refusal(path: string, status: number, text: string): MlflowRefusal {
  const { error_code: code, message } = parse(text);
  const said = typeof message === 'string' ? `: ${message.slice(0, 300)}` : '';
  return new MlflowRefusal(`MLflow answered ${status} to ${path.replace(/\?.*$/, '')}${said}`, {
    status,
    code: typeof code === 'string' ? code : undefined,
  });
}

function parse(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Answer) : {};
  } catch {
    return {};
  }
}
