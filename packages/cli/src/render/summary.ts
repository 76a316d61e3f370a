/** What a project has, as lines for a person, as a page, and as a picture of the lines. */
import type { PipelineSummary } from '@flowerpower/project';
import { byteSize } from './byte-size.js';
import { toYaml } from './to-yaml.js';

interface ShownProject {
  readonly name: string;
  readonly root: string;
  readonly config: unknown;
}

export interface ShownSummary {
  readonly project?: ShownProject;
  readonly pipelines: readonly PipelineSummary[];
}

export function summaryLines({ project, pipelines }: ShownSummary): string[] {
  const lines: string[] = [];
  if (project !== undefined)
    lines.push(`project ${project.name}  ${project.root}`, ...indented(toYaml(project.config)));
  for (const each of pipelines) {
    if (lines.length > 0) lines.push('');
    lines.push(`pipeline ${each.name}`, ...filesOf(each).map((line) => `  ${line}`));
    if (each.problem !== undefined) lines.push(`  cannot be read: ${each.problem.message}`);
    if (each.config !== undefined) lines.push('  configuration', ...indented(toYaml(each.config), 4));
    for (const { file, code } of each.modules)
      if (code !== undefined) lines.push(`  ${file}`, ...indented(code, 4));
  }
  return lines;
}

function filesOf({ configuration, modules }: PipelineSummary): string[] {
  const files = configuration === undefined ? modules : [configuration, ...modules];
  const width = Math.max(0, ...files.map(({ file }) => file.length));
  return files.map(({ file, sizeBytes = 0, modifiedAt = '' }) =>
    `${file.padEnd(width)}  ${byteSize(sizeBytes)}  ${modifiedAt.slice(0, 16).replace('T', ' ')}`.trimEnd(),
  );
}

function indented(text: string, columns = 2): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(columns) + line));
}

/** One file that needs nothing else. */
export function summaryPage(summary: ShownSummary): string {
  const { project, pipelines } = summary;
  const title = project === undefined ? 'Pipelines' : project.name;
  const parts = pipelines.map(({ name, config, modules, problem, ...rest }) =>
    [
      `<section><h2>${escaped(name)}</h2>`,
      block('Files', filesOf({ name, modules, ...rest }).join('\n')),
      problem === undefined ? '' : `<p>${escaped(problem.message)}</p>`,
      config === undefined ? '' : block('Configuration', toYaml(config)),
      ...modules.map(({ file, code }) => (code === undefined ? '' : block(file, code))),
      '</section>',
    ].join('\n'),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f4f2;padding:1rem;overflow:auto}</style>
<h1>${escaped(title)}</h1>
${project === undefined ? '' : block('Project', toYaml(project.config))}
${parts.join('\n')}
</html>
`;
}

function block(title: string, text: string): string {
  return `<h3>${escaped(title)}</h3>\n<pre>${escaped(text.trimEnd())}</pre>`;
}

/** The lines as a picture. */
export function summaryPicture(summary: ShownSummary): string {
  const lines = summaryLines(summary);
  const width = Math.max(20, ...lines.map((line) => line.length)) * 9 + 32;
  const height = lines.length * 20 + 32;
  const texts = lines.map(
    (line, at) => `<text x="16" y="${at * 20 + 32}" xml:space="preserve">${escaped(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="monospace" font-size="14">
<rect width="100%" height="100%" fill="#fff"/>
${texts.join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  // Neither HTML nor XML takes other control characters.
  return (
    text
      // oxlint-disable-next-line no-control-regex -- those are meant
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
