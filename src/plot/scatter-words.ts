/**
 * What a map says in words: how far it reaches, who stands at its edges, which two are nearest.
 *
 * Source:  https://www.w3.org/WAI/tutorials/images/complex
 * Chapter: notebooks/00-start.ipynb
 */
import { axisTitle, type AxisName } from "./chart.ts";
import { count, say } from "./numbers.ts";

interface Named {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly group?: string;
}

/** Beyond this many points nobody asks which two are nearest, and finding them takes long. */
const MANY = 500;

/** The map's reach, its edges, its groups, and how much of it is drawn and named. */
export function scatterAlt(
  title: string,
  points: readonly Named[],
  drawn: number,
  named: number,
  axes: { readonly x: AxisName; readonly y: AxisName },
): string {
  const byX = [...points].sort((a, b) => a.x - b.x);
  const byY = [...points].sort((a, b) => a.y - b.y);
  const reach = (axis: AxisName, low: number, high: number): string =>
    `${axisTitle(axis)} from ${say(low)} to ${say(high)}`;
  const sentences = [
    `Map: ${title}.`,
    `${count(points.length, "point")}: ${reach(axes.x, end(byX, 0).x, end(byX, -1).x)}, ${reach(axes.y, end(byY, 0).y, end(byY, -1).y)}.`,
  ];
  const sizes = groupSizes(points);
  if (sizes.size > 0)
    sentences.push(`Groups: ${[...sizes].map(([name, n]) => `${name} ${say(n)}`).join(", ")}.`);
  if (points.length > 1)
    sentences.push(
      `Leftmost “${end(byX, 0).label}”, rightmost “${end(byX, -1).label}”, lowest “${end(byY, 0).label}”, highest “${end(byY, -1).label}”.`,
    );
  if (points.length > 2 && points.length <= MANY) {
    const [a, b] = nearest(points);
    sentences.push(`Nearest to each other: “${a}” and “${b}”.`);
  }
  if (drawn < points.length)
    sentences.push(`${say(drawn)} of them drawn, the outermost among them.`);
  if (named < drawn)
    sentences.push(`${say(named)} have room for their label; the others show it when pointed at.`);
  return sentences.join(" ");
}

function groupSizes(points: readonly Named[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { group } of points)
    if (group !== undefined) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return sizes;
}

function nearest(points: readonly Named[]): [string, string] {
  let best: [string, string] = ["", ""];
  let least = Infinity;
  points.forEach((a, i) => {
    for (const b of points.slice(i + 1)) {
      const distance = Math.hypot(a.x - b.x, a.y - b.y);
      if (distance < least) [least, best] = [distance, [a.label, b.label]];
    }
  });
  return best;
}

function end(points: readonly Named[], at: number): Named {
  return points.at(at) ?? { x: 0, y: 0, label: "" };
}
