export { hasCoreTag } from './core-tags.js';
export type { YamlLimits } from './limits.js';
export { readYaml, type YamlFault, type YamlReading } from './read-yaml.js';
export { loadYamlLibrary, type YamlLibrary } from './yaml-library.js';
