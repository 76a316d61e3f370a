/** What `add-hook` writes: a function that runs as it is and shows what it is told. */
import type { HookMoment } from './hook.js';

interface Template {
  /** Imported from `flowerpower`. */
  readonly type: string;
  readonly text: string;
}

export function hookTemplate(
  moment: HookMoment,
  pipeline: string,
  functionName: string | undefined,
): Template {
  if (functionName === undefined) return templates[moment](pipeline);
  if (moment === 'onSuccess')
    return {
      type: 'RunResult',
      text: `/** Called where \`run.onSuccess: ${functionName}\` names it. */
export function ${functionName}(result: RunResult): void {
  console.log(\`\${result.pipeline} gave \${Object.keys(result.outputs).join(', ')}\`);
}
`,
    };
  return {
    type: 'FailedRun',
    text: `/** Called where \`run.onFailure: ${functionName}\` names it. */
export function ${functionName}(_result: undefined, error: FailedRun['error']): void {
  console.error(error);
}
`,
  };
}

const templates: Readonly<Record<HookMoment, (pipeline: string) => Template>> = {
  buildConfig: (pipeline) => ({
    type: 'BuildConfigHook',
    text: `/** Gives settings for a run of '${pipeline}', as its YAML would say them: above files and variables, below the call. */
export const buildConfig: BuildConfigHook = ({ config }) => ({
  run: { inputs: { ...config.run.inputs } },
});
`,
  }),
  beforeRun: (pipeline) => ({
    type: 'BeforeRunHook',
    text: `/** Called before the first node of a run of '${pipeline}'. What it throws fails the run. */
export const beforeRun: BeforeRunHook = ({ runId, inputs, log }) => {
  log.info('The run begins.', { runId, inputs: Object.keys(inputs) });
};
`,
  }),
  afterRun: (pipeline) => ({
    type: 'AfterRunHook',
    text: `/** Called after the last attempt of a run of '${pipeline}', however it ended. */
export const afterRun: AfterRunHook = ({ outcome, log }) => {
  log.info('The run is over.', { status: outcome.status, durationMs: outcome.durationMs });
};
`,
  }),
  onSuccess: (pipeline) => ({
    type: 'SuccessHook',
    text: `/** Called after a run of '${pipeline}' that succeeded. */
export const onSuccess: SuccessHook = ({ result, log }) => {
  log.info('The run succeeded.', { outputs: Object.keys(result.outputs) });
};
`,
  }),
  onFailure: (pipeline) => ({
    type: 'FailureHook',
    text: `/** Called after a run of '${pipeline}' that did not succeed. */
export const onFailure: FailureHook = ({ outcome, error, log }) => {
  log.error('The run did not succeed.', { status: outcome.status, error });
};
`,
  }),
};
