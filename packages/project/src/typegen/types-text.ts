/** The text of `.flowerpower/types.d.ts`. */

export interface TypedPipeline {
  readonly name: string;
  /** Files of its modules, relative to the project. */
  readonly modules: readonly string[];
  /** Inputs that nothing else gives. */
  readonly required: readonly string[];
  /** Inputs that configuration, a loader or a default gives as well. */
  readonly optional: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly string[];
}

export interface TypesRequest {
  readonly pipelines: readonly TypedPipeline[];
  /** As `plugins:` names them: packages, or files relative to the project. */
  readonly plugins: readonly string[];
  isFile(plugin: string): boolean;
}

export function typesText({ pipelines, plugins, isFile }: TypesRequest): string {
  const packages = plugins.filter((plugin) => !isFile(plugin)).map((plugin) => `import ${quoted(plugin)};\n`);
  const files = plugins.filter(isFile);
  return [
    '// Written by `flowerpower typegen`. It is written anew and not meant to be changed.\n',
    "import type { InputValue, NodeValue } from 'flowerpower';\n",
    ...packages,
    '\ndeclare global {\n  interface FlowerPowerPipelines {\n',
    ...pipelines.map(pipelineText),
    '  }\n}\n',
    ...(files.length === 0 ? [] : [pluginText(files)]),
    '\nexport {};\n',
  ].join('');
}

function pipelineText({ name, modules, required, optional, outputs, nodes }: TypedPipeline): string {
  const all = `[${modules.map((file) => `typeof import(${quoted(importOf(file))})`).join(', ')}]`;
  const member = (key: string, type: string, mark = '') =>
    `        ${quoted(key)}${mark}: ${type}<${all}, ${quoted(key)}>;\n`;
  return [
    `    ${quoted(name)}: {\n`,
    '      inputs: {\n',
    ...required.map((key) => member(key, 'InputValue')),
    ...optional.map((key) => member(key, 'InputValue', '?')),
    '      };\n',
    '      outputs: {\n',
    ...outputs.map((key) => member(key, 'NodeValue')),
    '      };\n',
    '      nodes: {\n',
    ...nodes.map((key) => member(key, 'NodeValue')),
    '      };\n',
    '    };\n',
  ].join('');
}

/** A plugin of the project itself has no package that could say what it brings. */
function pluginText(files: readonly string[]): string {
  const members = files.map(
    (file) => `    ${quoted(file)}: typeof import(${quoted(importOf(file))}).default;\n`,
  );
  return `\ndeclare module '@flowerpower/plugin' {\n  interface Register {\n${members.join('')}  }\n}\n`;
}

/** `pipelines/hello.ts` → `../pipelines/hello.js`, which every kind of module resolution finds. */
function importOf(file: string): string {
  return `../${file.replace(/^\.\//, '').replace(/\.([cm]?)ts$/, '.$1js')}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
