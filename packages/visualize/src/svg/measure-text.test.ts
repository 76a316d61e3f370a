import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fontFiles } from '../fonts.js';
import { asciiWidths, measureText } from './measure-text.js';

/** Advance widths of U+0020 to U+007E in thousandths of the size, from a TrueType file (cmap format 4, hmtx). */
function widthsOf(file: string): number[] {
  const font = readFileSync(file);
  const tables = new Map<string, number>();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const at = 12 + 16 * index;
    tables.set(font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8));
  }
  const table = (name: string) => tables.get(name)!;
  const unitsPerEm = font.readUInt16BE(table('head') + 18);
  const metrics = font.readUInt16BE(table('hhea') + 34);
  const map = segmentMap(font, table('cmap'));
  return Array.from({ length: 95 }, (_, index) => {
    const glyph = Math.min(map(0x20 + index), metrics - 1);
    return Math.round((font.readUInt16BE(table('hmtx') + 4 * glyph) / unitsPerEm) * 1000);
  });
}

function segmentMap(font: Buffer, cmap: number): (codePoint: number) => number {
  const offsets = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) =>
    font.readUInt32BE(cmap + 8 + 8 * index),
  );
  const at = cmap + offsets.find((offset) => font.readUInt16BE(cmap + offset) === 4)!;
  const size = font.readUInt16BE(at + 6);
  return (codePoint) => {
    for (let segment = 0; segment < size; segment += 2) {
      if (codePoint > font.readUInt16BE(at + 14 + segment)) continue;
      const start = font.readUInt16BE(at + 16 + size + segment);
      const delta = font.readInt16BE(at + 16 + 2 * size + segment);
      const rangeAt = at + 16 + 3 * size + segment;
      const range = font.readUInt16BE(rangeAt);
      if (codePoint < start) return 0;
      if (range === 0) return (codePoint + delta) & 0xffff;
      return font.readUInt16BE(rangeAt + range + 2 * (codePoint - start));
    }
    return 0;
  };
}

test('the widths are those of the fonts that ship', () => {
  const [regular, bold] = fontFiles().map(widthsOf);
  expect(asciiWidths.regular).toEqual(regular);
  expect(asciiWidths.bold).toEqual(bold);
});

test('other letters get room, marks that combine get none', () => {
  expect(measureText('日本', 10)).toBeGreaterThanOrEqual(20);
  expect(measureText('Ж', 10)).toBeGreaterThan(6);
  expect(measureText('e\u0301', 10)).toBe(measureText('e', 10));
  expect(measureText('', 10)).toBe(0);
});
