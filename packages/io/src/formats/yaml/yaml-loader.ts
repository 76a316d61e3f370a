import { messageOf } from '@flowerpower/core';
import { defineLoader, type Loader } from '../../contract/io.js';
import { ioError, type IoProblem, ioErrorOf } from '../../errors/io-error.js';
import { readWholeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import { type YamlOptions, yamlOptions } from './yaml-options.js';

/** Protects against documents that expand into gigabytes through aliases. */
const maxAliasCount = 100;

/**
 * Loads one YAML 1.2 document (core schema: `yes` and `no` are texts). An empty file is null.
 *
 * Raises FP_IO_PARSE with line and column, all problems at once: syntax, repeated keys, any tag beyond the core
 * schema, more than one document, more than 100 uses of aliases. Also FP_IO_ENCODING, FP_IO_GZIP.
 */
export const yamlLoader: Loader<YamlOptions, unknown> = defineLoader({
  type: 'yaml',
  options: yamlOptions,
  async load(options, context) {
    const source = openSource(options, context);
    const value = await parseYaml(await readWholeText(source.chunks, options.path), options.path);
    return { value, metadata: { ...source.facts(), format: 'yaml' } };
  },
});

async function parseYaml(text: string, file: string): Promise<unknown> {
  const { LineCounter, parseDocument, visit } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter,
  });
  const problem = (message: string, offset: number): IoProblem => {
    const { line, col: column } = lineCounter.linePos(offset);
    return {
      code: 'FP_IO_PARSE',
      message: `'${file}' line ${line}: ${message.replace(/\.?$/, '.')}`,
      hint: 'Plain YAML 1.2 is read, one document per file, without custom tags.',
      places: [{ file, line, column }],
    };
  };
  // A warning says that something was not understood: data would come out other than it was meant.
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) =>
    problem(message, pos[0]),
  );
  const anchors = new Set<string>();
  visit(document, {
    Value(_key, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_key, { source, range }) {
      if (anchors.has(source)) return;
      problems.push(problem(`The alias *${source} has no anchor before it`, range?.[0] ?? 0));
    },
  });
  if (problems.length > 0) throw ioErrorOf(problems, `'${file}' is not valid YAML`);
  try {
    return document.toJS({ maxAliasCount });
  } catch (cause) {
    throw ioError({
      code: 'FP_IO_PARSE',
      message: `'${file}' is not valid YAML: ${messageOf(cause).replace(/\.?$/, '.')}`,
      hint: `At most ${maxAliasCount} uses of aliases are followed.`,
      places: [{ file }],
      cause,
    });
  }
}
