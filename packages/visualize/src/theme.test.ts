import { expect, test } from 'vitest';
import { theme } from './theme.js';

/** Contrast of two colours after WCAG 2.2, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [a, b].map(luminance).toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const paints = Object.entries({ ...theme.looks, output: theme.output });

test.each(paints)('%s: text and outline stand out', (_name, { fill, stroke }) => {
  expect(contrast(theme.text, fill)).toBeGreaterThan(7);
  expect(contrast(theme.mutedText, fill)).toBeGreaterThan(4.5);
  expect(contrast(stroke, theme.page.fill)).toBeGreaterThan(3);
});

test('edges and their labels stand out', () => {
  for (const edge of Object.values(theme.edges)) expect(contrast(edge, theme.page.fill)).toBeGreaterThan(3);
  for (const { fill } of Object.values(theme.groups)) {
    expect(contrast(theme.mutedText, fill)).toBeGreaterThan(4.5);
  }
});
