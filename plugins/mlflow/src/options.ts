import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const url = v.pipe(v.string(), v.regex(/^https?:\/\/[^\s/]+/, 'must be an http or https URL'));
const tags = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or a boolean'),
);

const ours = {
  /** Base URL of the server. Default: `MLFLOW_TRACKING_URI`. */
  trackingUri: v.optional(url),
  /** Sent as a bearer token. Default: `MLFLOW_TRACKING_TOKEN`, else user and password of `MLFLOW_TRACKING_USERNAME` and `…_PASSWORD`. */
  token: v.optional(v.pipe(text, v.metadata({ 'x-secret': true }))),
  /** Default: the name of the project. It is made if absent. */
  experimentName: v.optional(text),
  /** Of an experiment that is made. */
  experimentTags: v.optional(tags, {}),
  experimentDescription: v.optional(v.string()),
  artifactLocation: v.optional(text),
  /** A run of MLflow that exists and is added to. Default: a new one. */
  runId: v.optional(text),
  /** Default: the name of the pipeline. */
  runName: v.optional(text),
  runTags: v.optional(tags, {}),
  runDescription: v.optional(v.string()),
} as const;

const known = v.strictObject(ours);

/**
 * What stands under `run.withAdapter.mlflow`, or under `adapter.mlflow`. Names may be written in snake_case, as the Python
 * FlowerPower writes them, and null is as good as absent.
 */
export const options = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((given) =>
    Object.fromEntries(
      Object.entries(given).flatMap(([key, value]) => (value === null ? [] : [[camelCase(key), value]])),
    ),
  ),
  v.check(
    (given) => given['registryUri'] === undefined,
    'must have no registry_uri: nothing here registers models',
  ),
  known,
);

export type MlflowOptions = v.InferOutput<typeof known>;

function camelCase(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
