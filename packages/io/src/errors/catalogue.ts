/** Every error code this package raises, with the situation it stands for. */
export const ioErrors = {
  FP_IO_OPTIONS: 'The options of a loader or saver are not valid: unknown, missing or of the wrong type.',
  FP_IO_PARSE: 'The content of a file is not valid in its format, or a value does not fit the declared type.',
  FP_IO_ENCODING: 'The bytes of a text file are not UTF-8.',
  FP_IO_GZIP: 'A file that should be gzip-compressed is not, or is damaged or cut off.',
  FP_IO_COLUMNS: 'A header repeats a column, or the options name a column that the file does not have.',
  FP_IO_VALUE: 'The value given to a saver cannot be expressed in the format.',
  FP_IO_SCHEMA: 'Loaded data does not fit the schema that its entry under `io.load` names.',
  FP_IO_CONSUMED: 'Row batches were asked for a second time; they can be read once.',
  FP_IO_NO_FILES:
    'A path of `from` or `to`, or a filesystem by name, was used in a driver that was not told where they are.',
  FP_UNKNOWN_FILE_SYSTEM: 'A node asks for a filesystem by a name that none has.',
  FP_IO_CLEANUP: 'A save failed, and removing the unfinished file failed as well.',
  FP_IO_NO_MATCH: 'A folder or a pattern has no files that could be loaded.',
  FP_IO_FOLDER:
    'A folder cannot be loaded or saved as one: its manifest is damaged, or does not fit what is there.',
  FP_IO_EXISTS: "What is to be saved exists already, and the mode of the saver is 'error'.",
  FP_IO_FOREIGN_FILES: 'A folder that holds files of others is not saved into.',
  FP_IO_CONFLICT: 'Another save into the same folder finished first.',
} as const;

export type IoErrorCode = keyof typeof ioErrors;
