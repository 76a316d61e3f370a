/**
 * What a configuration file may cost. The parser behind it takes seconds, and in the worst case aborts the
 * process, on texts that no one writes by hand; every limit is checked before the step that would pay for it.
 */
export const yamlLimits = {
  /** UTF-8 bytes of one text. */
  bytes: 1024 * 1024,
  /** Lexical tokens of one text: a scalar, an indicator, a run of spaces, a line end. */
  tokens: 100_000,
  /** Levels of maps and lists, block and flow together. */
  depth: 64,
  /** Keys written in one map. */
  keysPerMap: 2000,
  /** Aliases (`*name`) of one text. */
  aliases: 50,
  /** Maps taken over by merge keys (`<<`). */
  merges: 20,
  /** Values that all aliases together stand for, aliases inside aliases counted in full. */
  aliasedNodes: 50_000,
} as const;

export const smallHint = 'Configuration is meant to be small: keep data in files and name them here.';
