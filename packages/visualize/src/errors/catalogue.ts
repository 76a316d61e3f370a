/** Every error code of this package, with the one sentence that says when it is raised. */
export const visualizeErrors = {
  FP_VISUALIZE_UNKNOWN_OUTPUT: 'The outputs to highlight name a node that the graph does not have.',
  FP_VISUALIZE_INVALID_OPTION: 'A drawing option has a value outside its range.',
  FP_VISUALIZE_LAYOUT_FAILED: 'Graphviz could not lay out the graph.',
  FP_VISUALIZE_PNG_UNAVAILABLE: 'The optional package that turns SVG into PNG is missing or does not load.',
  FP_VISUALIZE_PNG_FAILED: 'The PNG renderer refused the drawing.',
} as const;

/** A code that this package raises. */
export type VisualizeErrorCode = keyof typeof visualizeErrors;
