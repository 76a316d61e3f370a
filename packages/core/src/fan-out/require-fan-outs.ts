import { requirePart } from '../draft/require-part.js';
import type { ModifierContext, NodeDraft } from '../model/definition.js';

/** Reports that an engine has no part for fan-outs. */
export function requireFanOuts([node]: readonly NodeDraft[], context: ModifierContext): void {
  requirePart(node, context, {
    part: 'fanOut',
    code: 'FP_BAD_FAN_OUT',
    message: 'takes part in a fan-out, but this engine has no part for fan-outs',
    hint: "Give fanOutPart() of '@flowerpower/core/fan-out' in parts.",
  });
}
