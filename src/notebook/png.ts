/**
 * Writes a PNG with a palette: one byte a pixel instead of four.
 *
 * A chart has a few flat colours and the shades between them at edges. Notebooks keep their pictures
 * for good, and this form is a third of the size of full colour. Where there are more than 256 colours
 * the 256 most frequent stay, and every other pixel takes the nearest of them.
 *
 * Source:  PNG specification, third edition, https://www.w3.org/TR/png-3
 * Chapter: notebooks/00-start.ipynb
 */
import { crc32, deflateSync } from "node:zlib";

/** The most colours that a byte can number. */
const MOST_COLORS = 256;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BITS_A_PIXEL = 8;
const PALETTE_TYPE = 3;

/** The PNG file of `width` x `height` opaque pixels, four bytes each: red, green, blue and one that is left out. */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const colors = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let i = 0; i < colors.length; i++) {
    const color = view.getUint32(4 * i) >>> 8;
    colors[i] = color;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([color]) => color);
  const palette = byCount.slice(0, MOST_COLORS);
  const places = new Map(
    byCount.map((color, i) => [color, i < palette.length ? i : nearest(palette, color)]),
  );

  // Each line begins with the number of its filter: 0, none, is the best for flat colours.
  const lines = new Uint8Array((width + 1) * height);
  for (let i = 0; i < colors.length; i++) {
    lines[i + Math.floor(i / width) + 1] = places.get(colors[i] ?? 0) ?? 0;
  }
  const header = new Uint8Array(13);
  const fields = new DataView(header.buffer);
  fields.setUint32(0, width);
  fields.setUint32(4, height);
  header.set([BITS_A_PIXEL, PALETTE_TYPE], 8);
  return Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flatMap(channels))),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** Length, name, data, and the checksum of name and data. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function nearest(palette: readonly number[], color: number): number {
  const [red = 0, green = 0, blue = 0] = channels(color);
  let best = 0;
  let least = Infinity;
  palette.forEach((candidate, i) => {
    const [r = 0, g = 0, b = 0] = channels(candidate);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [least, best] = [distance, i];
  });
  return best;
}

function channels(color: number): number[] {
  return [color >>> 16, (color >>> 8) & 255, color & 255];
}
