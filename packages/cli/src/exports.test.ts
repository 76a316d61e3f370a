/** `npm install flowerpower` is all that most projects need: what its packages export for users, it exports too. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** By package, what is not for users, and why. Filesystems, formats, plugins, pictures and configuration are packages of their own. */
const others: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  core: {
    'an engine that is put together from its parts': `createEngine EngineOptions Engine EngineExecuteOptions executorsPart
      guardedLogPart paramsPart Part adaptersPart cachePart fanOutPart fanOutsAround FanOutsAround inspectionPart
      explanationsPart optionChecksPart branchPart readOncePart`,
    'for packages beside it: errors and options in one voice': `AdapterOptions CoreErrorCode coreErrors errorFromProblems asPromise
      isReadOnce giverOf isThenable isError boundedList lineList nameList messageOf codeFrame kindOf optionProblems optionsOf
      refuseOptions requireArgument requireOptions aBoolean aChoice aFunction aListOf aLog aNameList aRecord aSignal anything
      anyText aText aWhole isRecord OptionRule OptionRules required withMethods previewValue printable ownProperty
      setOwnProperty readProperty shorten createSuggester didYouMean suggest hintForErrorName knownErrorNames
      unknownErrorNames createRunId blamesValue valuesToBlame`,
    'what is behind a plan of a pipeline': `createPreview PreviewOptions PreviewRequest RunPreview NodePreview PreviewedAction
      PreviewReason LastKey`,
    'the rules of createRetryManager without what executes': 'createRetryPolicy RetryPolicy',
  },
  project: {
    'for the command': `checkErrors CheckErrorCode projectErrors ProjectErrorCode projectNames ProjectNames isRemote LoadRequest
      RunLimits newProject NewProject NewProjectOptions ResumesRuns
      runInOrder`,
  },
  runtime: {
    'a runner without a project': `BuiltPipeline PipelineDriver runOverrideRules IoEntry PipelineDefinition PipelinePart CacheSettings
      defaultCacheDir defaultRunConfig ExecutorOptions RunConfig IoBinding IoNode LoadNode openLocation OpenedLocation FoundSchema
      buildExecutionContext ExecutionContext ExecutionContextOptions UnsetStorage ExecutorResolution ResolvedExecutor RunHook
      RunHooks createPipelineRunner PipelineRunner PipelineRunnerOptions RecordingOptions ResumeRequest RunPlan
      PreviewPipelineOptions aCallback
      callCallback`,
    'for the command': `importTimeoutError processExitError RuntimeErrorCode runtimeErrors destructureHint helperHint isOwnFrame
      framesOf userFrames maskStrings RunControl NodeScope Fingerprints RunProcess ValueRole ValueToKeep datesAs Fitted jsonAs
      Misfit textAs`,
  },
};

test.each(Object.keys(others))('%s', (name) => {
  const ours = new Set(namesIn('./index.ts'));
  const reasons = Object.values(others[name]!).flatMap((names) => names.split(/\s+/));
  const exported = namesIn(`../../${name}/src/index.ts`);
  expect(exported.length).toBeGreaterThan(20);
  expect(exported.filter((each) => !ours.has(each) && !reasons.includes(each))).toEqual([]);
  // A reason outlives no name, and stands for none that is exported after all.
  expect(reasons.filter((each) => !exported.includes(each) || ours.has(each))).toEqual([]);
});

/** Values and types, by the names that they have outside. */
function namesIn(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  return [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list]) =>
    list!
      .split(',')
      .map((each) =>
        each
          .trim()
          .replace(/^type /, '')
          .replace(/^.* as /, ''),
      )
      .filter((each) => each !== ''),
  );
}
