import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Span, TransformedModule } from './transform-module.js';

/** A piece of code to replace, here the specifier of an import. */
export interface Redirect {
  readonly span: Span;
  readonly text: string;
}

/** A source file, by its path, and as stack traces call it: by the same path, or by a URI. */
export interface EmittedFile {
  readonly file: string;
  readonly name?: string | undefined;
}

const guardName = '__flowerpowerSpecifier';

/**
 * The final text of a transformed module: imports redirected, `import.meta` speaking of the source file, and a
 * source map that names the source by its URL. Columns of a line after a redirected `import()` are off by the
 * difference in length; lines are exact.
 */
export function emitModule(
  { file, name = file }: EmittedFile,
  module: TransformedModule,
  redirects: readonly Redirect[],
): string {
  const edits = redirects.map(({ span, text }) => ({ ...span, text }));
  for (const { start, end } of module.computedRequests) {
    edits.push({ start, end, text: `${guardName}(${module.code.slice(start, end)})` });
  }
  edits.sort((a, b) => a.start - b.start);
  let code = '';
  let at = 0;
  for (const { start, end, text } of edits) {
    code += module.code.slice(at, start) + text;
    at = end;
  }
  code += module.code.slice(at);
  if (module.map === undefined) return code;

  const head = [
    ...(module.usesImportMeta ? [importMeta(file)] : []),
    ...(module.computedRequests.length > 0 ? [guard()] : []),
  ];
  const map = {
    version: 3,
    sources: [name === file ? pathToFileURL(file).href : name],
    names: module.map.names,
    // One `;` skips one generated line.
    mappings: ';'.repeat(head.length) + module.map.mappings,
  };
  const inline = Buffer.from(JSON.stringify(map)).toString('base64');
  return `${head.map((line) => `${line}\n`).join('')}${code}\n//# sourceMappingURL=data:application/json;base64,${inline}\n`;
}

/** Properties of `import.meta` are ordinary: setting them also serves `const { dirname } = import.meta`. */
function importMeta(file: string): string {
  const url = JSON.stringify(pathToFileURL(file).href);
  const values = `url: ${url}, filename: ${JSON.stringify(file)}, dirname: ${JSON.stringify(dirname(file))}`;
  const resolve = `resolve: ((resolve) => (specifier) => /^\\.{0,2}\\//.test(specifier) ? new URL(specifier, ${url}).href : resolve(specifier))(import.meta.resolve)`;
  return `for (const [key, value] of Object.entries({ ${values}, ${resolve} })) Object.defineProperty(import.meta, key, { value, writable: true, enumerable: true, configurable: true });`;
}

/** A computed relative path would be resolved against the cache directory: say so instead of not finding the file. */
function guard(): string {
  const message =
    "' is a relative path known only at run time, so it cannot be imported. Use import(new URL(path, import.meta.url)) for JavaScript, or import the files one by one with literal paths.";
  return `function ${guardName}(specifier) { if (/^\\.{1,2}\\//.test(specifier)) throw Object.assign(new Error("import(): '" + specifier + ${JSON.stringify(message)}), { code: "FP_MODULE_DYNAMIC_IMPORT" }); return specifier; }`;
}
