/**
 * What the keys outside of `run:` are for, with an example: for the reference and for editors. Those of `run:` stand in
 * `run-options.ts`, with what their flags say.
 */

export interface KeyHelp {
  /** A phrase without capital and full stop. */
  readonly help: string;
  /** The value in YAML. */
  readonly example: string;
}

/** `<name>` stands for a key that the user chooses. */
export const projectKeyHelp: Readonly<Record<string, KeyHelp>> = {
  name: { help: 'what the project is called in messages and records', example: 'shop' },
  hooksDir: { help: 'folder of the hooks, in the project', example: 'hooks' },
  allowOutside: {
    help: 'folders outside of the project that may be read and written, with all below them',
    example: '[../shared]',
  },
  plugins: {
    help: 'packages, and files of the project, that bring formats, filesystems and adapters',
    example: '["@flowerpower/plugin-s3", ./plugins/xlsx.ts]',
  },
  'storageOptions.<scheme>': {
    help: 'options of the filesystem of a scheme, as its plugin takes them',
    example: '{ region: eu-central-1 }',
  },
  'fileSystems.<name>.path': {
    help: 'location that nodes reach by this name: a folder, or a URI; it may stand alone: `lake: s3://shop/lake`',
    example: 's3://shop/lake',
  },
  'fileSystems.<name>.storageOptions': {
    help: 'options of that one, over those of its scheme',
    example: '{ region: us-east-1 }',
  },
  'adapter.hamiltonTracker': { help: 'settings of that adapter', example: '{ username: me }' },
  'adapter.mlflow': {
    help: 'settings of that adapter',
    example: '{ tracking_uri: "http://localhost:5000" }',
  },
  'adapter.openlineage': { help: 'settings of that adapter', example: '{ path: lineage.ndjson }' },
  'adapter.opentelemetry': {
    help: 'settings of that adapter',
    example: '{ endpoint: "http://localhost:4318" }',
  },
  'adapter.ray': { help: 'settings of that adapter', example: '{ shutdown_ray_on_completion: true }' },
  'runs.dir': { help: 'folder of the records of runs', example: '.flowerpower/runs' },
  'runs.keep': { help: 'how many records of each pipeline are kept', example: '200' },
  'runs.maxAge': { help: 'seconds after which a record is removed', example: '2592000' },
};

export const pipelineKeyHelp: Readonly<Record<string, KeyHelp>> = {
  name: { help: 'what the pipeline is called; without it, as its file', example: 'sales.daily' },
  params: {
    help: 'under the name of a node, values for its parameters; beside them, values for inputs of that name',
    example: '{ total: { minAmount: 10 }, currency: EUR }',
  },
  'io.load.<node>.type': {
    help: 'format that is loaded as this node; its options stand beside it',
    example: 'csv',
  },
  'io.load.<node>.storageOptions': {
    help: 'options of the filesystem of its path',
    example: '{ region: us-east-1 }',
  },
  'io.save.<node>.type': {
    help: 'format that the value of this node is saved as, with its options',
    example: 'json',
  },
  'io.save.<node>.storageOptions': {
    help: 'options of the filesystem of its path',
    example: '{ region: us-east-1 }',
  },
  'pipelines.<name>.use': {
    help: 'another pipeline of the project, whose values this one takes',
    example: 'pricing',
  },
  'pipelines.<name>.outputs': {
    help: 'nodes of it that are nodes of this one, too; without it, what a run of it computes',
    example: '[net]',
  },
  'pipelines.<name>.as.<output>': { help: 'another name for that node here', example: 'netPrice' },
  'pipelines.<name>.inputs': {
    help: 'values for its inputs; `{ $source: node }` is a node of this pipeline',
    example: '{ day: monday }',
  },
  'adapter.hamiltonTracker': { help: 'over those of the project', example: '{ project_id: 17 }' },
  'adapter.mlflow': { help: 'over those of the project', example: '{ experiment_name: sales }' },
  'adapter.openlineage': { help: 'over those of the project', example: '{ namespace: shop }' },
  'adapter.opentelemetry': { help: 'over those of the project', example: '{ serviceName: sales }' },
  'adapter.ray': { help: 'over those of the project', example: '{}' },
};
