import { resolve } from 'node:path';
import { showPath } from '../render/show-path.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Finding } from './finding.js';

/**
 * Workflow commands that GitHub shows beside the lines of a pull request. It takes them from standard error as well as from
 * standard output, and paths from the root of the repository.
 */
export function githubAnnotations(
  findings: readonly Finding[],
  title: string,
  { env, cwd }: Pick<Terminal, 'env' | 'cwd'>,
): string[] {
  const root = env['GITHUB_WORKSPACE'] || cwd;
  return findings.map(({ level, type, node, message, hint, place }) => {
    const properties = {
      file: place && showPath(resolve(cwd, place.file), root),
      line: place?.line,
      col: place?.column,
      title: [title, node, type].filter(Boolean).join(' '),
    };
    const shown = Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    return `::${level} ${shown.join(',')}::${escapeData(hint === undefined ? message : `${message}\n${hint}`)}`;
  });
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
