/** C46: the spans of any run form a tree, with one span for each node that ran. */
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  BasicTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { collect, node, parallelizable } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry, defineAdapter, definePlugin } from '@flowerpower/plugin';
import { createPipelineRunner, defaultRunConfig, type RunConfig, type RunEvent } from '@flowerpower/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributes, cicd, scope, spans as names } from './names.js';
import { parentContext } from './parent-context.js';
import { createSpanRecorder } from './record-spans.js';

interface Watched {
  readonly spans: readonly ReadableSpan[];
  readonly events: readonly RunEvent[];
}

/** Runs the nodes and gives what was traced. */
async function traced(
  nodes: object,
  run: Partial<RunConfig> = {},
  { environment = {}, withCicd = false, overrides = {} } = {},
): Promise<Watched> {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const events: RunEvent[] = [];
  const spy = defineAdapter({
    create() {
      let recorder: ReturnType<typeof createSpanRecorder>;
      return {
        start(begun) {
          const parent = parentContext(environment);
          const tracer = provider.getTracer(scope);
          recorder = createSpanRecorder({
            tracer,
            parent,
            run: begun,
            withCicd,
            exceptions: { onSpan: true },
          });
        },
        onEvent: (event) => recorder.onEvent(event as RunEvent),
      };
    },
  });
  const plugin = definePlugin({ name: 'spy', apiVersion: 1, adapters: { spy } });
  const runner = createPipelineRunner({
    registry: createRegistry([plugin]),
    fs: createMemoryFileSystem(),
    onEvent: (event) => void events.push(event),
    random: () => 0,
  });
  await runner.settle(
    {
      name: 'shop',
      modules: [nodes],
      params: {},
      io: { load: {}, save: {} },
      run: { ...defaultRunConfig, ...run, withAdapter: { spy: true } },
    },
    overrides,
  );
  await runner.close();
  return { spans: exporter.getFinishedSpans(), events };
}

const called = (spans: readonly ReadableSpan[], name: string) => spans.filter((span) => span.name === name);
const one = (spans: readonly ReadableSpan[], name: string) => {
  expect(called(spans, name)).toHaveLength(1);
  return called(spans, name)[0]!;
};

/** Node i of a random graph: which earlier ones it reads, and whether it fails. */
const aGraph = fc.array(
  fc.record({
    reads: fc.array(fc.nat(20), { maxLength: 3 }),
    fails: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    isAsync: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

test('C46: random graphs give one span of the run, one for each node that ran, all ended, in a tree', async () => {
  await fc.assert(
    fc.asyncProperty(aGraph, fc.constantFrom('fail', 'continue'), async (graph, onError) => {
      const nodes = Object.fromEntries(
        graph.map(({ reads, fails, isAsync }, index) => {
          const inputs = [...new Set(index === 0 ? [] : reads.map((each) => `n${each % index}`))];
          const compute = () => {
            if (fails) throw new RangeError(`n${index}`);
            return index;
          };
          return [`n${index}`, node({ inputs }, isAsync ? async () => compute() : compute)];
        }),
      );
      const { spans, events } = await traced(nodes, { onError });
      const root = one(spans, names.run('shop'));
      expect(root.parentSpanContext).toBeUndefined();
      const ran = new Set(events.flatMap((event) => (event.type === 'node.started' ? [event.node] : [])));
      expect(spans).toHaveLength(1 + ran.size);
      const failed = new Set(events.flatMap((event) => (event.type === 'node.failed' ? [event.node] : [])));
      for (const name of ran) {
        const span = one(spans, names.node(name));
        expect(span.ended).toBe(true);
        expect(span.parentSpanContext?.spanId).toBe(root.spanContext().spanId);
        expect(span.spanContext().traceId).toBe(root.spanContext().traceId);
        expect(span.status.code).toBe(failed.has(name) ? SpanStatusCode.ERROR : SpanStatusCode.UNSET);
        expect(span.attributes[attributes.errorType]).toBe(failed.has(name) ? 'RangeError' : undefined);
      }
      expect(root.ended).toBe(true);
      expect(root.status.code).toBe(failed.size > 0 ? SpanStatusCode.ERROR : SpanStatusCode.UNSET);
      expect(attributes.errorType in root.attributes).toBe(failed.size > 0);
    }),
    { numRuns: 60 },
  );
});

test('a node links to the nodes whose values it uses, and says what it is', async () => {
  const { spans } = await traced({
    a: () => [1, 2, 3],
    b: () => 1,
    c: (a: number[], b: number) => a.length + b,
  });
  const idOf = (name: string) => one(spans, names.node(name)).spanContext().spanId;
  const { links, attributes: facts } = one(spans, names.node('c'));
  expect(links.map(({ context: linked }) => linked.spanId)).toEqual([idOf('a'), idOf('b')]);
  expect(facts).toMatchObject({
    'flowerpower.node.name': 'c',
    'flowerpower.node.kind': 'fn',
    'flowerpower.node.result': 'success',
    'flowerpower.node.attempts': 1,
    'code.function.name': 'c',
  });
  expect(one(spans, names.node('a')).attributes['flowerpower.output.rows']).toBe(3);
  expect(one(spans, names.run('shop')).attributes).toMatchObject({
    'flowerpower.pipeline.name': 'shop',
    'flowerpower.run.result': 'success',
    'flowerpower.run.nodes.total': 3,
    'flowerpower.run.nodes.ok': 3,
    'flowerpower.run.nodes.failed': 0,
  });
});

test('a failure has a description and an exception, and what it kept from running no span', async () => {
  const { spans } = await traced({
    a: () => {
      throw new TypeError('no rate');
    },
    b: (a: number) => a,
  });
  const span = one(spans, names.node('a'));
  expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no rate' });
  expect(span.events).toMatchObject([
    { name: 'exception', attributes: { 'exception.type': 'TypeError', 'exception.message': 'no rate' } },
  ]);
  expect(called(spans, names.node('b'))).toEqual([]);
  expect(one(spans, names.run('shop')).attributes[attributes.errorType]).toBe('TypeError');
});

describe('several attempts', () => {
  const shaky = (failures: number) => {
    let calls = 0;
    return {
      fine: () => 1,
      shaky: () => {
        if (++calls <= failures) throw new Error(`try ${calls}`);
        return calls;
      },
    };
  };
  const retry = { ...defaultRunConfig.retry, maxRetries: 2, retryDelay: 0.001 };

  test('of a node that recovers are spans within its own, which has no error', async () => {
    const { spans } = await traced(shaky(1), { retry });
    const span = one(spans, names.node('shaky'));
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect([span.events, span.attributes[attributes.errorType]]).toEqual([[], undefined]);
    expect(span.attributes[attributes.nodeAttempts]).toBe(2);
    const attempts = called(spans, names.attempt);
    expect(attempts.map(({ parentSpanContext: parent }) => parent?.spanId)).toEqual(
      Array(2).fill(span.spanContext().spanId),
    );
    expect(attempts.map(({ attributes: facts }) => facts)).toEqual([
      { 'flowerpower.attempt.number': 1, 'error.type': 'Error' },
      { 'flowerpower.attempt.number': 2, 'flowerpower.attempt.delay_ms': expect.any(Number) as number },
    ]);
    expect(one(spans, names.node('fine')).attributes[attributes.nodeAttempts]).toBe(1);
  });

  test('that all fail leave the last error on the node', async () => {
    const { spans } = await traced(shaky(9), { retry });
    const span = one(spans, names.node('shaky'));
    expect(span.status.message).toBe('try 3');
    expect(span.attributes[attributes.nodeAttempts]).toBe(3);
    expect(called(spans, names.attempt)).toHaveLength(3);
  });
});

test('a run that is cancelled has no error, and neither have its nodes', async () => {
  const controller = new AbortController();
  const nodes = {
    a: (ctx: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason as Error));
        controller.abort();
      }),
  };
  const { spans } = await traced(nodes, {}, { overrides: { signal: controller.signal } });
  for (const span of spans) {
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).not.toHaveProperty([attributes.errorType]);
  }
  expect(one(spans, names.node('a')).attributes[attributes.nodeResult]).toBe('cancellation');
  expect(one(spans, names.run('shop')).attributes[attributes.runResult]).toBe('cancellation');
});

test('a node inside a fan-out is one span, with the number of its items', async () => {
  const { spans } = await traced({
    n: node(() => [1, 2, 3], parallelizable()),
    twice: (n: number) => 2 * n,
    sum: node((twice: number[]) => twice.length, collect('twice')),
  });
  expect(one(spans, names.node('twice')).attributes[attributes.mapSize]).toBe(3);
  expect(one(spans, names.node('n')).attributes[attributes.nodeKind]).toBe('map');
});

describe('the span around a run', () => {
  const trace1 = '0af7651916cd43dd8448eb211c80319c';

  test('is that of TRACEPARENT', async () => {
    const environment = { TRACEPARENT: `00-${trace1}-b7ad6b7169203331-01`, TRACESTATE: 'vendor=1' };
    const root = one((await traced({ a: () => 1 }, {}, { environment })).spans, names.run('shop'));
    expect(root.spanContext().traceId).toBe(trace1);
    expect(root.parentSpanContext).toMatchObject({ spanId: 'b7ad6b7169203331', isRemote: true });
  });

  test.each(['', 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `ff-${trace1}-b7ad6b7169203331-01`])(
    '%j is no parent',
    (TRACEPARENT) => {
      expect(trace.getSpan(parentContext({ TRACEPARENT }))).toBeUndefined();
      expect(parentContext({ TRACEPARENT })).toBe(context.active());
    },
  );
});

test('with semconv: cicd the attributes of that convention stand beside ours', async () => {
  const { spans } = await traced({ a: () => 1 }, {}, { withCicd: true });
  expect(one(spans, names.run('shop')).attributes).toMatchObject({
    [cicd.pipeline]: 'shop',
    [cicd.action]: 'RUN',
    [cicd.result]: 'success',
  });
  expect(one(spans, names.node('a')).attributes[cicd.task]).toBe('a');
});
