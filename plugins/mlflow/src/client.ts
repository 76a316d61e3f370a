/** The few calls of MLflow's REST API that are needed here. */

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

export function createClient(
  trackingUri: string,
  authorization: string | undefined,
  signal: AbortSignal,
): MlflowClient {
  const base = `${trackingUri.replace(/\/+$/, '')}/api/2.0`;
  const headers = { ...(authorization !== undefined && { authorization }) };

  async function send(path: string, { type, ...init }: Request = {}): Promise<string> {
    const response = await fetch(`${base}/${path}`, {
      ...init,
      headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]),
    });
    const text = await response.text();
    if (response.ok) return text;
    const { error_code: code, message } = parse(text);
    const said = typeof message === 'string' ? `: ${message.slice(0, 300)}` : '';
    throw new MlflowRefusal(`MLflow answered ${response.status} to ${path.replace(/\?.*$/, '')}${said}`, {
      status: response.status,
      code: typeof code === 'string' ? code : undefined,
    });
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

function parse(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Answer) : {};
  } catch {
    return {};
  }
}
