/**
 * t-SNE: a map on which words that are neighbours in a hundred channels are neighbours on the page.
 *
 * Each point shares out a chance of 1 among the others, most of it to its nearest; on the map, distances give such
 * chances too. The map is moved until both agree. It keeps who is near; how far apart far groups lie means nothing.
 *
 * Axes:    n points, C channels
 * Source:  van der Maaten and Hinton (2008), https://www.jmlr.org/papers/v9/vandermaaten08a.html; the start from
 *          principal components and the rate: Kobak and Berens (2019), Belkina et al. (2019)
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { breathe } from "../core/interrupt.ts";
import { principalComponents } from "./principal-components.ts";

export interface NeighbourMapOptions {
  /** About how many neighbours count as near, at most n / 3. Default: 20. */
  readonly perplexity?: number;
  /** Moves of the whole map. Default: 500. */
  readonly steps?: number;
}

type Points = readonly ArrayLike<number>[];

/** Steps in which neighbours attract each other more, so that groups find together (section 3.4 of the paper). */
const GATHERING = 100;

/**
 * (n, 2) places for n points of C numbers; the same points give the same map.
 *
 * The time grows with n²: 400 points take about a second. Throws `ConfigError` for a perplexity that the number of
 * points does not allow, `Interrupted` after Stop.
 */
export async function neighbourMap(
  points: Points,
  { perplexity = 20, steps = 500 }: NeighbourMapOptions = {},
): Promise<Float64Array[]> {
  const n = points.length;
  if (!(perplexity >= 1 && perplexity <= n / 3)) {
    throw new ConfigError(
      `neighbourMap: expected a perplexity from 1 to a third of ${n} points, got ${perplexity}; give more points or a smaller one`,
    );
  }
  const wanted = sharedChances(points, perplexity);
  const map = firstMap(points);
  const speeds = map.map(() => new Float64Array(2));
  const gains = map.map(() => new Float64Array(2).fill(1));
  const rate = Math.max(n / 12, 50);
  for (let step = 0; step < steps; step++) {
    await breathe();
    const gathering = step < GATHERING;
    const gradient = mapGradient(map, wanted, gathering ? 4 : 1);
    for (let i = 0; i < n; i++) {
      for (let d = 0; d < 2; d++) {
        const slope = gradient[2 * i + d]!;
        // A coordinate that keeps its direction speeds up, one that swings slows down.
        const swings = slope > 0 === speeds[i]![d]! > 0;
        const gain = Math.max(0.01, swings ? gains[i]![d]! * 0.8 : gains[i]![d]! + 0.2);
        gains[i]![d] = gain;
        speeds[i]![d] = (gathering ? 0.5 : 0.8) * speeds[i]![d]! - rate * gain * slope;
        map[i]![d]! += speeds[i]![d]!;
      }
    }
  }
  return map;
}

/** The part of each point's `count` (default 10) nearest others that are among its nearest on the map too, from 0 to 1, mean. */
export function keptNeighbours(
  points: Points,
  map: Points,
  { count = 10 }: { readonly count?: number } = {},
): number {
  const before = squaredDistances(points);
  const after = squaredDistances(map);
  let kept = 0;
  before.forEach((row, i) => {
    const near = new Set(nearest(row, i, count));
    kept += nearest(after[i]!, i, count).filter((j) => near.has(j)).length;
  });
  return kept / (count * points.length);
}

function nearest(distances: Float64Array, self: number, count: number): number[] {
  const others = [...distances.keys()].filter((j) => j !== self);
  return others.sort((a, b) => distances[a]! - distances[b]!).slice(0, count);
}

/** The first two principal components, small: 0.01 is the deviation along the first. */
function firstMap(points: Points): Float64Array[] {
  const { places, variances } = principalComponents(points);
  const scale = variances[0]! > 0 ? 0.01 / Math.sqrt(variances[0]!) : 0;
  return places.map((place) => place.map((value) => value * scale));
}

/** (n · 2) How the disagreement (Kullback–Leibler, in nats) changes with each coordinate of the map. */
export function mapGradient(
  map: Points,
  wanted: readonly Float64Array[],
  attraction: number,
): Float64Array {
  const n = map.length;
  const nearness = new Float64Array(n * n); // 1 / (1 + d²), 0 for a point and itself
  let total = 0;
  for (let i = 0; i < n; i++) {
    const [x, y] = [map[i]![0]!, map[i]![1]!];
    for (let j = 0; j < i; j++) {
      const near = 1 / (1 + (x - map[j]![0]!) ** 2 + (y - map[j]![1]!) ** 2);
      nearness[i * n + j] = nearness[j * n + i] = near;
      total += 2 * near;
    }
  }
  const gradient = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const [x, y, row] = [map[i]![0]!, map[i]![1]!, wanted[i]!];
    for (let j = 0; j < n; j++) {
      const near = nearness[i * n + j]!;
      const pull = 4 * (attraction * row[j]! - near / total) * near;
      gradient[2 * i]! += pull * (x - map[j]![0]!);
      gradient[2 * i + 1]! += pull * (y - map[j]![1]!);
    }
  }
  return gradient;
}

/** (n, n) Chances that add up to 1 over all pairs, 0 on the diagonal: each point's own, made symmetric. */
export function sharedChances(points: Points, perplexity: number): Float64Array[] {
  const n = points.length;
  const own = squaredDistances(points).map((row, i) => chancesOf(row, i, perplexity));
  return own.map((row, i) => row.map((chance, j) => (chance + own[j]![i]!) / (2 * n)));
}

/** (n) Chances e^(−b d²) / Σ for the others, with the b that spreads them over as many as `perplexity` says. */
function chancesOf(squared: Float64Array, self: number, perplexity: number): Float64Array {
  const least = squared.reduce((low, d, j) => (j === self ? low : Math.min(low, d)), Infinity);
  let [low, high, b] = [0, Infinity, 1];
  let chances = squared;
  for (let halving = 0; halving < 60; halving++) {
    // Measured from the nearest, so that one of the powers is 1 and none overflows.
    const raised = squared.map((d, j) => (j === self ? 0 : Math.exp(-b * (d - least))));
    const sum = raised.reduce((total, value) => total + value, 0);
    chances = raised.map((value) => value / sum);
    const entropy = chances.reduce((h, p) => (p > 0 ? h - p * Math.log(p) : h), 0); // nats
    if (entropy > Math.log(perplexity)) low = b;
    else high = b;
    b = high === Infinity ? 2 * b : (low + high) / 2;
  }
  return chances;
}

function squaredDistances(points: Points): Float64Array[] {
  const rows = points.map(() => new Float64Array(points.length));
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let c = 0; c < points[i]!.length; c++) sum += (points[i]![c]! - points[j]![c]!) ** 2;
      rows[i]![j] = rows[j]![i] = sum;
    }
  }
  return rows;
}
