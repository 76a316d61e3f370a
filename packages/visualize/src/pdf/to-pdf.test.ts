import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { marketing } from '../__fixtures__/graphs.js';
import { drawSvg } from '../svg/draw-svg.js';
import { toPdf } from './to-pdf.js';
import { writePdf } from './write-pdf.js';

/** The objects of a file, found by its table. */
function objectsOf(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)![1]);
  const table = text.slice(start);
  expect(table.startsWith('xref\n0 6\n0000000000 65535 f \n')).toBe(true);
  const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  return offsets.map((offset, index) => {
    const object = text.slice(offset, text.indexOf('\nendobj\n', offset));
    expect(object.startsWith(`${index + 1} 0 obj\n`)).toBe(true);
    return object.slice(object.indexOf('\n') + 1);
  });
}

test('one page as large as the drawing, with all of its pixels', async () => {
  const { width, height } = await drawSvg(marketing, {});
  const [catalog, pages, page, image, contents] = objectsOf(await toPdf(marketing));
  expect([catalog, pages]).toEqual([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  ]);
  expect(page).toContain(`/MediaBox [0 0 ${width} ${height}]`);
  expect(contents).toContain(`q ${width} 0 0 ${height} 0 0 cm /Picture Do Q`);
  expect(image).toContain(`/Width ${2 * width} /Height ${2 * height}`);
  const length = Number(/\/Length (\d+)/.exec(image!)![1]);
  const start = image!.indexOf('stream\n') + 'stream\n'.length;
  const pixels = inflateSync(Buffer.from(image!.slice(start, start + length), 'latin1'));
  expect(pixels).toHaveLength(2 * width * 2 * height * 3);
  expect(new Set(pixels).size).toBeGreaterThan(20);
});

test('what can be seen through lies on white', () => {
  const rgba = Uint8Array.from([10, 20, 30, 255, 0, 0, 0, 0, 64, 0, 0, 128]);
  const [, , , image] = objectsOf(writePdf({ width: 3, height: 1, rgba }, { width: 3, height: 1 }));
  const start = image!.indexOf('stream\n') + 'stream\n'.length;
  const pixels = inflateSync(Buffer.from(image!.slice(start, image!.lastIndexOf('\nendstream')), 'latin1'));
  expect([...pixels]).toEqual([10, 20, 30, 255, 255, 255, 191, 127, 127]);
});
