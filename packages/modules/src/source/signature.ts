import type { NodeSource, SourceParameter } from '@flowerpower/core';
import type {
  ArrowFunctionExpression,
  BindingPattern,
  Expression,
  Function as FunctionNode,
  ObjectPattern,
  ParamPattern,
  TSTypeAnnotation,
} from 'oxc-parser';
import type { ParsedSource } from './parse-source.js';
import { type TypeDeclarations, typeMembers } from './type-members.js';

export type Signature = Pick<NodeSource, 'style' | 'parameters' | 'takesContext' | 'returnType'>;

export type FunctionExpression = ArrowFunctionExpression | FunctionNode;

/** The name that makes a positional parameter the context. */
const contextName = 'ctx';

/**
 * What a function takes and returns, as written. Undefined when a parameter has no name that could be an edge
 * (a rest element, a computed key, a pattern that is not the first parameter, a context that is not the last): the
 * graph reports those itself.
 */
export function functionSignature(
  parsed: ParsedSource,
  types: TypeDeclarations,
  fn: FunctionExpression,
): Signature | undefined {
  const params = fn.params.filter((param) => !(param.type === 'Identifier' && param.name === 'this'));
  const returnType = annotationText(parsed, fn.returnType);
  const first = params[0] && withoutDefault(params[0]);
  if (first?.type === 'ObjectPattern') {
    const parameters = objectParameters(parsed, types, first);
    if (parameters === undefined || params.length > 2 || params.slice(1).some(isRest)) return undefined;
    return { style: 'object', parameters, takesContext: params.length > 1, returnType };
  }
  const parameters = positionalParameters(parsed, params);
  if (parameters === undefined) return undefined;
  const contextIndex = parameters.findIndex(({ name }) => name === contextName);
  const takesContext = contextIndex !== -1;
  if (takesContext && contextIndex < parameters.length - 1) return undefined;
  return {
    style: 'positional',
    parameters: takesContext ? parameters.slice(0, -1) : parameters,
    takesContext,
    returnType,
  };
}

/** The signature of `node({ inputs: [...] }, fn)`: names come from the list, everything else from the function. */
export function explicitSignature(
  parsed: ParsedSource,
  inputs: readonly string[],
  fn: FunctionExpression | undefined,
): Signature {
  const params = fn?.params ?? [];
  const parameters = inputs.map((name, index): SourceParameter => {
    const parameter = params[index] && positionalParameter(parsed, params[index]);
    return { name, optional: parameter?.optional ?? false, type: parameter?.type };
  });
  return {
    style: 'positional',
    parameters,
    takesContext: params.length > inputs.length,
    returnType: annotationText(parsed, fn?.returnType),
  };
}

/** Strips what TypeScript adds around an expression: `as`, `satisfies`, `!`, `<T>` and type arguments. */
export function withoutTypes(expression: Expression): Expression {
  switch (expression.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return withoutTypes(expression.expression);
    default:
      return expression;
  }
}

function objectParameters(
  parsed: ParsedSource,
  types: TypeDeclarations,
  pattern: ObjectPattern,
): SourceParameter[] | undefined {
  const members = typeMembers(parsed, types, pattern.typeAnnotation?.typeAnnotation);
  const parameters: SourceParameter[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement' || property.computed) return undefined;
    const { key } = property;
    const name =
      key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    if (name === undefined) return undefined;
    const member = members.get(name);
    const hasDefault = property.value.type === 'AssignmentPattern';
    parameters.push({ name, optional: hasDefault || (member?.optional ?? false), type: member?.type });
  }
  return parameters;
}

function positionalParameters(
  parsed: ParsedSource,
  params: readonly ParamPattern[],
): SourceParameter[] | undefined {
  const parameters = params.map((param) => positionalParameter(parsed, param));
  return parameters.every((parameter) => parameter !== undefined) ? parameters : undefined;
}

function positionalParameter(parsed: ParsedSource, param: ParamPattern): SourceParameter | undefined {
  const pattern = withoutDefault(param);
  if (pattern?.type !== 'Identifier') return undefined;
  return {
    name: pattern.name,
    optional: param.type === 'AssignmentPattern' || Boolean(pattern.optional),
    type: annotationText(parsed, pattern.typeAnnotation),
  };
}

function withoutDefault(param: ParamPattern): BindingPattern | undefined {
  if (param.type === 'RestElement' || param.type === 'TSParameterProperty') return undefined;
  return param.type === 'AssignmentPattern' ? param.left : param;
}

function isRest(param: ParamPattern): boolean {
  return param.type === 'RestElement';
}

function annotationText(
  parsed: ParsedSource,
  annotation: TSTypeAnnotation | null | undefined,
): string | undefined {
  if (!annotation) return undefined;
  const { start, end } = annotation.typeAnnotation;
  return parsed.source.text.slice(start, end);
}
