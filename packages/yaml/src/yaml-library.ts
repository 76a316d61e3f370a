/** The `yaml` package, imported at the first text and never before: it costs more than the rest together. */
export type YamlLibrary = typeof import('yaml');

export function loadYamlLibrary(): Promise<YamlLibrary> {
  return import('yaml');
}
