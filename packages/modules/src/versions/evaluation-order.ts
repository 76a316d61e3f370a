import type { OutlinedFiles } from './name-resolver.js';

/**
 * The files that importing one evaluates, in that order: what a file imports comes before it, as far as files that
 * import each other allow.
 */
export function evaluationOrder(root: string, files: OutlinedFiles): Set<string> {
  const order = new Set<string>();
  const visited = new Set<string>();
  const visit = (file: string): void => {
    if (visited.has(file)) return;
    visited.add(file);
    for (const { dynamic, target } of files.get(file)!.requests) {
      if (!dynamic && 'file' in target) visit(target.file);
    }
    order.add(file);
  };
  visit(root);
  return order;
}
