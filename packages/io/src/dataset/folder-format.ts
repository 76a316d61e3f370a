/** What a saver of files knows that a saver of folders needs. */
export interface FolderFormat<Options> {
  /** Of the names of files. Default: a dot and the type. */
  readonly extension?: ((options: Options) => string) | undefined;
  /** The options without which files cannot be read as they were written: all files of a folder have the same. */
  readonly dialect?: ((options: Options) => Readonly<Record<string, string>>) | undefined;
  /** Whether every row may have keys of its own. Default false: rows of one folder have the same columns. */
  readonly freeForm?: boolean | undefined;
}
