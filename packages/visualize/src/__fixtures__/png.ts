import { inflateSync } from 'node:zlib';

export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  /** Pixels darker than half grey. */
  readonly darkPixels: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Reads a PNG with 8 bits RGBA and no interlacing (PNG specification, sections 5, 9 and 11). */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const png = Buffer.from(bytes);
  if (!png.subarray(0, 8).equals(signature)) throw new SyntaxError('No PNG signature.');
  const data: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      if (body[8] !== 8 || body[9] !== 6 || body[12] !== 0) throw new SyntaxError('Not plain RGBA.');
    }
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  return { width, height, darkPixels: countDark(inflateSync(Buffer.concat(data)), width, height) };
}

function countDark(lines: Buffer, width: number, height: number): number {
  const stride = width * 4;
  let above = Buffer.alloc(stride);
  let dark = 0;
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const line = Buffer.from(lines.subarray(start + 1, start + 1 + stride));
    unfilter(line, above, lines[start]!);
    for (let x = 0; x < stride; x += 4) {
      if (line[x + 3]! > 127 && line[x]! + line[x + 1]! + line[x + 2]! < 3 * 128) dark++;
    }
    above = line;
  }
  return dark;
}

function unfilter(line: Buffer, above: Buffer, filter: number): void {
  for (let x = 0; x < line.length; x++) {
    const left = x < 4 ? 0 : line[x - 4]!;
    const up = above[x]!;
    const corner = x < 4 ? 0 : above[x - 4]!;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
    line[x] = (line[x]! + guess) & 0xff;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
