/** Every code that this package raises, with the sentence that explains it. */
export const projectErrors = {
  FP_PROJECT_LAYOUT:
    'FP_CONFIG_DIR or FP_PIPELINES_DIR names no folder in the project; or, as a warning, a file .env sets such a variable.',
  FP_PROJECT_NOT_FOUND: 'The folder and its parents hold no `conf/project.yml`.',
  FP_PROJECT_UNREADABLE: 'A file that a project is made of may not be read, or is a folder or a pipe.',
  FP_PROJECT_SYNC: 'The code of a project that lies elsewhere cannot be copied to this machine.',
  FP_PROJECT_FOLDER: 'The folder of a new project cannot be made.',
  FP_PROJECT_AMBIGUOUS: 'Two files configure one project.',
  FP_PROJECT_EXISTS: 'A project is already there; nothing was changed.',
  FP_FILE_EXISTS: 'A file to be written is already there; nothing was changed.',
  FP_FILES_LEFT: 'Files could not be written, and those written before could not be removed again.',
  FP_ENVIRONMENT_NAME: 'The name of an environment has a form that is not allowed.',
  FP_UNKNOWN_ENVIRONMENT: 'There is no overlay file for the environment.',
  FP_ENVIRONMENT_AMBIGUOUS: 'Two overlay files stand for one environment.',
  FP_UNKNOWN_PIPELINE: 'The project has no pipeline of that name.',
  FP_PIPELINE_AMBIGUOUS: 'Several files claim the name of one pipeline.',
  FP_PIPELINE_CYCLE: 'Pipelines use each other in a circle.',
  FP_PIPELINE_PART:
    'A pipeline takes values from another one that does not give them, or leaves an input of it open.',
  FP_PIPELINE_EXISTS: 'A pipeline of that name is already there; nothing was changed.',
  FP_SAME_PROJECT: 'Pipelines are to be copied from a project to itself.',
  FP_NOTHING_TO_DELETE: 'A pipeline has no configuration, and its module was not to be deleted.',
  FP_MODULE_IN_USE: 'A module is to be deleted that other pipelines use; nothing was changed.',
  FP_PIPELINE_UNREADABLE: 'The configuration of a pipeline is there but cannot be read.',
  FP_PROJECT_NAME: 'The name of a project has a form that is not allowed.',
  FP_PIPELINE_NAME: 'A pipeline name has a form that is not allowed.',
  FP_MANY_PIPELINES:
    'Something is given for several pipelines that means something in one of them only, or in none.',
  FP_PIPELINE_NOT_LOADED: 'A synchronous run needs a pipeline that was loaded before.',
  FP_INPUT_VALUE:
    'A variable or an assignment gives a value that the annotation of the parameter does not take.',
  FP_MODULE_NOT_FOUND: 'The TypeScript module of a pipeline cannot be found.',
  FP_PROJECT_LOCATIONS:
    'Several locations that the configuration names are malformed, or outside of the project and not allowed.',
  FP_UNKNOWN_HOOK: '`run.onSuccess` or `run.onFailure` names a hook that no file of hooks exports.',
  FP_BAD_HOOK: 'A hook is no function, or a hook that builds the configuration failed.',
  FP_HOOK_EXISTS: 'A file of hooks has a function of that name already; nothing was changed.',
  FP_HOOK_NAME: 'A hook that is called by its own name was to have another one.',
  FP_RUNS_FOLDER: 'The folder for the records of runs is none, or may not be used.',
  FP_RUN_GOES_ON: 'A run is to be resumed that has not ended.',
  FP_RESUME_ENVIRONMENT: 'A run is to be resumed with another environment than it was made with.',
  FP_UNKNOWN_PLUGIN: 'A plugin named in the project configuration cannot be imported.',
} as const;

export type ProjectErrorCode = keyof typeof projectErrors;
