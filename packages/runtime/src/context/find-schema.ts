/** Finds what `io.load.x.schema` names: an export of the pipeline's modules, or `file#export`. */
import { didYouMean } from '@flowerpower/core';
import type { OptionsSchema } from '@flowerpower/io';
import { exportsOf } from '../config/defined-exports.js';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import type { RuntimeProblem } from '../errors/catalogue.js';

export interface FoundSchema {
  readonly schema: OptionsSchema<unknown>;
  /** The module that exports it, as the definition has it. */
  readonly module: object;
  readonly exportName: string;
}

/** @param at - the entry, for problems: `io.load.sales`. */
export function findSchema(
  at: string,
  name: unknown,
  { modules, schemaModules = {} }: Pick<PipelineDefinition, 'modules' | 'schemaModules'>,
): FoundSchema | RuntimeProblem {
  if (typeof name !== 'string' || name === '') {
    return problem(`${at}: schema must be the name of an exported schema.`, nameHint);
  }
  const hash = name.lastIndexOf('#');
  const file = hash === -1 ? undefined : name.slice(0, hash);
  const exportName = name.slice(hash + 1);
  const searched =
    file === undefined ? modules : Object.hasOwn(schemaModules, file) ? [schemaModules[file]!] : [];
  // Where two export the same name, the later module wins, as it does for nodes.
  const module = searched.findLast((each) => Object.hasOwn(exportsOf(each), exportName));
  const where = file === undefined ? 'No module of the pipeline' : `'${file}' does not`;
  if (module === undefined) {
    const known = searched.flatMap((each) =>
      Object.entries(exportsOf(each)).flatMap(([key, value]) => (isSchema(value) ? [key] : [])),
    );
    const verb = file === undefined ? 'exports' : 'export';
    return problem(
      `${at}: ${where} ${verb} a schema '${exportName}'.`,
      didYouMean(exportName, known) ?? nameHint,
    );
  }
  const schema = exportsOf(module)[exportName];
  if (isSchema(schema)) return { schema, module, exportName };
  return problem(
    `${at}: '${name}' is exported, but is not a schema.`,
    'A schema is made by zod, valibot, arktype or another library of Standard Schema.',
  );
}

const nameHint =
  "Name an export of the pipeline's modules, or write file#export, such as schemas/sales.ts#rows.";

function problem(message: string, hint: string): RuntimeProblem {
  return { code: 'FP_IO_BINDING', message, hint };
}

function isSchema(value: unknown): value is OptionsSchema<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard = (value as Partial<OptionsSchema<unknown>>)['~standard'];
  return typeof standard?.validate === 'function';
}
