/**
 * The conditions under which Node resolves `import`: its own, and those given by `--conditions` (`-C`) on the
 * command line or in NODE_OPTIONS.
 */
export function importConditions(
  execArgv: readonly string[] = process.execArgv,
  nodeOptions: string = process.env['NODE_OPTIONS'] ?? '',
): ReadonlySet<string> {
  const conditions = new Set(['node', 'import', 'module-sync', 'node-addons']);
  const words = [...execArgv, ...nodeOptions.split(/\s+/).filter(Boolean)];
  words.forEach((word, index) => {
    const [, inline] = /^(?:--conditions|-C)(?:=(.*))?$/.exec(word) ?? [];
    if (inline !== undefined) conditions.add(inline);
    else if (word === '--conditions' || word === '-C') {
      const value = words[index + 1];
      if (value !== undefined) conditions.add(value);
    }
  });
  return conditions;
}
