/** One run in MLflow: found or made at the start, filled and closed at the end. */
import type { EndedRun, WatchedRun } from '@flowerpower/plugin';
import { type Batch, batchesOf, type Entry, keyOf } from './batches.js';
import { type MlflowClient, MlflowRefusal } from './client.js';
import type { MlflowOptions } from './options.js';

export interface TrackedRun {
  /** Logs everything and says how the run ended. */
  end(batch: Batch, status: EndedRun['status'], endedMs: number): Promise<void>;
  /** Keeps a text beside the run, where the server takes artifacts. */
  keep(file: string, content: string): Promise<void>;
}

const statuses = {
  success: 'FINISHED',
  failure: 'FAILED',
  timeout: 'FAILED',
  cancellation: 'KILLED',
} as const;
const runIdTag = 'flowerpower.run_id';

export async function trackRun(
  client: MlflowClient,
  options: MlflowOptions,
  run: WatchedRun,
): Promise<TrackedRun> {
  const experiment = await experimentOf(
    client,
    options,
    options.experimentName ?? run.project ?? 'flowerpower',
  );
  const known = options.runId ?? (await continued(client, experiment, run.resumeOf));
  const { run_id: id, artifact_uri: artifacts } =
    known === undefined
      ? await createRun(client, experiment, options, run)
      : await reopen(client, known, run);

  return {
    async end(batch, status, endedMs) {
      // Side by side: a run waits for them, and not for long.
      await Promise.all(
        batchesOf(batch).map((part) => again(() => client.post('runs/log-batch', { run_id: id, ...part }))),
      );
      await again(() =>
        client.post('runs/update', { run_id: id, status: statuses[status], end_time: Math.round(endedMs) }),
      );
    },
    async keep(file, content) {
      const folder = /^mlflow-artifacts:\/+(?:[^/]+:\d+\/)?(.*)$/.exec(artifacts ?? '')?.[1];
      if (folder !== undefined) await again(() => client.put(`${folder}/${file}`, content));
    },
  };
}

async function experimentOf(client: MlflowClient, options: MlflowOptions, name: string): Promise<string> {
  const find = async () => {
    const { experiment } = await client.get('experiments/get-by-name', { experiment_name: name });
    return (experiment as { readonly experiment_id: string }).experiment_id;
  };
  const { experimentTags, experimentDescription: note, artifactLocation } = options;
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof MlflowRefusal) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
  }
  try {
    const made = await client.post('experiments/create', {
      name,
      tags: entries({ ...experimentTags, ...(note !== undefined && { 'mlflow.note.content': note }) }),
      ...(artifactLocation !== undefined && { artifact_location: artifactLocation }),
    });
    return made['experiment_id'] as string;
  } catch (error) {
    // Another run has made it in between.
    if (error instanceof MlflowRefusal && error.code === 'RESOURCE_ALREADY_EXISTS') return find();
    throw error;
  }
}

interface RunInfo {
  readonly run_id: string;
  readonly artifact_uri?: string;
}

async function createRun(
  client: MlflowClient,
  experiment: string,
  options: MlflowOptions,
  run: WatchedRun,
): Promise<RunInfo> {
  const { runName = run.pipeline, runTags, runDescription: note } = options;
  const made = await client.post('runs/create', {
    experiment_id: experiment,
    run_name: runName,
    start_time: Date.parse(run.startedAt),
    tags: entries({
      ...runTags,
      'mlflow.runName': runName,
      'mlflow.source.name': run.pipeline,
      'mlflow.source.type': 'JOB',
      [runIdTag]: run.runId,
      ...(run.env !== undefined && { 'flowerpower.env': run.env }),
      ...(note !== undefined && { 'mlflow.note.content': note }),
    }),
  });
  return (made['run'] as { readonly info: RunInfo }).info;
}

/** The run of MLflow for the one that this one continues, if there is one. */
async function continued(
  client: MlflowClient,
  experiment: string,
  resumeOf: string | undefined,
): Promise<string | undefined> {
  if (resumeOf === undefined) return undefined;
  const { runs } = await client.post('runs/search', {
    experiment_ids: [experiment],
    filter: `tags.\`${runIdTag}\` = '${resumeOf.replaceAll("'", '')}'`,
    max_results: 1,
  });
  return (runs as readonly { readonly info: RunInfo }[] | undefined)?.[0]?.info.run_id;
}

async function reopen(client: MlflowClient, id: string, run: WatchedRun): Promise<RunInfo> {
  await client.post('runs/update', { run_id: id, status: 'RUNNING' });
  // A run that continues this one looks for it by its own id.
  await client.post('runs/set-tag', { run_id: id, key: runIdTag, value: run.runId });
  const { run: found } = await client.get('runs/get', { run_id: id });
  return (found as { readonly info: RunInfo }).info;
}

/** Once more where the server did not answer or failed; what it refused, it will refuse again. All of this may be sent twice. */
async function again<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof MlflowRefusal && error.status < 500) throw error;
    return request();
  }
}

function entries(values: Readonly<Record<string, string | number | boolean>>): Entry[] {
  return Object.entries(values).map(([key, value]) => ({
    key: keyOf(key),
    value: String(value).slice(0, 5000),
  }));
}
