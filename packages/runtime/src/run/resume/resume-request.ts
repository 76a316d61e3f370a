/** An earlier run to go on from. */
import type { RecordedRun } from '../../store/run-store.js';

export interface ResumeRequest {
  /** As `RunStore.read` gives it. */
  readonly from: RecordedRun;
  /**
   * Go on although inputs, `run.config` or values in place of nodes are not those of that run; what depends on them is
   * computed anew. Default false: `FP_RESUME_CHANGED`.
   */
  readonly force?: boolean | undefined;
}
