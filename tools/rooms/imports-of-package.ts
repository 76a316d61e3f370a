/** Every import from file to file within one package, and whether it is there when the program runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** Path below `src`, with `/`. */
  readonly from: string;
  readonly to: string;
  /** False when only types are imported, of which nothing is left in the built package. */
  readonly isValue: boolean;
}

export interface PackageSources {
  /** Paths below `src`; tests and fixtures are not among them. */
  readonly files: readonly string[];
  readonly imports: readonly Import[];
}

/** @param src - the folder `src` of the package. */
export function importsOfPackage(src: string): PackageSources {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !/\.test(-d)?\.ts$|(^|\/)__fixtures__\//.test(path))
    .sort();
  const known = new Set(files);
  const imports = files.flatMap((from) => {
    const found = importsOfSource(from, readFileSync(join(src, from), 'utf8'));
    return found.filter(({ to }) => known.has(to));
  });
  return { files, imports };
}

/** @param from - path below `src`, to which the imports are relative. */
export function importsOfSource(from: string, text: string): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, isValue: boolean) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return;
    const to = posix.join(posix.dirname(from), specifier.text).replace(/\.js$/, '.ts');
    imports.push({ from, to, isValue });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, !isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !isTypeExport(node));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, false);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, text, ts.ScriptTarget.Latest));
  return imports;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  // `import './effect.js'` has no clause.
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return false;
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true;
  if (exportClause === undefined || ts.isNamespaceExport(exportClause)) return false;
  return exportClause.elements.every((element) => element.isTypeOnly);
}
