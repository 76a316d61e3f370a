import type { Document } from 'yaml';
import { guardedTokens, YamlExcess } from './guarded-tokens.js';
import type { YamlLimits } from './limits.js';
import { inPlainWords } from './plain-words.js';
import type { YamlLibrary } from './yaml-library.js';

/** Why a text was not read, or not understood. */
export interface YamlFault {
  /** `documents`: a second document begins here. `version`: the text asks for another version of YAML. */
  readonly kind: 'limit' | 'syntax' | 'documents' | 'version';
  readonly offset: number;
  /** One sentence, with its full stop, without the place. */
  readonly message: string;
}

export type YamlReading =
  | { readonly document: Document.Parsed; readonly faults: readonly [] }
  | { readonly document?: undefined; readonly faults: readonly YamlFault[] };

/** A text can hold a syntax error on every character; the first ones say enough. */
const shownFaults = 10;

/**
 * Reads one YAML 1.2 document (core schema), unless it breaks a limit: then it is left where it does.
 *
 * Tags, repeated keys, merge keys and aliases stand in the document as they were written. Of a text with faults the
 * first ten are reported.
 */
export function readYaml(yaml: YamlLibrary, text: string, limits: YamlLimits): YamlReading {
  let documents: Document.Parsed[];
  try {
    documents = compose(yaml, text, limits);
  } catch (error) {
    if (!(error instanceof YamlExcess)) throw error;
    const message = `the YAML text ${error.message}, so it was not parsed.`;
    return { faults: [{ kind: 'limit', offset: error.offset, message }] };
  }
  const [document, second] = documents as [Document.Parsed, Document.Parsed?];
  // An unknown tag is only a warning to the parser; whoever meets the node reports it.
  const problems = [
    ...document.errors,
    ...document.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED'),
  ];
  const faults: YamlFault[] = [];
  for (const { message, pos } of problems) {
    const fault = inPlainWords(text, message, pos[0]);
    // What follows from a fault is said on the same line.
    const last = faults.at(-1)?.offset;
    if (last === undefined || hasLineBreak(text, last, fault.offset))
      faults.push({ kind: 'syntax', ...fault });
  }
  if (second !== undefined) {
    const message = 'a second document begins here; the text may hold one.';
    faults.push({ kind: 'documents', offset: second.range[0], message });
  }
  if (faults.length > 0) return { faults: faults.slice(0, shownFaults) };
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== '1.2') {
    const message = `the text asks for YAML ${version}; only YAML 1.2 is read.`;
    return { faults: [{ kind: 'version', offset: 0, message }] };
  }
  return { document, faults: [] };
}

/** The first document, an empty one for an empty text, and the second where there is one. */
function compose(yaml: YamlLibrary, text: string, limits: YamlLimits): Document.Parsed[] {
  const composer = new yaml.Composer({
    version: '1.2',
    schema: 'core',
    // The parser's own check takes quadratic time.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(guardedTokens(yaml, text, limits), true, text.length)) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}

function hasLineBreak(text: string, from: number, to: number): boolean {
  return text.slice(Math.min(from, to), Math.max(from, to)).includes('\n');
}
