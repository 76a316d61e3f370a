import type { Plan } from '../../plan/plan.js';
import type { LevelRequest } from '../../plan/level-request.js';
import { layOutLevels } from './lay-out-levels.js';
import { buildLevels } from './levels.js';
import { createSelection } from './selection.js';
import { commonStages, fewestStages, type StageOf } from './stages.js';

/** A plan whose fan-outs are plans of their own, gone through in as few rounds as possible. */
export function planLevels(request: LevelRequest): Plan {
  const { outputs, sourceOf } = request;
  const selection = createSelection(request);
  const requested = outputs.map(({ entry }) => entry);
  const layOut = (stageOf: StageOf) =>
    layOutLevels(selection, buildLevels(selection, requested, stageOf), outputs, sourceOf);
  return layOut(fewestStages(selection)) ?? layOut(commonStages(selection))!;
}
