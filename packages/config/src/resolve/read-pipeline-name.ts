import type { Environment } from '../interpolation/interpolate.js';
import { parseFile } from '../layers/file-layer.js';
import { readNode } from '../read/read-node.js';
import { createContext } from './prepare.js';
import { pipelineShape } from '../schema/shape.js';
import type { ConfigText } from '../source/source-file.js';

/**
 * The `name` that a pipeline's YAML file gives itself; undefined where it gives none, or none that can be read. What is
 * wrong with the file is told by whoever resolves it.
 */
export async function readPipelineName(
  file: ConfigText,
  environment: Environment = {},
): Promise<string | undefined> {
  // Parsing every file of a project to find one pipeline would be slow, and most have no name.
  if (!/^\s*(?:\{|["']?name["']?\s*:)/m.test(file.text)) return undefined;
  const context = await createContext([file], { env: environment });
  const given = parseFile(file, 'pipeline', context)?.entries.get('name')?.node;
  const node = given && readNode(given, pipelineShape.children.get('name')!, ['name'], context);
  return node?.kind === 'value' && typeof node.value === 'string' ? node.value : undefined;
}
