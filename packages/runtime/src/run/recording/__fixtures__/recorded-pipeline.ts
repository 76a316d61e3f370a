/** A pipeline that fails in its last node, with values to keep. */
import { defaultRunConfig } from '../../../config/run-config.js';
import type { PipelineDefinition } from '../../../config/pipeline-definition.js';

export function recordedPipeline(isBroken: boolean): PipelineDefinition {
  const state = { isBroken };
  return {
    name: 'recorded',
    modules: [
      {
        rows: ({ size }: { size: number }) => new Array<number>(size).fill(7),
        sum: ({ rows }: { rows: number[] }) => rows.reduce((total, row) => total + row, 0),
        end: ({ rows, sum }: { rows: number[]; sum: number }) => {
          if (state.isBroken) throw new Error('broken');
          return sum / rows.length;
        },
      },
    ],
    params: {},
    io: { load: {}, save: {} },
    run: { ...defaultRunConfig, inputs: { size: 20_000 } },
  };
}
