/** Lines that people may copy, for `addHelpText('after', …)` of a command. */

/** @param lines - each without the word `flowerpower`, and what it does: `['cache prune --all', 'remove everything']`. */
export function examples(...lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([line]) => line.length));
  const shown = lines.map(([line, what]) => `  flowerpower ${line.padEnd(width)}  # ${what}`);
  return ['', 'Examples:', ...shown].join('\n');
}
