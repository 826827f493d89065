/**
 * The lowering of every kernel of the table, by family.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import { defineLowering } from "./lowering-table.ts";
import { pointwise } from "./pointwise.ts";

for (const family of [pointwise]) {
  for (const [kernel, lowering] of Object.entries(family)) defineLowering(kernel, lowering);
}
