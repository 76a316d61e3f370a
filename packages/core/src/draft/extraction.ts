/** Nodes that take a part out of the value of another node of the same export. */
import type { ModifierStep, NodeDraft } from '../model/definition.js';
import { deciding } from '../model/decides.js';
import { optionProblems } from '../errors/option-problems.js';
import { anything, aText, type OptionRule, type OptionRules } from '../errors/option-rules.js';
import type { Tags } from '../model/graph.js';
import { argumentProblems, checkedStep } from './checked-step.js';
import { schemaPrefix } from './schema-tags.js';
import { markInner, targetNodes } from './targets.js';
import type { IsUnion } from '../types/targets.js';

/** Takes a part out of `value`; `source` is the name of the node that gave it, for errors. */
type Take = (value: unknown, source: string) => unknown;

/** The function of an extraction carries what it takes, so that it can be made anew for another source. */
const takeKey: unique symbol = Symbol.for('flowerpower.extraction');

export type Names = readonly [string, ...string[]];

export interface ExtractOptions<Fill, Target extends string> {
  /** Stands in where a part is missing. Without it a missing part is an error. */
  readonly fillWith?: Fill;
  /** The node to take from, where the export has become several. Default: every node that none follows. */
  readonly target?: Target;
}

/** From one target the part's own name; from several `target.part`, because the names must differ. */
type PartName<Targets, Target, Part extends string> =
  IsUnion<Targets> extends true ? (Target extends string ? `${Target}.${Part}` : never) : Part;

/** @typeParam Values - for each target a record of its parts. */
export type Parts<Values> = {
  [E in {
    [T in keyof Values]: {
      [P in keyof Values[T] & string]: [name: PartName<keyof Values, T, P>, value: Values[T][P]];
    }[keyof Values[T] & string];
  }[keyof Values] as E[0]]: E[1];
};

/** Names the parts that a target's type does not have. */
export type MissingParts<Values> = {
  [T in keyof Values]: {
    [P in keyof Values[T] & string]: [Values[T][P]] extends [never] ? `there is no '${P}' to take` : never;
  }[keyof Values[T] & string];
}[keyof Values];

/** Keeps every node and adds one for each part of each target. */
export function extractionStep(
  name: string,
  parts: readonly string[],
  options: ExtractOptions<unknown, string>,
  takeOf: (part: string, index: number) => Take,
): ModifierStep {
  const rules: OptionRules =
    name === 'unpackFields' ? { target: aText } : { target: aText, fillWith: anything };
  const problemsOf = () => [
    ...argumentProblems('What it takes', { ...names, hint: `Write ${name}('first', 'second').` }, parts),
    ...optionProblems(options, rules),
  ];
  return checkedStep(problemsOf, {
    name,
    version: [parts, options],
    apply(nodes, context) {
      const targets = targetNodes(nodes, options.target, name, context);
      const added = targets.flatMap((source) =>
        parts.map((part, index) =>
          draftExtraction(
            source,
            targets.length > 1 ? `${source.name}.${part}` : part,
            deciding(takeOf(part, index), { given: { part, index, ...options } }),
          ),
        ),
      );
      return [...nodes.map((node) => (targets.includes(node) ? markInner(node) : node)), ...added];
    },
  });
}

const names: OptionRule = {
  fits: (value) => Array.isArray(value) && value.length > 0 && value.every(aText.fits),
  expected: 'given by name',
};

export function draftExtraction(source: NodeDraft, name: string, take: Take): NodeDraft {
  return {
    name,
    exportName: source.exportName,
    kind: 'function',
    fn: extractFrom(source.name, take),
    style: 'positional',
    parameters: [{ parameter: source.name, node: source.name, optional: false, type: source.type }],
    bound: {},
    takesContext: false,
    tags: withoutSchema(source.tags),
    module: source.module,
    place: source.place,
    doc: source.doc,
    derived: true,
  };
}

/** The columns of a table are not those of one of its columns. */
function withoutSchema(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith(schemaPrefix)));
}

function extractFrom(source: string, take: Take) {
  const extract = Object.assign((value: unknown) => take(value, source), { [takeKey]: take });
  return deciding(extract, { calls: take });
}

/** True for nodes made here; their one parameter is not a parameter of the user's function. */
export function isExtraction(node: NodeDraft): boolean {
  return takeKey in node.fn;
}

/** The same extraction from a node of another name. Other nodes are given back as they are. */
export function asExtractionFrom(node: NodeDraft, source: string | undefined): NodeDraft {
  const take = (node.fn as { [takeKey]?: Take })[takeKey];
  if (take === undefined || source === undefined) return node;
  const parameters = node.parameters.map((edge) => ({ ...edge, parameter: source, node: source }));
  return { ...node, parameters, fn: extractFrom(source, take) };
}

/** Splits `('a', 'b', { … })` into names and options. */
export function splitOptions(args: readonly unknown[]): {
  readonly parts: readonly string[];
  readonly options: ExtractOptions<unknown, string>;
} {
  const last = args.at(-1);
  const hasOptions = typeof last === 'object' && last !== null;
  return {
    parts: (hasOptions ? args.slice(0, -1) : args) as readonly string[],
    options: hasOptions ? last : {},
  };
}
