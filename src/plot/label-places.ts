/**
 * Where the labels of a map go, so that none lies on another.
 *
 * Point by point: the label goes to the right, else left, above, below, wherever it meets no label and
 * no other point; a label that finds no room is left out (its tooltip remains). Points near others
 * are served last, since leaving one of a crowd unnamed costs least.
 *
 * Source:  greedy point labelling; Christensen, Marks and Shieber (1995), https://doi.org/10.1145/212332.212334
 * Chapter: notebooks/00-start.ipynb
 */
import { textWidth } from "./text-size.ts";

/** A point of the map in pixels, with its label. */
export interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** The side of its point on which a label stands. */
export type Place = "right" | "left" | "above" | "below";

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const places: readonly Place[] = ["right", "left", "above", "below"];

/** Pixels between a point and its label. */
export const LABEL_GAP = 6;

/** Half the width of a point, in pixels. */
const POINT = 4;

/** For each point the side of its label, or undefined where there is no room; `width` and `height` of the drawing and `fontSize` in pixels. */
export function placeLabels(
  points: readonly Labelled[],
  fontSize: number,
  width: number,
  height: number,
): (Place | undefined)[] {
  const result: (Place | undefined)[] = points.map(() => undefined);
  const taken: Box[] = [];
  for (const i of loneliestFirst(points)) {
    const point = points[i];
    if (point === undefined) continue;
    const others = points.filter((_, j) => j !== i).map(pointBox);
    const place = places.find((side) => {
      const box = labelBox(point, side, fontSize);
      const inside = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
      return inside && ![...taken, ...others].some((other) => meet(box, other));
    });
    if (place === undefined) continue;
    taken.push(labelBox(point, place, fontSize));
    result[i] = place;
  }
  return result;
}

function loneliestFirst(points: readonly Labelled[]): number[] {
  const nearest = points.map(({ x, y }, i) =>
    points.reduce(
      (least, other, j) =>
        i === j ? least : Math.min(least, Math.hypot(x - other.x, y - other.y)),
      Infinity,
    ),
  );
  return points.map((_, i) => i).sort((a, b) => (nearest[b] ?? 0) - (nearest[a] ?? 0) || a - b);
}

function labelBox({ x, y, label }: Labelled, place: Place, fontSize: number): Box {
  const width = textWidth(label, fontSize);
  const half = fontSize / 2 + 1;
  if (place === "right")
    return { left: x + LABEL_GAP, right: x + LABEL_GAP + width, top: y - half, bottom: y + half };
  if (place === "left")
    return { left: x - LABEL_GAP - width, right: x - LABEL_GAP, top: y - half, bottom: y + half };
  const middle = place === "above" ? y - LABEL_GAP - half : y + LABEL_GAP + half;
  return { left: x - width / 2, right: x + width / 2, top: middle - half, bottom: middle + half };
}

function pointBox({ x, y }: Labelled): Box {
  return { left: x - POINT, right: x + POINT, top: y - POINT, bottom: y + POINT };
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
