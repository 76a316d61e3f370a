import type { ModifierContext, NodeDraft } from '../model/definition.js';
import type { CoreErrorCode } from '../errors/catalogue.js';

/** Reports that an engine has no part for what a modifier asks for; a driver of `createDriver` has all. */
export function requirePart(
  node: NodeDraft | undefined,
  context: ModifierContext,
  needed: {
    readonly part: Parameters<ModifierContext['hasPart']>[0];
    readonly code: CoreErrorCode;
    readonly message: string;
    readonly hint: string;
  },
): void {
  const { part, code, message, hint } = needed;
  if (node === undefined || context.hasPart(part)) return;
  context.report({
    code,
    message: `'${node.name}' ${message}.`,
    hint,
    places: node.place ? [node.place] : [],
  });
}
