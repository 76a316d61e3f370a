/** What the telemetry of all runs of this process shares. Nothing is sent anywhere unless an adapter is switched on. */

export interface Telemetry {
  /** `traceparent` of W3C Trace Context: the span of whoever started this process. */
  readonly traceParent: string | undefined;
  readonly traceState: string | undefined;
  /** How many events or requests each adapter could not deliver, by name, since the process started. */
  lost(): Readonly<Record<string, number>>;
  /** Counts for {@link Telemetry.lost}. */
  countLost(adapter: string, count: number): void;
}

export interface TelemetryOptions {
  /** Default: the variables of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

const shape = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;
let made: Telemetry | undefined;

/**
 * Reads `TRACEPARENT` and `TRACESTATE` and begins to count, once in a process: later calls give the same object, whatever
 * options they have. Importing this package does neither. A runner calls it with its first run.
 *
 * @example
 * ```ts
 * import { initializeTelemetry } from '@flowerpower/runtime';
 *
 * const telemetry = initializeTelemetry();
 * telemetry.lost(); // {}
 * ```
 */
export function initializeTelemetry({ environment = process.env }: TelemetryOptions = {}): Telemetry {
  made ??= createTelemetry(environment);
  return made;
}

function createTelemetry(environment: Readonly<Record<string, string | undefined>>): Telemetry {
  const counts = new Map<string, number>();
  const parent = environment['TRACEPARENT'];
  const isValid = parent !== undefined && shape.test(parent);
  return {
    traceParent: isValid ? parent : undefined,
    traceState: isValid ? environment['TRACESTATE'] : undefined,
    lost: () => Object.fromEntries(counts),
    countLost: (adapter, count) => void counts.set(adapter, (counts.get(adapter) ?? 0) + count),
  };
}
