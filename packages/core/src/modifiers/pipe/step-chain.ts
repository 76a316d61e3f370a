/** Puts steps one after the other: which of them apply, how their nodes are named, and how they are wired. */
import { boundedList } from '../../errors/name-list.js';
import { someNames } from '../../draft/checked-step.js';
import { aText, isRecord } from '../../errors/option-rules.js';
import type { DraftParameter, ModifierContext, NodeDraft } from '../../model/definition.js';
import { readParameters } from '../../model/read-parameters.js';
import { didYouMean } from '../../errors/suggest.js';
import { draftStep } from './draft-step.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { applySteps, stepsOf } from '../../draft/modifier-steps.js';
import { type AnyStep, dataOf, isStep, type StepData } from './step.js';

/** Splits `(step, step, { on })`. */
function splitSteps(given: readonly unknown[]): {
  readonly steps: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
} {
  const last = given.at(-1);
  const hasOptions = isRecord(last) && !isStep(last);
  return {
    steps: hasOptions ? given.slice(0, -1) : given,
    options: hasOptions ? last : {},
  };
}

/** What decides what the nodes of the steps compute. */
export function versionOfSteps(given: readonly unknown[]): unknown {
  return given.map((step) => (isStep(step) ? { ...dataOf(step), conditions: undefined } : step));
}

/** What the steps are for, or undefined after reporting what is wrong with them. */
export function readSteps(
  node: NodeDraft,
  modifier: string,
  given: readonly unknown[],
  context: ModifierContext,
): { readonly steps: readonly StepData[]; readonly on: readonly string[] | undefined } | undefined {
  const { steps, options } = splitSteps(given);
  const faults: Fault[] = steps.flatMap((step, index) =>
    isStep(step)
      ? faultsOf(dataOf(step))
      : [{ message: `argument ${index + 1} is not a step`, hint: 'Write step(fn), without calling fn.' }],
  );
  if (steps.length === 0) {
    faults.push({ message: 'it was given no step', hint: `Write ${modifier}(step(fn)), for example.` });
  }
  for (const key of Object.keys(options).filter((option) => option !== 'on')) {
    faults.push({ message: `there is no option '${key}'`, hint: "Its only option is 'on'." });
  }
  const { on } = options;
  const names: readonly unknown[] | undefined = on === undefined || Array.isArray(on) ? on : [on];
  if (names?.length === 0 || names?.some((name) => typeof name !== 'string') === true) {
    faults.push({ message: "the option 'on' names nothing", hint: "Give a name, as in { on: 'x' }." });
  }
  const data = steps.filter(isStep).map(dataOf);
  if (names !== undefined && data.some((step) => step.on !== undefined)) {
    faults.push({
      message: "both it and one of its steps say 'on'",
      hint: 'Say it for all steps together, or for each step.',
    });
  }
  for (const { message, hint } of faults) context.report(modifierProblem(node, modifier, message, hint));
  return faults.length > 0 ? undefined : { steps: data, on: names as readonly string[] | undefined };
}

interface Fault {
  readonly message: string;
  readonly hint: string;
}

function faultsOf({ fn, args, into, name, namespace, on }: StepData): Fault[] {
  if (typeof fn !== 'function') return [{ message: 'a step has no function', hint: 'Write step(fn).' }];
  if (on !== undefined && !someNames.fits(on)) {
    return [{ message: "'on' of a step names nothing", hint: "Give names, as in step(fn).on('x')." }];
  }
  if ([name, namespace ?? undefined].some((text) => text !== undefined && !aText.fits(text))) {
    return [
      { message: 'the name or namespace of a step is not a text', hint: "Write step(fn).named('name')." },
    ];
  }
  if (into !== undefined && !(aText.fits(into.key) && isRecord(into.bindings))) {
    const hint = "Write step(fn).into('x', { y: 2 }).";
    return [{ message: "'into' of a step takes a parameter and an object of values by name", hint }];
  }
  if (into === undefined) return [];
  if (args.length > 0) {
    const hint = `Write step(fn).into('${into.key}', { … }) with every other input in the braces.`;
    return [{ message: 'a step has arguments both in order and by name', hint }];
  }
  const read = readParameters(fn);
  if (read?.style !== 'object') return [];
  const known = read.parameters.map(({ name }) => name);
  return [into.key, ...Object.keys(into.bindings)]
    .filter((key) => !known.includes(key))
    .map((key) => ({
      message: `the function of a step has no parameter '${key}'`,
      hint: didYouMean(key, known) ?? `Its parameters are: ${boundedList(known) || 'none'}.`,
    }));
}

export interface ChainRequest {
  readonly modifier: string;
  readonly steps: readonly StepData[];
  /** The node that the steps belong to, and the name that theirs begin with. */
  readonly of: NodeDraft;
  readonly base: string;
  /** Whether names without the base would be those of other nodes too. */
  readonly several: boolean;
  /** Stands before the name of each step. */
  readonly middle?: string;
  /** Where the value comes from. */
  readonly edge: Omit<DraftParameter, 'parameter'>;
  /** The parameter of the first step, where users may bind it. */
  readonly entry?: string | undefined;
  /** The names that there are already; those made here are added. */
  readonly taken: Set<string>;
}

/** The nodes of those steps that apply; none when no step does. */
export function draftChain(request: ChainRequest, context: ModifierContext): readonly NodeDraft[] {
  const drafts: NodeDraft[] = [];
  let { edge, entry } = request;
  for (const step of request.steps) {
    const label = step.name ?? `with_${nameOfFunction(step)}`;
    const wanted = nodeName(step, label, request);
    const draft = (name: string) => draftStep(step, { name, label, edge, entry, of: request.of });
    if (!applies(step, draft(wanted), context)) continue;
    const made = draft(claimName(wanted, step, request, context));
    drafts.push(made);
    edge = { node: made.name, optional: false };
    entry = undefined;
  }
  return drafts;
}

/** Other signs than those of names stand in the names of bound functions, for example. */
function nameOfFunction({ fn }: StepData): string {
  return fn.name.replace(/[^\p{ID_Continue}$]+/gu, '_') || 'step';
}

function nodeName({ namespace }: StepData, label: string, { base, several, middle = '' }: ChainRequest) {
  if (namespace === undefined) return `${base}.${middle}${label}`;
  return `${several ? `${base}.` : ''}${namespace === null ? '' : `${namespace}.`}${middle}${label}`;
}

/** A name that the user chose is never changed. */
function claimName(
  wanted: string,
  step: StepData,
  { taken, of, modifier }: ChainRequest,
  context: ModifierContext,
): string {
  let name = wanted;
  if (step.name !== undefined && taken.has(name)) {
    const hint = 'Give every step that applies a name of its own.';
    context.report(modifierProblem(of, modifier, `there is already a node '${name}'`, hint));
  }
  for (let count = 1; taken.has(name); count++) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}

/** Conditions of steps are those of nodes, so they count as known keys and are reported with what they leave out. */
function applies(step: StepData, draft: NodeDraft, context: ModifierContext): boolean {
  let kept: readonly NodeDraft[] = [draft];
  for (const condition of step.conditions) kept = applySteps(stepsOf(condition)!, kept, context);
  return kept.length > 0;
}

export type Steps = readonly [AnyStep, ...AnyStep[]];
