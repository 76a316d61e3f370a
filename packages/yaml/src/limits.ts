/** What a text may cost. A limit that is not given does not hold. */
export interface YamlLimits {
  /** Levels of maps and lists, block and flow together. Up to 100 parses in a fifth of the usual stack. */
  readonly depth: number;
  /** UTF-8 bytes. */
  readonly bytes?: number | undefined;
  /** Lexical tokens: a scalar, an indicator, a run of spaces, a line end. */
  readonly tokens?: number | undefined;
  /** Aliases (`*name`) as written. */
  readonly aliases?: number | undefined;
}
