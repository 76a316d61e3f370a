/** An earlier run against the pipeline as it is now: what it was given, and whether that is still what is asked for. */
import { nameList, previewValue } from '@flowerpower/core';
import type { BuiltPipeline } from '../../pipeline/build-pipeline.js';
import { runtimeError } from '../../errors/runtime-error.js';
import type { Fingerprints } from '../../store/run-header.js';
import { fingerprintsOf, fingerprintsOfConfiguration } from './run-fingerprints.js';
import { changedNodes, differing } from './changes.js';
import { type LookedAtData, notLookedAt } from './look-at-data.js';
import { keptOf } from './kept-of.js';
import { doneIn } from './past-run.js';
import { planResume, type ResumePlan } from './plan-resume.js';
import type { ResumeRequest } from './resume-request.js';

type Values = Readonly<Record<string, unknown>>;

export interface TakenUp {
  /** Inputs, as the caller gave them: now, or then. */
  readonly inputs: Values;
  /** Values in place of nodes, as the caller gave them. */
  readonly given: Values;
  plan(outputs: readonly string[], savers: readonly string[]): ResumePlan;
}

/**
 * @param request - what is given now; it goes above what was given then.
 * @throws FlowerPowerError `FP_RESUME_CHANGED` with every value that is another one now, unless they are meant.
 */
export function takeUp(
  built: BuiltPipeline,
  { from, force = false }: ResumeRequest,
  request: { readonly inputs: Values; readonly overrides: Values },
  data: LookedAtData = notLookedAt,
): TakenUp {
  const { header, values } = from;
  const { definition } = built;
  if (header.pipeline !== definition.name)
    throw otherPipeline(header.runId, header.pipeline, definition.name);
  const keptInputs = keptOf(values.input, request.inputs);
  const keptGiven = keptOf(values.override, request.overrides);
  const givenInputs = { ...keptInputs, ...request.inputs };
  const inputs = { ...built.inputs, ...givenInputs };
  const given = { ...keptGiven, ...request.overrides };
  const configuration = fingerprintsOfConfiguration(definition);
  // What was kept is the very value that was given, whether or not it has a fingerprint.
  const before = {
    ...header,
    inputs: without(header.inputs, keptInputs),
    overrides: without(header.overrides, keptGiven),
  };
  const now = {
    configuration,
    inputs: without(fingerprintsOf(inputs), keptInputs),
    overrides: without(fingerprintsOf(given), keptGiven),
    versions: built.driver.versions().nodes,
    data: data.changed,
  };
  // A run that could not be planned has done nothing that could be mixed up.
  const wasPlanned = header.graphHash !== undefined;
  if (wasPlanned && !force) {
    const ofConfig = (prints: Fingerprints) =>
      Object.fromEntries(Object.entries(prints).filter(([path]) => path.startsWith('config.')));
    const config = prefixed('config.', definition.run.config);
    const others = [
      ...described(differing(before.inputs, now.inputs), 'the input ', inputs),
      ...described(differing(before.overrides, now.overrides), 'the value in place of ', given),
      ...described(differing(ofConfig(before.configuration), ofConfig(configuration)), '', config),
    ];
    if (others.length > 0) throw otherValues(header.runId, others, definition.mask);
  }
  return {
    inputs: givenInputs,
    given,
    plan(outputs, savers) {
      const { graph } = built;
      const changed = wasPlanned ? changedNodes(graph, before, now) : new Map<string, string>();
      const unsure = new Map([...built.loadedAs].filter(([node]) => !data.same.has(node)));
      return planResume({ graph, outputs, savers, given, done: doneIn(from), changed, values, unsure });
    },
  };
}

function without(prints: Fingerprints, values: Values): Fingerprints {
  return Object.fromEntries(Object.entries(prints).filter(([name]) => !Object.hasOwn(values, name)));
}

function prefixed(prefix: string, values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

function described(names: readonly string[], what: string, values: Values): string[] {
  return names.map((name) => {
    const subject = what === '' ? name : `${what}'${name}'`;
    return Object.hasOwn(values, name)
      ? `${subject} is ${previewValue(values[name])} now`
      : `${subject} is not given now`;
  });
}

function otherValues(runId: string, others: readonly string[], mask: ((text: string) => string) | undefined) {
  const list = others.join('; ');
  return runtimeError(
    {
      code: 'FP_RESUME_CHANGED',
      message: `The run ${runId} was made of other values: ${mask === undefined ? list : mask(list)}.`,
      hint: 'Give the same values again. If the new ones are meant, resume with --force (in code force: true): what depends on them is computed anew.',
    },
    { context: { runId } },
  );
}

function otherPipeline(runId: string, was: string, is: string) {
  return runtimeError({
    code: 'FP_RESUME_CHANGED',
    message: `The run ${runId} is of the pipeline ${nameList([was])}, and ${nameList([is])} is to be run.`,
  });
}
