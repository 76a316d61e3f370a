/** Every code that this package raises, with the sentence that explains it. */
export const coreErrors = {
  FP_INVALID_GRAPH: 'A graph cannot be built; each problem is listed.',
  FP_BAD_OPTION:
    'An argument or option of a function has the wrong type, or there is no option of that name; each problem is listed.',
  FP_DUPLICATE_NODE: 'Two functions define the same node.',
  FP_CYCLE: 'Nodes need each other in a circle.',
  FP_BAD_NODE: 'An export cannot be a node as it is written.',
  FP_BAD_PARAMETERS: 'The inputs of a function cannot be read from it.',
  FP_RENAMED_PARAMETER: 'A bundler renamed a positional parameter, so the edge it names is lost.',
  FP_UNKNOWN_CONFIG_KEY: 'A configuration key is used by no node and no `when…` modifier.',
  FP_UNKNOWN_PARAM: '`params` names a node or parameter that does not exist.',
  FP_UNKNOWN_NODE: 'A question or an adapter names a node that the graph does not have.',
  FP_BAD_TAG_FILTER: 'A tag filter holds something other than texts, lists of texts and null.',
  FP_BAD_ADAPTER_OPTION: 'A built-in adapter was given an option that it cannot work with.',
  FP_WRONG_TYPE: 'A node gave a value that its schema does not accept.',
  FP_UNKNOWN_TARGET: 'A modifier names a node that its definition does not make.',
  FP_UNKNOWN_NODE_EXECUTOR: 'A node runs on an executor that the driver does not have.',
  FP_BAD_FAN_OUT: 'Nodes are fanned out or collected in a way that has no meaning.',
  FP_NOT_ITERABLE: 'A node that is fanned out gave something other than a list of items.',
  FP_ITEM_COUNT: 'The values given for a node inside a fan-out do not match its items.',
  FP_NO_BRANCH: 'A branch has no case for the value that chooses.',
  FP_BAD_MODIFIER: 'A modifier cannot be applied as it is written.',
  FP_BAD_CACHE_OPTION: 'An option of the cache cannot be used; each problem is listed.',
  FP_INVALID_EXECUTION: 'An execution cannot start; each problem is listed.',
  FP_UNKNOWN_OUTPUT: 'A requested output is not a node of the graph.',
  FP_UNKNOWN_INPUT: 'A given input is taken by no node of the graph.',
  FP_UNKNOWN_OVERRIDE: 'An override names no node of the graph.',
  FP_MISSING_INPUT: 'A value that a node needs was not given.',
  FP_INPUT_IN_CONFIG: 'A value was given both as an input and by the configuration.',
  FP_NOT_SYNCHRONOUS: 'A node returned a promise in a synchronous execution.',
  FP_NODE_FAILED: 'A node threw an error or returned a rejected promise.',
  FP_READ_TWICE: 'A value that can be read only once is read by several nodes, or by every run.',
  FP_STREAM_ENDED: 'A stream of items is read after its run has ended, or is asked for as an output.',
  FP_THENABLE_OUTPUTS: 'A node named `then` gave a function, so its outputs cannot be awaited.',
  FP_RETRY_BUDGET: 'An item failed when the retries that the items of a run share were used up.',
  FP_NODE_TIMEOUT: 'The promise of a node took longer than its `timeout`.',
  FP_DATA_INVALID: 'The value of a node failed checks of importance `fail`.',
  FP_BAD_VERDICT:
    'A custom check, or what stands for a check, says neither that the value is good nor what is wrong.',
  FP_BAD_LOADED_DATA: 'A data loader gave something other than a value and its metadata.',
  FP_MISSING_PART: 'A value does not have the field, element or column that is taken out of it.',
  FP_COLUMN_MISMATCH: 'A computed column does not fit the table that it is appended to.',
  FP_RUN_CANCELLED: 'The run was cancelled by its signal.',
} as const;

export type CoreErrorCode = keyof typeof coreErrors;

/** A problem with one of this package's codes. */
export interface CoreProblem {
  readonly code: CoreErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly places?: readonly import('./flowerpower-error.js').Place[] | undefined;
}
