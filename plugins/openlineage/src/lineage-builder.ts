/**
 * From the events of a run to those of OpenLineage: one START and one COMPLETE, FAIL or ABORT for the run, and on request for each
 * node that ran as well, as runs within it.
 */
import { createHash } from 'node:crypto';
import type { DescribedError, RunEvent } from '@flowerpower/runtime';
import { inputDataset, outputDataset } from './dataset.js';
import { eventSchema, facet, ownFacet, producer, version } from './facet.js';
import type { Facet, Facets, LineageDataset, LineageEvent, LineageJob } from './lineage-event.js';

export interface LineageOptions {
  /** Of the jobs; the name of the project, by default `flowerpower`. */
  readonly namespace?: string | undefined;
  /** Whether each node is a run within that of the pipeline. Default false. */
  readonly nodes?: boolean | undefined;
  /** What the run was given, as texts without secrets. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** A run around this one, as `OPENLINEAGE_PARENT_ID` gives it: `namespace/job/run`. A run that is resumed goes before it. */
  readonly parentId?: string | undefined;
}

export interface LineageBuilder {
  /** What an event of the run adds. */
  onEvent(event: RunEvent): readonly LineageEvent[];
}

interface NodeRun {
  readonly runId: string;
  error?: DescribedError;
}

/** The run of an event, and what it read and wrote as far as that is known. */
interface Made {
  readonly runId: string;
  readonly node?: string;
  readonly inputs?: readonly LineageDataset[];
  readonly outputs?: readonly LineageDataset[];
}

const terminal = { success: 'COMPLETE', failure: 'FAIL', timeout: 'FAIL', cancellation: 'ABORT' } as const;

export function createLineageBuilder(options: LineageOptions = {}): LineageBuilder {
  const { namespace = 'flowerpower', nodes = false, parameters = {}, parentId } = options;
  let resumeOf: string | undefined;
  const inputs: LineageDataset[] = [];
  const outputs: LineageDataset[] = [];
  /** Nodes that have begun and whose end is not told, by name. */
  const open = new Map<string, NodeRun>();

  const jobOf = (pipeline: string, node?: string): LineageJob => ({
    namespace,
    name: node === undefined ? pipeline : `${pipeline}.${node}`,
  });

  function make(
    event: RunEvent,
    eventType: LineageEvent['eventType'],
    runFacets: Facets,
    of: Made,
  ): LineageEvent {
    return {
      eventType,
      eventTime: event.ts,
      producer,
      schemaURL: eventSchema,
      run: { runId: of.runId, facets: { ...engine(), ...runFacets } },
      job: {
        ...jobOf(event.pipeline, of.node),
        facets: {
          jobType: facet('JobTypeJobFacet', {
            processingType: 'BATCH',
            integration: 'FLOWERPOWER',
            jobType: of.node === undefined ? 'DAG' : 'TASK',
          }),
        },
      },
      inputs: distinct(of.inputs ?? []),
      outputs: distinct(of.outputs ?? []),
    };
  }

  function runFacets({ pipeline, runId }: RunEvent, more: Readonly<Record<string, unknown>> = {}): Facets {
    const parent = resumeOf === undefined ? parentNamed(parentId) : parentFacet(resumeOf, jobOf(pipeline));
    const given = Object.entries(parameters).map(([key, value]) => ({ key, name: key, value }));
    return {
      ...(parent !== undefined && { parent }),
      ...(given.length > 0 && {
        executionParameters: facet('ExecutionParametersRunFacet', { parameters: given }),
      }),
      flowerpower_run: ownFacet('FlowerPowerRunRunFacet', {
        runId,
        ...(resumeOf !== undefined && { resumeOf }),
        ...more,
      }),
    };
  }

  const within = ({ pipeline, runId }: RunEvent): Facets => {
    const around = { run: { runId }, job: jobOf(pipeline) };
    return { parent: facet('ParentRunFacet', { ...around, root: around }) };
  };

  function endNode(event: RunEvent, node: string, eventType: LineageEvent['eventType']): LineageEvent[] {
    const known = open.get(node);
    if (known === undefined) return [];
    open.delete(node);
    const isFailed = eventType === 'FAIL' && known.error !== undefined;
    const facets = { ...within(event), ...(isFailed && { errorMessage: errorMessage(known.error!) }) };
    return [make(event, eventType, facets, { runId: known.runId, node })];
  }

  /** A node that failed, or was begun and not ended, when the run is over. */
  function endings(event: Extract<RunEvent, { type: 'run.finished' }>): LineageEvent[] {
    return [...open].flatMap(([node, { error }]) =>
      endNode(event, node, error === undefined || event.result === 'cancellation' ? 'ABORT' : 'FAIL'),
    );
  }

  return {
    onEvent(event) {
      switch (event.type) {
        case 'run.started':
          resumeOf = event.resumeOf;
          return [make(event, 'START', runFacets(event), { runId: event.runId })];
        case 'node.started': {
          const known = open.get(event.node);
          // Another attempt belongs to the run that was begun.
          if (known !== undefined) delete known.error;
          if (!nodes || known !== undefined) return [];
          const begun: NodeRun = { runId: childRunId(event.runId, event.node) };
          open.set(event.node, begun);
          return [make(event, 'START', within(event), { runId: begun.runId, node: event.node })];
        }
        case 'node.succeeded':
          return endNode(event, event.node, 'COMPLETE');
        case 'artifact.written': {
          outputs.push(outputDataset(event.metadata));
          return [];
        }
        case 'node.failed': {
          const known = open.get(event.node);
          if (known !== undefined) known.error = event.error;
          return [];
        }
        case 'run.finished': {
          const { result, error, nodes: counts, loaded = {} } = event;
          inputs.push(...Object.values(loaded).flat().map(inputDataset));
          const eventType = terminal[result];
          const facets = {
            ...runFacets(event, { cacheHits: counts.cached, attempts: event.attempts }),
            ...(eventType === 'FAIL' && error !== undefined && { errorMessage: errorMessage(error) }),
          };
          return [...endings(event), make(event, eventType, facets, { runId: event.runId, inputs, outputs })];
        }
        default:
          return [];
      }
    },
  };
}

function engine(): Facets {
  return {
    processing_engine: facet('ProcessingEngineRunFacet', {
      name: 'FlowerPower',
      version,
      openlineageAdapterVersion: version,
    }),
  };
}

function errorMessage({ message, stack }: DescribedError): Facet {
  return facet('ErrorMessageRunFacet', {
    message,
    programmingLanguage: 'TYPESCRIPT',
    ...(stack !== undefined && { stackTrace: stack }),
  });
}

function parentNamed(parentId: string | undefined): Facet | undefined {
  const [, namespace, name, runId] = /^(.+)\/([^/]+)\/([\da-f-]{36})$/i.exec(parentId ?? '') ?? [];
  return runId === undefined ? undefined : parentFacet(runId, { namespace: namespace!, name: name! });
}

function parentFacet(runId: string, job: LineageJob): Facet {
  return facet('ParentRunFacet', { run: { runId }, job });
}

/** The same for each call: a UUID that begins with the time of the run, as those of version 7 do. */
function childRunId(runId: string, node: string): string {
  const hex = createHash('sha256').update(`${runId}\n${node}`).digest('hex');
  const variant = ((Number.parseInt(hex[3]!, 16) & 3) | 8).toString(16);
  return `${runId.slice(0, 14)}7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(8, 20)}`;
}

/** One entry for each dataset: the last one says most. */
function distinct(datasets: readonly LineageDataset[]): LineageDataset[] {
  return [...new Map(datasets.map((each) => [`${each.namespace} ${each.name}`, each])).values()];
}
