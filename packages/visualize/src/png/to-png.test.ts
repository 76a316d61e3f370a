import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlowerPowerError } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { graphOf, marketing } from '../__fixtures__/graphs.js';
import { installPackage } from '../__fixtures__/installed-package.js';
import { decodePng } from '../__fixtures__/png.js';
import { drawSvg } from '../svg/draw-svg.js';
import { renderPng } from './render-png.js';
import { toPng } from './to-png.js';

async function failure(run: () => Promise<unknown>): Promise<FlowerPowerError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

test('the default is twice the size of the SVG', async () => {
  const { width, height } = await drawSvg(marketing, {});
  expect(decodePng(await toPng(marketing))).toMatchObject({ width: 2 * width, height: 2 * height });
});

test('a width is honoured and keeps the proportions', async () => {
  const { width, height } = await drawSvg(marketing, { orient: 'TB' });
  const png = decodePng(await toPng(marketing, { orient: 'TB', width: 300 }));
  expect(png.width).toBe(300);
  expect(Math.abs(png.height - (300 * height) / width)).toBeLessThanOrEqual(1);
});

test('a long picture shrinks rather than grow without end', async () => {
  const chain = graphOf(
    Array.from({ length: 120 }, (_, i) => ({ name: `step${i}`, needs: i === 0 ? [] : [`step${i - 1}`] })),
  );
  expect(decodePng(await toPng(chain, { showLegend: false })).width).toBe(8192);
});

test('text is really drawn, on a machine without fonts too', async () => {
  const { svg, width } = await drawSvg(marketing, {});
  const withText = decodePng(await renderPng(svg, 2 * width));
  const without = decodePng(await renderPng(svg.replace(/<text.*?<\/text>/g, ''), 2 * width));
  // Dark pixels: outlines are lighter than half grey, letters are not.
  expect(withText.darkPixels).toBeGreaterThan(without.darkPixels + 2000);
  const regularOnly = decodePng(await renderPng(svg.replace(/ font-weight="bold"/g, ''), 2 * width));
  expect(withText.darkPixels).toBeGreaterThan(1.1 * regularOnly.darkPixels);
});

test('the same graph gives the same bytes', async () => {
  expect(Buffer.from(await toPng(marketing)).equals(await toPng(marketing))).toBe(true);
});

test.each([0, 15, 16_385, 12.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'width %d is an error',
  async (width) => {
    const error = await failure(() => toPng(marketing, { width }));
    expect(error.code).toBe('FP_VISUALIZE_INVALID_OPTION');
    expect(error.hint).toContain('16 to 16384');
  },
);

test('a picture of too many pixels is an error before it is painted', async () => {
  const tall = graphOf(
    Array.from({ length: 300 }, (_, i) => ({ name: `s${i}`, needs: i === 0 ? [] : [`s${i - 1}`] })),
  );
  const error = await failure(() => toPng(tall, { orient: 'TB', showLegend: false, width: 4000 }));
  expect(error.code).toBe('FP_VISUALIZE_INVALID_OPTION');
  expect(error.message).toMatch(/4000 pixels wide would be \d+ high/);
});

test('what the renderer refuses keeps its message', async () => {
  const error = await failure(() => renderPng('<svg', 100));
  expect(error.code).toBe('FP_VISUALIZE_PNG_FAILED');
  expect(error.cause).toBeInstanceOf(Error);
});

const script = `
import { toPng, toSvg } from '@flowerpower/visualize';
const graph = { nodes: new Map([['a', { name: 'a', kind: 'function', dependencies: [], bound: {}, tags: {} }]]), leaves: ['a'], inputs: [] };
const svg = await toSvg(graph);
const answer = await toPng(graph).then(
  (png) => ({ bytes: png.length }),
  ({ code, message, hint, cause }) => ({ code, message, hint, cause: cause?.code }),
);
console.log(JSON.stringify({ svg: svg.startsWith('<svg'), ...answer }));
`;

function runInstalled(withPeer: boolean): Record<string, unknown> {
  const { dir, remove } = installPackage({ withPeer });
  try {
    writeFileSync(join(dir, 'script.mjs'), script);
    return JSON.parse(execFileSync(process.execPath, ['script.mjs'], { cwd: dir, encoding: 'utf8' }));
  } finally {
    remove();
  }
}

test('without the optional peer, SVG works and PNG names the package to install', () => {
  const answer = runInstalled(false);
  expect(answer).toMatchObject({
    svg: true,
    code: 'FP_VISUALIZE_PNG_UNAVAILABLE',
    cause: 'ERR_MODULE_NOT_FOUND',
  });
  expect(answer['message']).toContain("'@resvg/resvg-js'");
  expect(answer['hint']).toContain('npm install @resvg/resvg-js');
});

test('with the optional peer, the installed package finds its fonts and paints', () => {
  expect(runInstalled(true)).toMatchObject({ svg: true, bytes: expect.any(Number) });
});
