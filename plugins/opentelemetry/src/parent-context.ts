import { type Context, context, createTraceState, ROOT_CONTEXT, trace } from '@opentelemetry/api';

const shape = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/;

/** The span around the run: the one that is active in this process, else that of `TRACEPARENT`, else none. */
export function parentContext(environment: Readonly<Record<string, string | undefined>>): Context {
  const active = context.active();
  if (trace.getSpan(active) !== undefined) return active;
  const [, version, traceId, spanId, flags] = shape.exec(environment['TRACEPARENT'] ?? '') ?? [];
  const isValid =
    version !== undefined && version !== 'ff' && !/^0+$/.test(traceId!) && !/^0+$/.test(spanId!);
  if (!isValid) return ROOT_CONTEXT;
  const state = environment['TRACESTATE'];
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: traceId!,
    spanId: spanId!,
    traceFlags: Number.parseInt(flags!, 16),
    isRemote: true,
    ...(state !== undefined && { traceState: createTraceState(state) }),
  });
}
