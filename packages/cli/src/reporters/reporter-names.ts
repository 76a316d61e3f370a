/** `default`: for people. `json`: as `--json`. `junit`: XML in place of outputs. `github`: for people, and annotations. */
export const reporters = ['default', 'json', 'junit', 'github'] as const;

export type ReporterName = (typeof reporters)[number];
