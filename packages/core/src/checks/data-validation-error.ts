import { lineList } from '../errors/name-list.js';
import type { CoreProblem } from '../errors/catalogue.js';
import { FlowerPowerError, type Place } from '../errors/flowerpower-error.js';
import type { ValidationResult } from '../model/validation-result.js';

/**
 * The value of a node failed checks of importance `fail`. `results` holds each of them; the message shows the first
 * offending items, so it may quote data.
 *
 * Not retried unless `retryExceptions` names it or its code: the same data would fail again.
 */
export class DataValidationError extends FlowerPowerError {
  override readonly name = 'DataValidationError';
  /** The name of the checked node. */
  readonly node: string;
  /** The failed results of importance `fail`, in the order of the checks. */
  readonly results: readonly ValidationResult[];
  /** What decides about a retry where no names do. */
  override readonly retryable = false;

  constructor(node: string, results: readonly ValidationResult[], place: Place | undefined) {
    const lines = results.map(({ check, message }) => `${check}: ${message}`);
    const places = place ? [place] : [];
    super({
      code: 'FP_DATA_INVALID',
      message:
        lines.length === 1
          ? `The value of '${node}' is invalid: ${lines[0]}`
          : `The value of '${node}' is invalid: ${lines.length} checks failed\n${lineList(lines)}`,
      hint: "Correct the data, or give these checks the importance 'warn' to let it pass.",
      places,
      context: { node, results },
      problems: lines.map((message): CoreProblem => ({ code: 'FP_DATA_INVALID', message, places })),
    });
    this.node = node;
    this.results = results;
  }
}
