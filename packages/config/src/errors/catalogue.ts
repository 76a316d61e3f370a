import type { Problem } from '@flowerpower/core';

/** Every code that this package raises, with the one sentence that explains it. */
export const configErrors = {
  FP_CONFIG_INVALID:
    'The configuration has several problems; each one is listed with its own code and place.',
  FP_CONFIG_YAML_SYNTAX: 'A text is not well-formed YAML 1.2, or holds more than one document.',
  FP_CONFIG_YAML_LIMIT: 'A text is larger, deeper or more entangled than a configuration file may be.',
  FP_CONFIG_YAML_TAG: 'A YAML tag is used that configuration files do not know.',
  FP_CONFIG_UNSAFE_INTEGER: 'A whole number beyond 2^53 would lose digits as a JavaScript number.',
  FP_CONFIG_DUPLICATE_KEY: 'One map of a YAML file holds the same key twice.',
  FP_CONFIG_KEY_CONFLICT:
    'One setting is given twice in the same layer, under two spellings or two variables.',
  FP_CONFIG_FORBIDDEN_KEY: 'A key is named __proto__, constructor or prototype.',
  FP_CONFIG_UNKNOWN_KEY: 'A key is not part of the configuration.',
  FP_CONFIG_TYPE: 'A value has the wrong type.',
  FP_CONFIG_VALUE: 'A value has the right type but is not one of the allowed values.',
  FP_CONFIG_REQUIRED: 'A key that must be given is missing.',
  FP_CONFIG_NAME: 'A pipeline name holds characters that a pipeline name must not hold.',
  FP_CONFIG_UNKNOWN_PIPELINE: 'The overlay has settings for a pipeline that the project does not have.',
  FP_CONFIG_INTERPOLATION: 'A ${…} reference is malformed.',
  FP_CONFIG_REFERENCE:
    'A ${…} reference names a key of the configuration that has no value, or that is no text where a text is wanted.',
  FP_CONFIG_REFERENCE_CYCLE: 'Values of the configuration refer to each other in a circle.',
  FP_CONFIG_REFERENCE_FILE: 'A ${file:…} reference names a file that the project may not or cannot read.',
  FP_CONFIG_VARIABLE_UNSET:
    'A ${…} reference names an environment variable that is not set, and no higher layer replaces the value.',
  FP_CONFIG_VARIABLE_NAME: 'The name of an FP_PROJECT__ or FP_PIPELINE__ variable is not a path.',
  FP_CONFIG_ENV_FILE: 'A line of a .env file is not of the form NAME=value, or the file is too large.',
  FP_CONFIG_SET_SYNTAX: 'An assignment given to --set is not of the form path=value.',
  FP_CONFIG_NOT_AVAILABLE:
    'Warning: a feature of the Python FlowerPower is asked for that this version does not have.',
  FP_CONFIG_FORMER_PLACE:
    'Warning: a setting stands at its former place and at its own in one file; only the latter counts.',
  FP_CONFIG_NO_EFFECT: 'Warning: a variable or a flag sets what a cache does that is off.',
  FP_CONFIG_YAML_1_1: 'Warning: a plain value that YAML 1.1 and YAML 1.2 read differently.',
} as const;

export type ConfigErrorCode = keyof typeof configErrors;

/** A problem whose code is in {@link configErrors}. */
export interface ConfigProblem extends Problem {
  readonly code: ConfigErrorCode;
}
