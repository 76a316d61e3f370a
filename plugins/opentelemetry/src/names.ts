/**
 * Every name that leaves this package: of the scope, of spans, attributes and metrics. OpenTelemetry has no stable convention for
 * workflows, so ours have a namespace of their own; those of `cicd` are of the semantic conventions for CI/CD, a release
 * candidate, and are asked for with `semconv: cicd`.
 */
export const scope = 'flowerpower';

export const spans = {
  run: (pipeline: string) => `run ${pipeline}`,
  node: (node: string) => `node ${node}`,
  attempt: 'attempt',
} as const;

export const resourceAttributes = {
  serviceName: 'service.name',
  environment: 'deployment.environment.name',
} as const;

export const attributes = {
  pipeline: 'flowerpower.pipeline.name',
  runId: 'flowerpower.run.id',
  parentRunId: 'flowerpower.run.parent_id',
  runResult: 'flowerpower.run.result',
  nodesTotal: 'flowerpower.run.nodes.total',
  nodesOk: 'flowerpower.run.nodes.ok',
  nodesFailed: 'flowerpower.run.nodes.failed',
  nodesSkipped: 'flowerpower.run.nodes.skipped',
  nodesCached: 'flowerpower.run.nodes.cached',
  node: 'flowerpower.node.name',
  nodeKind: 'flowerpower.node.kind',
  nodeTags: 'flowerpower.node.tags',
  nodeCache: 'flowerpower.node.cache',
  nodeResult: 'flowerpower.node.result',
  nodeAttempts: 'flowerpower.node.attempts',
  nodeIoMs: 'flowerpower.node.io_ms',
  attempt: 'flowerpower.attempt.number',
  attemptDelayMs: 'flowerpower.attempt.delay_ms',
  mapSize: 'flowerpower.map.size',
  mapFailed: 'flowerpower.map.failed',
  outputRows: 'flowerpower.output.rows',
  outputBytes: 'flowerpower.output.bytes',
  errorType: 'error.type',
  functionName: 'code.function.name',
  filePath: 'code.file.path',
  lineNumber: 'code.line.number',
} as const;

/** What the attributes of a metric may be: few values each, never an id of a run. */
export const metricAttributes = {
  pipeline: attributes.pipeline,
  node: attributes.node,
  runResult: attributes.runResult,
  nodeResult: attributes.nodeResult,
  errorType: attributes.errorType,
  cacheResult: 'result',
  exporter: 'exporter',
} as const;

export const metrics = {
  runDuration: 'flowerpower.run.duration',
  runActive: 'flowerpower.run.active',
  nodeDuration: 'flowerpower.node.duration',
  nodeRetries: 'flowerpower.node.retries',
  cacheLookups: 'flowerpower.cache.lookups',
  outputSize: 'flowerpower.node.output.size',
  dropped: 'flowerpower.exporter.dropped',
  lastSuccess: 'flowerpower.last_success.timestamp',
} as const;

export const exception = {
  event: 'exception',
  type: 'exception.type',
  message: 'exception.message',
  stack: 'exception.stacktrace',
} as const;

export const cicd = {
  pipeline: 'cicd.pipeline.name',
  runId: 'cicd.pipeline.run.id',
  action: 'cicd.pipeline.action.name',
  result: 'cicd.pipeline.result',
  task: 'cicd.pipeline.task.name',
  taskRunId: 'cicd.pipeline.task.run.id',
  taskResult: 'cicd.pipeline.task.run.result',
} as const;
