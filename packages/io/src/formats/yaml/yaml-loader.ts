import { defineLoader, type Loader } from '../../contract/io.js';
import { type IoProblem, ioErrorOf } from '../../errors/io-error.js';
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
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter,
  });
  // A warning says that something was not understood: data would come out other than it was meant.
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const problems = faults.map(({ message, pos }): IoProblem => {
      const { line, col: column } = lineCounter.linePos(pos[0]);
      return {
        code: 'FP_IO_PARSE',
        message: `'${file}' line ${line}: ${message.replace(/\.?$/, '.')}`,
        hint: 'Plain YAML 1.2 is read, one document per file, without custom tags.',
        places: [{ file, line, column }],
      };
    });
    throw ioErrorOf(problems, `'${file}' is not valid YAML`);
  }
  try {
    return document.toJS({ maxAliasCount });
  } catch (cause) {
    const message = `'${file}': ${(cause as Error).message.replace(/\.?$/, '.')}`;
    const hint = `At most ${maxAliasCount} uses of aliases are followed.`;
    throw ioErrorOf(
      [{ code: 'FP_IO_PARSE', message, hint, places: [{ file }] }],
      `'${file}' is not valid YAML`,
    );
  }
}
