/** Checks, for users without a compiler, the shape of what the modifiers with sub-graphs were given. */
import type { ModifierContext, NodeDraft } from '../../model/definition.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { hintFor } from './subgraph.js';

type Kind = 'text' | 'texts' | 'record' | 'modules';

/** What each option must be. */
export type OptionKinds = Readonly<Record<string, Kind>>;

const kinds: Readonly<Record<Kind, { readonly words: string; fits(value: unknown): boolean }>> = {
  text: { words: 'a text', fits: isText },
  texts: { words: 'a list of names', fits: (value) => Array.isArray(value) && value.every(isText) },
  record: { words: 'an object', fits: isRecord },
  modules: { words: 'a list of modules', fits: isModules },
};

/** Reports every option that is unknown or of another kind, and modules that are missing. */
export function areOptionsSound(
  of: NodeDraft,
  step: string,
  options: unknown,
  expected: OptionKinds,
  context: ModifierContext,
): boolean {
  const problems: (readonly [message: string, hint: string | undefined])[] = [];
  if (!isRecord(options)) {
    problems.push(['its options are not an object', `Write ${step}({ modules: [module] }).`]);
  } else {
    if (expected['modules'] !== undefined && options['modules'] === undefined) {
      problems.push(['it is given no modules', `Write ${step}({ modules: [module] }).`]);
    }
    for (const [key, value] of Object.entries(options)) {
      const kind = expected[key];
      if (kind === undefined) {
        problems.push([
          `there is no option '${key}'`,
          hintFor(key, Object.keys(expected), 'Its options are'),
        ]);
      } else if (value !== undefined && !kinds[kind].fits(value)) {
        problems.push([`its option '${key}' must be ${kinds[kind].words}`, undefined]);
      }
    }
  }
  for (const [message, hint] of problems) context.report(modifierProblem(of, step, message, hint));
  return problems.length === 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isModules(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}
