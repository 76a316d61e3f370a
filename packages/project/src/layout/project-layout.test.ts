import { describe, expect, it } from 'vitest';
import { layoutOf } from './project-layout.js';

describe('the folders that variables move', () => {
  it('are conf and pipelines without them, and with empty ones', () => {
    for (const environment of [{}, { FP_CONFIG_DIR: '', FP_PIPELINES_DIR: '' }])
      expect(layoutOf(environment)).toMatchObject({ configDir: 'conf', pipelinesDir: 'pipelines' });
  });

  it('hold the files of pipelines, by their names and back', () => {
    const layout = layoutOf({ FP_CONFIG_DIR: './settings/flows/', FP_PIPELINES_DIR: 'src/flows' });
    expect(layout.projectFiles).toEqual(['settings/flows/project.yml', 'settings/flows/project.yaml']);
    expect(layout.newConfigFile('a.b-c')).toBe('settings/flows/pipelines/a/b_c.yml');
    expect(layout.newModuleFile('a.b-c')).toBe('src/flows/a/b_c.ts');
    expect(layout.nameOfModuleFile('src/flows/a/b_c.ts')).toBe('a.b_c');
    expect(layout.nameOfModuleFile('pipelines/a.ts')).toBeUndefined();
    expect(layout.nameOfConfigFile('settings/flows/pipelines/a/b.yml')).toBe('a.b');
    expect(layout.overlayDir).toBe('settings/flows/env');
    expect(layout.ownEntries).toEqual(expect.arrayContaining(['settings/flows', 'src/flows']));
  });

  it.each([
    '/etc',
    '..',
    '../conf',
    'a/../..',
    'a//b',
    '.',
    '~',
    'C:\\conf',
    'a\\b',
    '%2e%2e/x',
    'a\0b',
    '.git',
    'x/node_modules',
    'a.',
  ])('C42: %j is no folder of the project', (folder) => {
    expect(() => layoutOf({ FP_CONFIG_DIR: folder })).toThrow(
      expect.objectContaining({ code: 'FP_PROJECT_LAYOUT' }),
    );
  });

  it('lie beside each other', () => {
    expect(() => layoutOf({ FP_CONFIG_DIR: 'app', FP_PIPELINES_DIR: 'app/flows' })).toThrow(
      'lies in the other',
    );
  });
});
