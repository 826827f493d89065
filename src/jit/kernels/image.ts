/**
 * Kernels for pictures: other sizes, crops, mirror images, and blocks moved between space, depth and batch.
 *
 * Axes:    B batch, H height, W width, C channels
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Images
 * Chapter: notebooks/00-start.ipynb
 */
import type { Attributes } from "../graph.ts";
import { numberOf, numbersForAxes, numbersOf, pairsOf, textOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { first, likeFirst, second } from "./input-types.ts";

/** (B, H, W, C) to the size that the attributes name. */
function resized(shape: readonly number[], attributes: Attributes): readonly number[] {
  const [height, width] = numbersForAxes(attributes, "size", 2) as [number, number];
  return [shape[0] as number, height, width, shape[3] as number];
}

/** Blocks of r × r places become r² channels fewer: (B, H, W, C) to (B, rH, rW, C / r²). */
function withoutDepth(shape: readonly number[], attributes: Attributes): readonly number[] {
  const block = numberOf(attributes, "blockSize");
  const [batch, ...rest] = shape as [number, number, number, number];
  if (textOf(attributes, "dataFormat") === "NCHW") {
    const [channels, height, width] = rest;
    return [batch, channels / block ** 2, height * block, width * block];
  }
  const [height, width, channels] = rest;
  return [batch, height * block, width * block, channels / block ** 2];
}

/** Blocks of the axes after the batch become entries of the batch, once they are padded. */
function toBatch(shape: readonly number[], attributes: Attributes): readonly number[] {
  const blocks = numbersOf(attributes, "blockShape");
  const lengths = pairsOf(attributes, "paddings").map(
    ([before, after], axis) =>
      (before + (shape[axis + 1] as number) + after) / (blocks[axis] as number),
  );
  const batch = blocks.reduce((product, block) => product * block, shape[0] as number);
  return [batch, ...lengths, ...shape.slice(1 + blocks.length)];
}

/** The way back: entries of the batch become blocks of the axes after it, which are then cropped. */
function fromBatch(shape: readonly number[], attributes: Attributes): readonly number[] {
  const blocks = numbersOf(attributes, "blockShape");
  const lengths = pairsOf(attributes, "crops").map(
    ([before, after], axis) =>
      (shape[axis + 1] as number) * (blocks[axis] as number) - before - after,
  );
  const batch = blocks.reduce((quotient, block) => quotient / block, shape[0] as number);
  return [batch, ...lengths, ...shape.slice(1 + blocks.length)];
}

function blocks(name: string, shapeOf: typeof toBatch): Kernel {
  return {
    name,
    inputs: ["x"],
    outputs: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      return [{ shape: shapeOf(shape, attributes), dtype }];
    },
  };
}

/** Resizing, crops, mirror images, and blocks moved between space, depth and batch. */
export const image: readonly Kernel[] = [
  blocks("BatchToSpaceND", fromBatch),
  blocks("DepthToSpace", withoutDepth),
  blocks("SpaceToBatchND", toBatch),
  {
    name: "CropAndResize",
    inputs: ["image", "boxes", "boxInd"],
    outputs: (inputs, attributes) => {
      const [height, width] = numbersForAxes(attributes, "cropSize", 2) as [number, number];
      const shape = [
        second(inputs).shape[0] as number,
        height,
        width,
        first(inputs).shape[3] as number,
      ];
      return [{ shape, dtype: "float32" }];
    },
  },
  { name: "FlipLeftRight", inputs: ["image"], outputs: likeFirst },
  // Means of neighbours are real, whatever the picture is made of.
  {
    name: "ResizeBilinear",
    inputs: ["images"],
    outputs: (inputs, attributes) => [
      { shape: resized(first(inputs).shape, attributes), dtype: "float32" },
    ],
  },
  { name: "ResizeBilinearGrad", inputs: ["images", "dy"], outputs: likeFirst },
  {
    name: "ResizeNearestNeighbor",
    inputs: ["images"],
    outputs: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      return [{ shape: resized(shape, attributes), dtype }];
    },
  },
  { name: "ResizeNearestNeighborGrad", inputs: ["images", "dy"], outputs: likeFirst },
];
