import { inflateSync } from "node:zlib";

/** A decoded picture: three bytes a pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Decodes a PNG with a palette and no filters, the only kind that charts are written in; throws for any other. */
export function pixels(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = part(chunks, "IHDR");
  const palette = part(chunks, "PLTE");
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header[8] !== 8 || header[9] !== 3) throw new Error("not an 8-bit palette PNG");
  const lines = inflateSync(part(chunks, "IDAT"));
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    if (lines[y * (width + 1)] !== 0) throw new Error("a line has a filter");
    for (let x = 0; x < width; x++) {
      const index = lines[y * (width + 1) + 1 + x] ?? 0;
      rgb.set(palette.subarray(3 * index, 3 * index + 3), 3 * (y * width + x));
    }
  }
  return { width, height, rgb };
}

function part(chunks: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const chunk = chunks.get(name);
  if (chunk === undefined) throw new Error(`no ${name} in the PNG`);
  return chunk;
}
