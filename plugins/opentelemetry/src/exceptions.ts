import type { Span } from '@opentelemetry/api';
import { trace, context } from '@opentelemetry/api';
import type { DescribedError } from '@flowerpower/runtime';
import { exception, scope } from './names.js';
import type { SpanRecorderOptions } from './record-spans.js';

/**
 * Where exceptions go: onto the span, or with `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN` as log records in their place (`logs`) or
 * besides (`logs/dup`), through the logger provider that the program has registered.
 */
export async function exceptionSink(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SpanRecorderOptions['exceptions']> {
  const wanted =
    environment['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN']?.split(',').map((each) => each.trim()) ?? [];
  const both = wanted.includes('logs/dup');
  if (!both && !wanted.includes('logs')) return { onSpan: true };
  const { logs, SeverityNumber } = await import('@opentelemetry/api-logs');
  const logger = logs.getLogger(scope);
  const log = (error: DescribedError, span: Span) =>
    logger.emit({
      eventName: exception.event,
      severityNumber: SeverityNumber.ERROR,
      severityText: 'ERROR',
      context: trace.setSpan(context.active(), span),
      attributes: {
        [exception.type]: error.name,
        [exception.message]: error.message,
        ...(error.stack !== undefined && { [exception.stack]: error.stack }),
      },
    });
  return { onSpan: both, log };
}
