/** Looks at the output of a cell at every frame of the browser while the cell runs. */
import type { Reader } from "./reader.ts";

export interface Seen {
  /** The numbers of outputs that stood below the cell at some time, in order. */
  readonly outputs: readonly number[];
  /** How many different things were to be seen there. */
  readonly states: number;
  /** In how many frames what had been drawn had lost more than half of its height. */
  readonly collapsed: number;
}

/** The parts of the page's own objects that are read here: the project is compiled without the DOM. */
interface Area {
  readonly clientHeight: number;
  querySelectorAll(selector: string): { readonly length: number };
  readonly innerText: string;
  querySelector(selector: string): { toDataURL(): string } | null;
}
interface Watching {
  readonly outputs: Set<number>;
  readonly states: Set<string>;
  tallest: number;
  collapsed: number;
  over: boolean;
}
declare const window: { watching: Watching };
declare function requestAnimationFrame(callback: () => void): void;

/** Runs a cell to its end and tells what was seen below it meanwhile. */
export async function watch(reader: Reader, number: number): Promise<Seen> {
  const area = (await reader.cell(number)).locator(".jp-OutputArea");
  await area.evaluate((element: unknown) => {
    const area = element as Area;
    const watching = {
      outputs: new Set(),
      states: new Set(),
      tallest: 0,
      collapsed: 0,
      over: false,
    };
    window.watching = watching as Watching;
    const look = (): void => {
      watching.outputs.add(area.querySelectorAll(".jp-OutputArea-child").length);
      watching.states.add(area.querySelector("canvas")?.toDataURL() ?? area.innerText);
      watching.tallest = Math.max(watching.tallest, area.clientHeight);
      if (area.clientHeight < watching.tallest / 2) watching.collapsed++;
      if (!watching.over) requestAnimationFrame(look);
    };
    look();
  });
  await reader.runToEnd(number);
  // The last state may still be drawn.
  await reader.page.waitForTimeout(500);
  return reader.page.evaluate(() => {
    const { watching } = window;
    watching.over = true;
    return {
      outputs: [...watching.outputs].sort((a, b) => a - b),
      states: watching.states.size,
      collapsed: watching.collapsed,
    };
  });
}
