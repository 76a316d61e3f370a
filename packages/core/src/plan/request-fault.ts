/** What may be wrong with what is asked of a graph, as it is found. */
import type { Fault } from '../errors/fault.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import type { ExecutionRequest } from './execution-request.js';

/** `with`: on an unknown input the node that computes it; on a missing one those that need it. */
export type RequestFault = Fault<
  | 'FP_UNKNOWN_OUTPUT'
  | 'FP_UNKNOWN_INPUT'
  | 'FP_UNKNOWN_OVERRIDE'
  | 'FP_MISSING_INPUT'
  | 'FP_INPUT_IN_CONFIG',
  FaultyRequest
>;

interface FaultyRequest {
  readonly validated: ValidatedGraph;
  readonly request: ExecutionRequest;
}
