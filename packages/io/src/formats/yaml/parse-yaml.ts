/** From YAML text to data, or one error with everything that is wrong with it. */
import { loadYamlLibrary, readYaml } from '@flowerpower/yaml';
import type { FlowerPowerError } from '@flowerpower/core';
import { type IoProblem, ioError, ioErrorOf } from '../../errors/io-error.js';
import type { LargeIntegers } from '../../options/large-integers.js';
import { yamlDepth } from './yaml-depth.js';
import { type YamlDataFault, yamlData } from './yaml-data.js';

const deepHint = 'Data that is nested so deeply can be kept as json.';
const plainHint = 'Plain YAML 1.2 is read, one document per file, without custom tags.';

export async function parseYaml(text: string, file: string, largeIntegers: LargeIntegers): Promise<unknown> {
  const yaml = await loadYamlLibrary();
  const { document, faults } = readYaml(yaml, text, { depth: yamlDepth });
  if (document === undefined) {
    const hinted = faults.map(({ kind, ...fault }) =>
      kind === 'limit' ? { ...fault, hint: deepHint } : fault,
    );
    throw yamlError(hinted, text, file);
  }
  const data = yamlData(yaml, document, largeIntegers);
  if (data.faults.length > 0) throw yamlError(data.faults, text, file);
  return data.value;
}

function yamlError(faults: readonly YamlDataFault[], text: string, file: string): FlowerPowerError {
  const problems = faults.map(({ offset, message, hint = plainHint }): IoProblem => {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    return {
      code: 'FP_IO_PARSE',
      message: `'${file}' line ${line}: ${message}`,
      hint,
      places: [{ file, line, column }],
    };
  });
  if (problems.length === 1) return ioError({ ...problems[0]!, problems });
  return ioErrorOf(problems, `'${file}' is not valid YAML`);
}
