/** The files of a new project. */
import type { ProjectLayout } from '../layout/project-layout.js';
import { modeline } from '../schemas/modeline.js';
import type { NewFile } from './write-new-files.js';

export interface ProjectTemplateOptions {
  readonly name: string;
  /** The version of `flowerpower` that the project depends on. */
  readonly version: string;
  readonly layout: ProjectLayout;
}

/** Files that make the folder a project. */
export function projectFiles({
  name,
  file,
  layout,
}: Pick<ProjectTemplateOptions, 'name' | 'layout'> & { readonly file: string }): NewFile[] {
  return [
    {
      path: file,
      content: `${modeline(file, 'project')}
# The project. Its pipelines are configured in ${layout.pipelineConfigDir}, one file each.
name: ${JSON.stringify(name.replaceAll('$', '$$$$'))}
`,
    },
  ];
}

/** Files that a fresh folder gets besides; one that is already there is left as it is. */
export function surroundingFiles({ name, version, layout }: ProjectTemplateOptions): NewFile[] {
  return [
    {
      path: 'package.json',
      content: `${JSON.stringify(
        {
          name: packageName(name),
          private: true,
          type: 'module',
          scripts: { check: 'flowerpower check' },
          dependencies: { flowerpower: `^${version}` },
          devDependencies: { '@types/node': '>=20', typescript: '>=5.9' },
        },
        undefined,
        2,
      )}
`,
    },
    {
      path: 'tsconfig.json',
      content: `${JSON.stringify(
        {
          compilerOptions: {
            target: 'ES2023',
            // As modules are loaded: without endings, with them, or by the aliases of `paths`.
            module: 'ESNext',
            moduleResolution: 'Bundler',
            allowImportingTsExtensions: true,
            resolveJsonModule: true,
            types: ['node'],
            strict: true,
            noEmit: true,
            skipLibCheck: true,
          },
          // Folders that begin with a dot are not among all folders.
          include: ['**/*.ts', '.flowerpower/types.d.ts'],
        },
        undefined,
        2,
      )}
`,
    },
    { path: '.gitignore', content: 'node_modules/\n.flowerpower/\noutput/\n.env\n.env.*\n' },
    {
      path: 'README.md',
      content: `# ${name}

A FlowerPower project: functions in \`${layout.pipelinesDir}/\`, what to run in \`${layout.pipelineConfigDir}/\`.

\`\`\`sh
npm install                             # flowerpower, and typescript for \`check\`
npx flowerpower pipeline new hello      # a first pipeline
npx flowerpower pipeline run hello      # run it
npx flowerpower pipeline show-dag hello # draw it
npx flowerpower check                   # check types from node to node (needs typescript)
\`\`\`
`,
    },
  ];
}

/** A name that package.json accepts. */
function packageName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-');
  return plain.replace(/^[._-]+/, '') || 'flowerpower-project';
}
