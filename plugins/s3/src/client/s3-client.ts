/** The SDK behind one filesystem: imported at its first call, sent to through one door, destroyed once. */
import type { S3Client } from '@aws-sdk/client-s3';
import { DriverFailure } from '@flowerpower/fs';
import type { S3Options } from '../options.js';
import { limitRequests } from './limit-requests.js';
import { refusePages } from './refuse-pages.js';

export type Sdk = typeof import('@aws-sdk/client-s3');

export interface S3Connection {
  /** The client and the commands. */
  open(): Promise<{ readonly sdk: Sdk; readonly client: S3Client }>;
  /** A call that is under way until it ends; its signal is aborted when the connection is closed before. */
  begin(): { readonly signal: AbortSignal; end(): void };
  close(): Promise<void>;
}

/** A server that accepts no connection, or stays silent, is given up; a transfer that moves has no limit. */
const connectionTimeout = 10_000;
const socketTimeout = 60_000;

export function connect(options: S3Options): S3Connection {
  let opening: ReturnType<S3Connection['open']> | undefined;
  const open = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    const client = withoutNotice(() => new sdk.S3Client(clientOptions(options)));
    refusePages(client);
    limitRequests(client);
    return { sdk, client };
  };
  const underWay = new Set<AbortController>();
  return {
    open: () => (opening ??= open()),
    begin() {
      const controller = new AbortController();
      underWay.add(controller);
      return { signal: controller.signal, end: () => void underWay.delete(controller) };
    },
    async close() {
      const closed = new DriverFailure('Aborted', 'the filesystem was closed');
      for (const controller of underWay) controller.abort(closed);
      // What is being opened is closed too; what failed to open holds nothing.
      const opened = await opening?.catch(() => undefined);
      opened?.client.destroy();
    },
  };
}

/** How many connections there may be is counted elsewhere. */
const anyNumber = { maxSockets: Infinity };

/** Other stores have no regions, yet requests are signed for one. */
const anyRegion = 'us-east-1';

function clientOptions({ region, profile, endpoint, pathStyle, checksums }: S3Options) {
  const policy = checksums ?? (endpoint === undefined ? 'when_supported' : 'when_required');
  const sdkPolicy = policy === 'when_required' ? ('WHEN_REQUIRED' as const) : ('WHEN_SUPPORTED' as const);
  const ownRegion = profile === undefined && process.env['AWS_REGION'] === undefined;
  const signedFor = region ?? (endpoint !== undefined && ownRegion ? anyRegion : undefined);
  return {
    ...(signedFor !== undefined && { region: signedFor }),
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: pathStyle ?? endpoint !== undefined,
    requestChecksumCalculation: sdkPolicy,
    responseChecksumValidation: sdkPolicy,
    requestHandler: { connectionTimeout, socketTimeout, httpAgent: anyNumber, httpsAgent: anyNumber },
  };
}

/** On Node 20 the SDK says in each process which Node its versions of 2027 will need; this one runs. */
function withoutNotice<T>(make: () => T): T {
  const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[name];
  process.env[name] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
