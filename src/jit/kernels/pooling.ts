/**
 * The largest or the mean element of each window of a picture or a volume, and the gradients.
 *
 * Source:  https://js.tensorflow.org/api/latest/#maxPool
 * Chapter: notebooks/00-start.ipynb
 */
import type { Attributes } from "../graph.ts";
import type { Kernel } from "./kernel.ts";
import { first, second } from "./input-types.ts";
import { pooling2D, pooling3D } from "./window.ts";

type ShapeOf = (shape: readonly number[], attributes: Attributes) => readonly number[];

const pictures: ShapeOf = (shape, attributes) => pooling2D(shape, attributes).outShape;
const volumes: ShapeOf = (shape, attributes) => pooling3D(shape, attributes).outShape;

/** A pooling and its gradient; that of the largest element wants to know which it was. */
function pool(name: string, shapeOf: ShapeOf): readonly Kernel[] {
  const isLargest = name.startsWith("Max");
  return [
    {
      name,
      inputs: ["x"],
      outputs: (inputs, attributes) => {
        const { shape, dtype } = first(inputs);
        return [{ shape: shapeOf(shape, attributes), dtype }];
      },
    },
    {
      name: `${name}Grad`,
      inputs: isLargest ? ["dy", "input", "output"] : ["dy", "input"],
      outputs: (inputs) => [second(inputs)],
    },
  ];
}

/** The largest and the mean element of each window, and their gradients. */
export const pooling: readonly Kernel[] = [
  ...pool("AvgPool", pictures),
  ...pool("AvgPool3D", volumes),
  ...pool("MaxPool", pictures),
  ...pool("MaxPool3D", volumes),
];
