import type {
  Statement,
  TSInterfaceDeclaration,
  TSSignature,
  TSType,
  TSTypeAliasDeclaration,
} from 'oxc-parser';
import type { ParsedSource } from './parse-source.js';

/** Interfaces and type aliases of a file, by name. An interface may be declared several times. */
export type TypeDeclarations = ReadonlyMap<
  string,
  readonly (TSInterfaceDeclaration | TSTypeAliasDeclaration)[]
>;

export interface TypeMember {
  /** As written; undefined for a method. */
  readonly type: string | undefined;
  readonly optional: boolean;
}

export function typeDeclarations(statements: readonly Statement[]): TypeDeclarations {
  const declarations = new Map<string, (TSInterfaceDeclaration | TSTypeAliasDeclaration)[]>();
  for (const statement of statements) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' && statement.declaration
        ? statement.declaration
        : statement;
    if (declaration.type !== 'TSInterfaceDeclaration' && declaration.type !== 'TSTypeAliasDeclaration') {
      continue;
    }
    const { name } = declaration.id;
    declarations.set(name, [...(declarations.get(name) ?? []), declaration]);
  }
  return declarations;
}

/**
 * The members of an object type: an inline literal, an interface or alias of the same file, what those extend or
 * intersect. Anything else (another file, a generic, a mapped type) has no members here.
 */
export function typeMembers(
  { source }: ParsedSource,
  types: TypeDeclarations,
  type: TSType | undefined,
): ReadonlyMap<string, TypeMember> {
  const members = new Map<string, TypeMember>();
  const visited = new Set<string>();

  function addType(node: TSType): void {
    if (node.type === 'TSTypeLiteral') addMembers(node.members);
    else if (node.type === 'TSIntersectionType') node.types.forEach(addType);
    else if (node.type === 'TSParenthesizedType') addType(node.typeAnnotation);
    else if (node.type === 'TSTypeReference' && !node.typeArguments && node.typeName.type === 'Identifier') {
      addNamed(node.typeName.name);
    }
  }

  function addNamed(name: string): void {
    if (visited.has(name)) return;
    visited.add(name);
    for (const declaration of types.get(name) ?? []) {
      if (declaration.typeParameters) continue;
      if (declaration.type === 'TSTypeAliasDeclaration') {
        addType(declaration.typeAnnotation);
        continue;
      }
      addMembers(declaration.body.body);
      for (const { expression, typeArguments } of declaration.extends) {
        if (!typeArguments && expression.type === 'Identifier') addNamed(expression.name);
      }
    }
  }

  function addMembers(signatures: readonly TSSignature[]): void {
    for (const signature of signatures) {
      if (signature.type !== 'TSPropertySignature' && signature.type !== 'TSMethodSignature') continue;
      const { key, computed, optional } = signature;
      if (computed) continue;
      const name =
        key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
      // The first declaration wins: an interface before what it extends.
      if (name === undefined || members.has(name)) continue;
      const annotation = signature.type === 'TSPropertySignature' ? signature.typeAnnotation : undefined;
      const span = annotation?.typeAnnotation;
      members.set(name, {
        type: span && source.text.slice(span.start, span.end),
        optional,
      });
    }
  }

  if (type) addType(type);
  return members;
}
