import type { YAMLError } from 'yaml';
import type { ConfigProblem } from '../errors/catalogue.js';
import { problemAt } from '../errors/problem-at.js';
import type { Origin, Source } from '../source/origin.js';
import { type Conversion, convertDocument } from './convert.js';
import { guardYaml } from './guard.js';
import type { YamlLibrary } from './yaml-library.js';

/** A text can hold a syntax error on every character; the first ones say enough. */
const shownErrors = 10;

/**
 * Reads one YAML 1.2 document (core schema, merge keys). An empty text is null.
 * With problems, the node holds what could be read.
 */
export function parseYaml(yaml: YamlLibrary, text: string, source: Source): Conversion {
  const at = (offset: number): Origin => ({ source, offset });
  const broken = (...problems: ConfigProblem[]): Conversion => ({
    node: { kind: 'value', value: null, origin: at(0) },
    problems,
  });
  const refusal = guardYaml(yaml, text);
  if (refusal) return broken(problemAt(at(refusal.offset), refusal));

  const document = yaml.parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  // An unknown tag is only a warning to the parser; it is reported with the node that has it.
  const faults = [
    ...document.errors,
    ...document.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED'),
  ];
  if (faults.length > 0) {
    return broken(...faults.slice(0, shownErrors).map((fault) => syntaxProblem(fault, text, at)));
  }
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    return broken(
      problemAt(at(0), {
        code: 'FP_CONFIG_YAML_SYNTAX',
        message: `the text asks for YAML ${document.directives.yaml.version}; only YAML 1.2 is read.`,
        hint: 'Remove the %YAML line.',
      }),
    );
  }
  return convertDocument(yaml, document, source);
}

function syntaxProblem(error: YAMLError, text: string, at: (offset: number) => Origin): ConfigProblem {
  const offset = error.pos[0];
  if (error.code === 'MULTIPLE_DOCS') {
    return problemAt(at(offset), {
      code: 'FP_CONFIG_YAML_SYNTAX',
      message: 'a second document begins here; a configuration file holds one.',
      hint: "Remove the '---' line or move the second document to its own file.",
    });
  }
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const isReferenceInFlow = /[[{].*\$\{/.test(text.slice(lineStart, offset + 2));
  return problemAt(at(offset), {
    code: 'FP_CONFIG_YAML_SYNTAX',
    message: error.message.endsWith('.') ? error.message : `${error.message}.`,
    hint: isReferenceInFlow ? 'Inside [ ] and { } a ${…} reference must be quoted: "${NAME}".' : undefined,
  });
}
