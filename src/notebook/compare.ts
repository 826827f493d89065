/**
 * Where two values differ, and by how much.
 *
 * Numbers count as equal within a tolerance, in arrays, typed arrays, nested ones, records, Maps, and
 * in whatever has a `shape` and an `arraySync()`, as tensors do.
 *
 * Source:  numpy.allclose: |got - expected| <= absolute + relative * |expected|
 * Chapter: notebooks/00-start.ipynb
 */

/** Two values at one place; the path reads like code: `[2].name`. */
export interface Difference {
  readonly path: string;
  readonly got: unknown;
  readonly expected: unknown;
}

/** All that differs between two values. */
export interface Comparison {
  /** How many single values were compared, and how many of them differ. */
  readonly total: number;
  readonly differing: number;
  readonly first: Difference | undefined;
  /** The place of the largest difference between two numbers. */
  readonly largest: { readonly path: string; readonly by: number } | undefined;
}

/** How far two numbers may be apart and count as equal, in both measures. Default: 1e-6, enough for 32-bit floats of ordinary size. */
export const TOLERANCE = 1e-6;

/** Compares `got` with `expected`, part by part. */
export function compare(
  got: unknown,
  expected: unknown,
  tolerance: number = TOLERANCE,
): Comparison {
  const found: Difference[] = [];
  let largest: { path: string; by: number } | undefined;
  let total = 0;

  const visit = (path: string, gotRaw: unknown, expectedRaw: unknown): void => {
    const [a, b] = [plain(gotRaw), plain(expectedRaw)];
    if (typeof a === "number" && typeof b === "number") {
      total++;
      if (near(a, b, tolerance)) return;
      found.push({ path, got: a, expected: b });
      const by = Math.abs(a - b);
      if (largest === undefined || by > largest.by) largest = { path, by };
    } else if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
      a.forEach((part: unknown, i) => visit(`${path}[${String(i)}]`, part, b[i]));
    } else if (isRecord(a) && isRecord(b) && sameKeys(a, b)) {
      for (const key of Object.keys(b)) visit(`${path}.${key}`, a[key], b[key]);
    } else {
      total++;
      if (!Object.is(a, b)) found.push({ path, got: a, expected: b });
    }
  };
  visit("", got, expected);
  return { total, differing: found.length, first: found[0], largest };
}

function near(got: number, expected: number, tolerance: number): boolean {
  if (Object.is(got, expected)) return true;
  return Math.abs(got - expected) <= tolerance + tolerance * Math.abs(expected);
}

/** Arrays and records of what comes in another form. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<unknown>);
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  if (value instanceof Set) return [...(value as Set<unknown>)];
  if (isTensor(value)) return value.arraySync();
  return value;
}

function isTensor(value: unknown): value is { arraySync: () => unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    "shape" in value &&
    Array.isArray(value.shape) &&
    "arraySync" in value &&
    typeof value.arraySync === "function"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sameKeys(a: object, b: object): boolean {
  const keys = Object.keys(b);
  return keys.length === Object.keys(a).length && keys.every((key) => Object.hasOwn(a, key));
}
