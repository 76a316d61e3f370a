import { mkdirSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';
import type { Manifest } from './manifest.js';
import { renewManifest } from './renew-manifest.js';

const manifest = { hash: 'x' } as Manifest;

test('a disk that refuses new stamps is not a fault: what is imported is there', () => {
  const { cache } = tempProject({});
  renewManifest(`${cache}/gone/a.ts.json`, manifest);
  mkdirSync(`${cache}/a.ts.json/in the way`, { recursive: true });
  renewManifest(`${cache}/a.ts.json`, manifest);
  expect(readdirSync(cache)).toEqual(['a.ts.json']);
});

test('another fault is ours, and is raised', () => {
  const { cache } = tempProject({});
  const endless = { hash: 'x', self: {} };
  endless.self = endless;
  expect(() => renewManifest(`${cache}/a.ts.json`, endless as unknown as Manifest)).toThrow(TypeError);
});
