/** What can be told of a chart that Vega has drawn on a canvas of the page. */
import type { Locator } from "playwright-core";

/** Red, green and blue, each from 0 to 255. */
export type Color = readonly [number, number, number];

/** The parts of the page's own objects that are read here: the project is compiled without the DOM. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly clientWidth: number;
  getContext(kind: "2d"): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8Array };
  };
}

/** Waits for the chart of a cell's output and returns its canvas. */
export async function canvasOf(cell: Locator): Promise<Locator> {
  const canvas = cell.locator(".jp-RenderedVegaCommon5 canvas").first();
  await canvas.waitFor({ timeout: 15_000 });
  return canvas;
}

/** How many different colours the picture has: a blank one has one. */
export function colorsIn(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: unknown) => {
    const canvas = element as Canvas;
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}

/** The longest row of pixels of one colour, in pixels: of a lying bar, its length. */
export function longestRun(canvas: Locator, color: Color): Promise<number> {
  return canvas.evaluate((element: unknown, [red, green, blue]: Color) => {
    const canvas = element as Canvas;
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let longest = 0;
    for (let i = 0, run = 0; i < data.length; i += 4) {
      const same = data[i] === red && data[i + 1] === green && data[i + 2] === blue;
      run = same && i % (4 * width) > 0 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }, color);
}

/** How light the picture is at a place in pixels from its upper left: 0 black, 255 white. */
export function lightnessAt(canvas: Locator, x: number, y: number): Promise<number> {
  return canvas.evaluate(
    (element: unknown, [x, y]: readonly [number, number]) => {
      const canvas = element as Canvas;
      const dots = canvas.width / canvas.clientWidth;
      const pixel = canvas.getContext("2d").getImageData(x * dots, y * dots, 1, 1);
      const [red = 0, green = 0, blue = 0] = pixel.data;
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    },
    [x, y] as const,
  );
}
