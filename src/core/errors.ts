/**
 * The three errors this library throws. A message says who refused, what was expected, what came.
 *
 * Source:  style of tinygrad and p-map: "expected …, got …", then what to do
 * Chapter: notebooks/00-start.ipynb
 */

/** A tensor or an array has another shape than the function documents. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** An option is unknown, out of range, or contradicts another one. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Data, such as a file, a download or the rows of a plot, is missing, damaged or not of the form needed. */
export class DataError extends Error {
  override readonly name = "DataError";
}
