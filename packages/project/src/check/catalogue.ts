/** Every code that the type check of edges raises or reports, with the sentence that explains it. */
export const checkErrors = {
  FP_EDGE_TYPE: 'The value that one end of an edge gives does not fit the type that the other end wants.',
  FP_CHECK_MISSING_INPUT: 'A node needs a value that no node, configuration or loader gives.',
  FP_CHECK_NODE: 'TypeScript does not accept the call of a node, for a reason that lies in no single edge.',
  FP_CHECK_SOURCE: 'TypeScript reports an error in a file of the project, so the check cannot be relied on.',
  FP_CHECK_NO_TYPESCRIPT: 'The project has no TypeScript that can check it.',
  FP_CHECK_FAILED: 'The type check could not be carried out.',
  FP_CHECK_NO_FILE:
    'A loader of the configuration names a file that is not there; another pipeline may still write it.',
  FP_CHECK_CANCELLED: 'The type check was cancelled.',
} as const;

export type CheckErrorCode = keyof typeof checkErrors;
