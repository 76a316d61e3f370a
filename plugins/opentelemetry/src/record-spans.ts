/**
 * The spans of one run, made from its events: one for the run, one for each node that ran, and one for each attempt of a node
 * that had several. The span of a node is made when the node has ended for good, with the times of its events, so none is ever
 * left open; it links to those of the nodes whose values it used.
 */
import {
  type Attributes,
  type Context,
  type HrTime,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { WatchedRun } from '@flowerpower/plugin';
import type { DescribedError, NodeSucceededEvent, RunEvent, RunFinishedEvent } from '@flowerpower/runtime';
import { errorTypeOf, isCancellation } from './error-type.js';
import { attributes, cicd, exception, spans } from './names.js';
import { graphAttributes } from './node-attributes.js';

interface Attempt {
  readonly number: number;
  readonly startedMs: number;
  endedMs?: number;
  error?: DescribedError;
}

export interface SpanRecorder {
  onEvent(event: RunEvent): void;
}

export interface SpanRecorderOptions {
  readonly tracer: Tracer;
  readonly parent: Context;
  readonly run: WatchedRun;
  readonly withCicd: boolean;
  /** Receives exceptions in place of the span, or besides it. */
  readonly exceptions: {
    readonly onSpan: boolean;
    readonly log?: ((error: DescribedError, span: Span) => void) | undefined;
  };
}

export function createSpanRecorder({
  tracer,
  parent,
  run,
  withCicd,
  exceptions,
}: SpanRecorderOptions): SpanRecorder {
  let runSpan: Span | undefined;
  let within = parent;
  /** Nodes that have begun and whose span is not made, by name. */
  const open = new Map<string, Attempt[]>();
  const made = new Map<string, SpanContext>();
  /** By number of the attempt that follows. */
  const delays = new Map<number, number>();

  function startRun(startedMs: number): void {
    const { runId, pipeline, resumeOf } = run;
    runSpan = tracer.startSpan(
      spans.run(pipeline),
      {
        kind: SpanKind.INTERNAL,
        startTime: time(startedMs),
        attributes: {
          [attributes.pipeline]: pipeline,
          [attributes.runId]: runId,
          ...(resumeOf !== undefined && { [attributes.parentRunId]: resumeOf }),
          ...(withCicd && { [cicd.pipeline]: pipeline, [cicd.runId]: runId, [cicd.action]: 'RUN' }),
        },
      },
      parent,
    );
    within = trace.setSpan(parent, runSpan);
  }

  function linksOf(node: string): Link[] {
    const dependencies = run.graph?.nodes.get(node)?.dependencies ?? [];
    const inputs = new Set(dependencies.map((each) => each.node));
    return [...inputs].flatMap((input) => {
      const context = made.get(input);
      return context === undefined ? [] : [{ context }];
    });
  }

  function fail(span: Span, error: DescribedError, atMs: number): void {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    span.setAttribute(attributes.errorType, errorTypeOf(error));
    exceptions.log?.(error, span);
    if (!exceptions.onSpan) return;
    const facts = {
      [exception.type]: error.name,
      [exception.message]: error.message,
      ...(error.stack !== undefined && { [exception.stack]: error.stack }),
    };
    span.addEvent(exception.event, facts, time(atMs));
  }

  function endNode(node: string, result: string, facts: Attributes, error?: DescribedError): void {
    const attempts = open.get(node);
    if (attempts === undefined) return;
    open.delete(node);
    const endedMs = attempts.at(-1)!.endedMs!;
    const span = tracer.startSpan(
      spans.node(node),
      {
        kind: SpanKind.INTERNAL,
        startTime: time(attempts[0]!.startedMs),
        links: linksOf(node),
        attributes: {
          ...graphAttributes(node, run.graph?.nodes.get(node)),
          [attributes.nodeResult]: result,
          [attributes.nodeAttempts]: attempts.length,
          ...facts,
          ...(withCicd && {
            [cicd.task]: node,
            [cicd.taskRunId]: `${run.runId}/${node}`,
            [cicd.taskResult]: result,
          }),
        },
      },
      within,
    );
    made.set(node, span.spanContext());
    if (attempts.length > 1) tellAttempts(span, attempts);
    if (error !== undefined && result === 'failure') fail(span, error, endedMs);
    span.end(time(endedMs));
  }

  function tellAttempts(node: Span, attempts: readonly Attempt[]): void {
    const around = trace.setSpan(within, node);
    for (const { number, startedMs, endedMs, error } of attempts) {
      const delayMs = delays.get(number);
      const span = tracer.startSpan(
        spans.attempt,
        {
          kind: SpanKind.INTERNAL,
          startTime: time(startedMs),
          attributes: {
            [attributes.attempt]: number,
            ...(delayMs !== undefined && { [attributes.attemptDelayMs]: delayMs }),
          },
        },
        around,
      );
      if (error !== undefined && !isCancellation(error)) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        span.setAttribute(attributes.errorType, errorTypeOf(error));
      }
      span.end(time(endedMs ?? startedMs));
    }
  }

  function endRun(event: RunFinishedEvent, endedMs: number): void {
    for (const [node, attempts] of open) {
      const last = attempts.at(-1)!;
      last.endedMs ??= endedMs;
      const { error } = last;
      const result = error === undefined || isCancellation(error) ? stoppedBy(event) : 'failure';
      endNode(node, result, {}, error);
    }
    if (runSpan === undefined) return;
    const { result, nodes, error } = event;
    runSpan.setAttributes({
      [attributes.runResult]: result,
      [attributes.nodesTotal]: run.planned.length,
      [attributes.nodesOk]: nodes.succeeded,
      [attributes.nodesFailed]: nodes.failed,
      [attributes.nodesSkipped]: nodes.skipped,
      [attributes.nodesCached]: nodes.cached,
      ...(withCicd && { [cicd.result]: result }),
    });
    if (error !== undefined && result !== 'cancellation') fail(runSpan, error, endedMs);
    runSpan.end(time(endedMs));
  }

  return {
    onEvent(event) {
      const atMs = Date.parse(event.ts);
      switch (event.type) {
        case 'run.started':
          return startRun(atMs);
        case 'node.started': {
          const attempt = { number: event.attempt, startedMs: atMs };
          const known = open.get(event.node);
          if (known === undefined) open.set(event.node, [attempt]);
          else known.push(attempt);
          return undefined;
        }
        case 'node.succeeded':
          end(open.get(event.node), event.durationMs);
          return endNode(event.node, 'success', factsOf(event, run));
        case 'node.failed':
          // A later attempt may still succeed.
          return end(open.get(event.node), event.durationMs, event.error);
        case 'node.stopped':
          return end(open.get(event.node), event.durationMs);
        case 'retry.scheduled':
          return void delays.set(event.attempt + 1, event.delayMs);
        case 'run.finished':
          return endRun(event, atMs);
        default:
          return undefined;
      }
    },
  };
}

function end(attempts: readonly Attempt[] | undefined, durationMs: number, error?: DescribedError): void {
  const last = attempts?.at(-1);
  if (last === undefined) return;
  last.endedMs = last.startedMs + durationMs;
  if (error !== undefined) last.error = error;
}

/** What a node that was stopped with its run has for a result. */
function stoppedBy({ result }: RunFinishedEvent): string {
  return result === 'timeout' ? 'timeout' : 'cancellation';
}

function factsOf(event: NodeSucceededEvent, { graph, cache }: WatchedRun): Attributes {
  const { summary, items, failedItems, ioMs } = event;
  const behavior = graph?.nodes.get(event.node)?.cache;
  const lookup = behavior === 'disable' ? 'bypass' : 'miss';
  return {
    ...(cache && { [attributes.nodeCache]: event.cached ? 'hit' : lookup }),
    ...(summary.rows !== undefined && { [attributes.outputRows]: summary.rows }),
    ...(summary.bytes !== undefined && { [attributes.outputBytes]: summary.bytes }),
    ...(items !== undefined && { [attributes.mapSize]: items }),
    ...(failedItems !== undefined && { [attributes.mapFailed]: failedItems }),
    ...(ioMs !== undefined && { [attributes.nodeIoMs]: ioMs }),
  };
}

/** Milliseconds as OpenTelemetry takes them: small numbers alone would count from the start of the process. */
function time(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
