/** The SDK behind one filesystem: imported at its first call, sent to through one door, destroyed once. */
import type { S3Client } from '@aws-sdk/client-s3';
import { DriverFailure } from '@flowerpower/fs';
import type { S3Options } from '../options.js';
import type { Told } from '../errors/s3-failure.js';
import { limitRequests } from './limit-requests.js';
import { refusePages } from './refuse-pages.js';

export type Sdk = typeof import('@aws-sdk/client-s3');

export interface S3Connection {
  readonly told: Told;
  /** The client and the commands. */
  open(): Promise<{ readonly sdk: Sdk; readonly client: S3Client }>;
  /** A client whose URLs carry no checksum, as what will be sent to them is not known. */
  signer(): Promise<S3Client>;
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
    const client = withoutNotice(() => new sdk.S3Client(clientOptions(sdk, options)));
    refusePages(client);
    limitRequests(client);
    return { sdk, client };
  };
  let signing: Promise<S3Client> | undefined;
  const openSigner = async () => {
    const { sdk } = await opened();
    return withoutNotice(
      () => new sdk.S3Client(clientOptions(sdk, { ...options, checksums: 'when_required' })),
    );
  };
  const opened = () => (opening ??= open());
  const underWay = new Set<AbortController>();
  return {
    told: { isAws: options.endpoint === undefined, profile: options.profile ?? process.env['AWS_PROFILE'] },
    open: opened,
    signer: () => (signing ??= openSigner()),
    begin() {
      const controller = new AbortController();
      underWay.add(controller);
      return { signal: controller.signal, end: () => void underWay.delete(controller) };
    },
    async close() {
      const closed = new DriverFailure('Aborted', 'the filesystem was closed');
      for (const controller of underWay) controller.abort(closed);
      // What is being opened is closed too; what failed to open holds nothing.
      (await opening?.catch(() => undefined))?.client.destroy();
      (await signing?.catch(() => undefined))?.destroy();
    },
  };
}

/** When bodies carry and are checked by CRC: many other stores know none. */
export function checksumPolicy({ checksums, endpoint }: Pick<S3Options, 'checksums' | 'endpoint'>) {
  return checksums ?? (endpoint === undefined ? 'when_supported' : 'when_required');
}

/** How many connections there may be is counted elsewhere. */
const anyNumber = { maxSockets: Infinity };

/** Other stores have no regions, yet requests are signed for one. */
const anyRegion = 'us-east-1';

function clientOptions(sdk: Sdk, { region, profile, endpoint, pathStyle, checksums }: S3Options) {
  const sdkPolicy =
    checksumPolicy({ checksums, endpoint }) === 'when_required'
      ? ('WHEN_REQUIRED' as const)
      : ('WHEN_SUPPORTED' as const);
  const profiled = profile === undefined ? {} : { profile };
  const ownRegion = async () =>
    (await new sdk.S3Client(profiled).config.region().catch(() => '')) || anyRegion;
  const signedFor = region ?? (endpoint === undefined ? undefined : ownRegion);
  return {
    ...(signedFor !== undefined && { region: signedFor }),
    ...profiled,
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
