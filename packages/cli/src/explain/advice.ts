/** What mostly stands behind the codes that people meet most, and what to do. */
export const advice: Readonly<Record<string, readonly string[]>> = {
  FP_NODE_FAILED: [
    'The error of the node stands below, with the lines of your code that it came through, and the inputs it was given.',
    'Call the function in a unit test with those inputs: it is a plain function.',
    'It may succeed another time (a network, a lock)? --max-retries 3, or retry: { maxRetries: 3 } under run.',
    'The rest should go on? --on-error continue.',
  ],
  FP_NODES_FAILED: [
    'With --on-error continue everything ran that needs none of them; what they gave is among the outputs.',
  ],
  FP_UNKNOWN_OUTPUT: [
    'Outputs come from run.finalVars, --outputs or the call. Each is the name of a node: of an exported function.',
    'A node of a variant is asked for without its ending: label, not label__short.',
    'The names: flowerpower pipeline show-dag <name>',
  ],
  FP_UNKNOWN_INPUT: [
    'No function of the pipeline has a parameter of that name, so the value would be ignored.',
    'A parameter of one node alone is set by --set params.<node>.<parameter>=…',
  ],
  FP_MISSING_INPUT: [
    'A parameter without a default has no node of its name, and nothing gives its value.',
    'For one run: -i name=value. For all: run.inputs in conf/pipelines/<name>.yml. From a file: io.load.',
    'It may be meant to be a node: is the function exported, and is its name spelled the same?',
  ],
  FP_CYCLE: [
    'Each of the nodes waits for the others. Mostly one parameter should name something else.',
    'The circle is written out in the message, with the line of each edge.',
  ],
  FP_DUPLICATE_NODE: [
    'Rename one of the functions, or do not export it.',
    "Is it meant to replace the other one? run.allowModuleOverrides: true; the pipeline's own module wins over additional ones.",
    'Are they variants? node(…, when({ … })) on both; run.config chooses.',
  ],
  FP_BAD_PARAMETERS: [
    'Inputs are read from the first parameter: ({ price, quantity = 1 }: { price: number; quantity?: number }) => …',
    'Or from the names of positional parameters: (price: number, quantity: number) => …',
  ],
  FP_DATA_INVALID: [
    'A check of checkOutput(…, { importance: "fail" }) found what it must not find; rows are named in the message.',
    'To be told and go on: importance: "warn".',
  ],
  FP_READ_TWICE: [
    'A stream, a generator or a response is gone once it was read.',
    'Give an array, or wrap the node in collect or parallelizable, so that it is read item by item.',
  ],
  FP_FS_OUTSIDE_ROOT: [
    'Paths of io, of caches and of pictures stay in the folder of the project.',
    'allowOutside: [../data] in conf/project.yml, or --allow-outside ../data, opens one folder more.',
  ],
  FP_FS_NOT_FOUND: [
    'Paths are relative to the folder of the project, not to the working folder or to the YAML file.',
  ],
  FP_IO_OPTIONS: [
    'The message lists what the loader or saver takes. docs/guide/formats.md shows each format.',
    'Editors complete the options: flowerpower schema export',
  ],
  FP_IO_SCHEMA: ['The message names rows and fields. Load with another schema, or mend the data.'],
  FP_MODULE_PACKAGE_NOT_FOUND: [
    'Install it in the project: npm install <package>. A package of a parent folder counts, too.',
  ],
  FP_MODULE_IMPORT_FAILED: [
    'The module threw while it was imported. Move what it does at its top level into a node.',
  ],
  FP_CONFIG_UNKNOWN_KEY: [
    'The keys: docs/reference/run-options.md and docs/guide/configuration.md.',
    'Editors complete and check them: flowerpower schema export',
  ],
  FP_CONFIG_TYPE: [
    'YAML reads yes, on and 1.0 as it does: a text that looks like something else stands in quotes.',
  ],
  FP_CONFIG_VALUE: [
    'The message lists what may stand there. docs/reference/run-options.md says what each means.',
  ],
  FP_CONFIG_VARIABLE_UNSET: [
    // oxlint-disable-next-line no-template-curly-in-string -- YAML
    'Set the variable, or give a default: ${NAME:-default}.',
    'Commands that do not run anything need none: check, show-dag, doctor.',
  ],
  FP_CONFIG_YAML_SYNTAX: [
    'The place is where reading stopped; the slip is often in the line above: a colon, a bracket, an indent.',
  ],
  FP_PROJECT_NOT_FOUND: [
    'A project is a folder with conf/project.yml. It is found from the working folder upwards.',
    'Another one: --base-dir <dir>. A new one: flowerpower init <dir>.',
  ],
  FP_UNKNOWN_PIPELINE: [
    'A pipeline is conf/pipelines/<name>.yml with pipelines/<name>.ts, or the module alone.',
    'The names: flowerpower pipeline ls',
  ],
  FP_UNKNOWN_LOADER: [
    'Formats of plugins need the plugin: npm install it, and name it under plugins in conf/project.yml.',
  ],
  FP_UNKNOWN_SAVER: [
    'Formats of plugins need the plugin: npm install it, and name it under plugins in conf/project.yml.',
  ],
  FP_UNKNOWN_SCHEME: [
    's3:// and gs:// are plugins: npm install @flowerpower/plugin-s3, and plugins: ["@flowerpower/plugin-s3"].',
  ],
  FP_RUN_TIMEOUT: [
    'The limit is run.timeout, --timeout or FP_PIPELINE__RUN__TIMEOUT, in seconds, for all attempts together.',
    'Nodes are told through their signal and waited for run.grace seconds.',
  ],
  FP_RUN_STALLED: [
    'A node awaits a promise that nobody settles: an event that was missed, a callback that is not called.',
  ],
  FP_STRAY_ERROR: ['Await every promise that a node makes; catch what its timers and event handlers throw.'],
  FP_EDGE_TYPE: [
    'The places are both ends of the edge. One of the two annotations is wrong, or a node is missing between them.',
  ],
  FP_CHECK_NO_TYPESCRIPT: ['npm install --save-dev typescript, in the project.'],
  FP_CLI_USAGE: ['flowerpower <command> --help lists what the command takes, with examples.'],
  FP_CLI_VALUE: [
    'Values are name=value, JSON (\'{"day": "2026-01-31"}\'), @file.json, or - for standard input.',
  ],
};
