import { readYaml, type YamlFault, type YamlLibrary } from '@flowerpower/yaml';
import type { ConfigProblem } from '../errors/catalogue.js';
import { type ProblemDetails, problemAt } from '../errors/problem-at.js';
import { isHidden, type Origin, type Source } from '../source/origin.js';
import { type Conversion, convertDocument } from './convert.js';
import { smallHint, yamlLimits } from './limits.js';

/**
 * Reads one YAML 1.2 document (core schema, merge keys). An empty text is null.
 * With problems, the node holds what could be read.
 */
export function parseYaml(yaml: YamlLibrary, text: string, source: Source): Conversion {
  const { document, faults } = readYaml(yaml, text, yamlLimits);
  if (document !== undefined) return convertDocument(yaml, document, source);
  const problemOf = (fault: YamlFault): ConfigProblem => {
    const origin: Origin = { source, offset: fault.offset };
    // Of what it did not expect the parser repeats the text.
    const message = isHidden(origin) ? fault.message.replace(/: ".*$/s, '.') : fault.message;
    return problemAt(origin, detailsOf({ ...fault, message }, text));
  };
  return {
    node: { kind: 'value', value: null, origin: { source, offset: 0 } },
    problems: faults.map(problemOf),
  };
}

function detailsOf({ kind, offset, message }: YamlFault, text: string): ProblemDetails {
  switch (kind) {
    case 'limit':
      return { code: 'FP_CONFIG_YAML_LIMIT', message, hint: smallHint };
    case 'version':
      return { code: 'FP_CONFIG_YAML_SYNTAX', message, hint: 'Remove the %YAML line.' };
    case 'documents':
      return {
        code: 'FP_CONFIG_YAML_SYNTAX',
        message: 'a second document begins here; a configuration file holds one.',
        hint: "Remove the '---' line or move the second document to its own file.",
      };
    default: {
      const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
      const isReferenceInFlow = /[[{].*\$\{/.test(text.slice(lineStart, offset + 2));
      return {
        code: 'FP_CONFIG_YAML_SYNTAX',
        message,
        hint: isReferenceInFlow
          ? 'Inside [ ] and { } a ${…} reference must be quoted: "${NAME}".'
          : undefined,
      };
    }
  }
}
