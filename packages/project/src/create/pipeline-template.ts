/** The files of a new pipeline: a small one that runs as it is and shows both ways to write a node. */
import type { ProjectLayout } from '../layout/project-layout.js';
import { modeline } from '../schemas/modeline.js';
import type { NewFile } from './write-new-files.js';

export function pipelineFiles(name: string, layout: ProjectLayout): NewFile[] {
  const file = layout.newConfigFile(name);
  return [
    { path: layout.newModuleFile(name), content: moduleText },
    { path: file, content: configText(name, file) },
  ];
}

const moduleText = `/**
 * Every exported function is a node. Its name is the name of the value it computes; the names of its inputs say
 * which values it needs: other nodes, or inputs from the YAML file.
 */

/** A greeting. Inputs are destructured from the first parameter; a default makes an input optional. */
export function greeting({ message, name = 'world' }: { message: string; name?: string }): string {
  return \`\${message}, \${name}!\`;
}

/** How long the greeting is. Inputs may also be written one by one, as in Hamilton. */
export function greetingLength(greeting: string): number {
  return greeting.length;
}

/** Both together. A node may be asynchronous; independent ones run at the same time. */
export async function summary({ greeting, greetingLength }: { greeting: string; greetingLength: number }) {
  return \`\${greeting} (\${greetingLength} characters)\`;
}
`;

const configText = (name: string, file: string) => `${modeline(file, `pipelines/${name}`)}
# What to run, and with what.
name: ${JSON.stringify(name)}

# A value under the name of a node goes to the parameter of that node.
params:
  greeting:
    message: Hello

run:
  # Which nodes to compute. Without this line: every node that no other node uses.
  finalVars: [greeting, summary]

  # Values for inputs of any node.
  inputs: {}
`;
