import * as v from 'valibot';

/** What stands under `run.withAdapter.openlineage`, or under `adapter.openlineage`. At least one of `url` and `path`. */
export const options = v.pipe(
  v.strictObject({
    /** Base URL of a server, such as Marquez; events go to its `/api/v1/lineage`. */
    url: v.optional(v.pipe(v.string(), v.regex(/^https?:\/\/[^\s/]+/, 'must be an http or https URL'))),
    /** Sent as a bearer token. */
    apiKey: v.optional(v.pipe(v.string(), v.metadata({ 'x-secret': true }))),
    /** A file to which each event is added as a line of JSON: relative to the project, or a URI. */
    path: v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty'))),
    /** Of the jobs. Default: the name of the project. */
    namespace: v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty'))),
    /** Whether each node is a run within that of the pipeline. Default false. */
    nodes: v.optional(v.boolean(), false),
  }),
  v.check(({ url, path }) => url !== undefined || path !== undefined, 'must have a url, a path, or both'),
);

export type OpenLineageOptions = v.InferOutput<typeof options>;
