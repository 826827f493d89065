/**
 * Sizes, crops, mirror images and blocks of pictures in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/ResizeBilinear
 * Chapter: notebooks/00-start.ipynb
 */
import {
  flagOf,
  numberOf,
  numbersForAxes,
  numbersOf,
  pairsOf,
  textOf,
} from "../kernels/attributes.ts";
import {
  boolAttribute,
  floatAttribute,
  intAttribute,
  stringAttribute,
  typeAttribute,
} from "./attr-value.ts";
import type { Call, Lowering } from "./kernel-lowering.ts";
import { firstOf, operand, pairs, plain, refsOf, typeOfFirst } from "./operands.ts";

function corners({ attributes }: Call): ReturnType<typeof boolAttribute> {
  return boolAttribute("align_corners", flagOf(attributes, "alignCorners"));
}

function resize(operation: string): Lowering {
  return (call) => {
    const { graph, attributes } = call;
    const halves = boolAttribute("half_pixel_centers", flagOf(attributes, "halfPixelCenters"));
    const size = graph.ints(numbersForAxes(attributes, "size", 2));
    const told = [typeOfFirst(call), corners(call), halves];
    return [graph.operation(operation, told, [firstOf(call).ref, size])];
  };
}

/** Blocks to or from the batch; `borders` is what the kernel calls what it adds or cuts off. */
function blocks(operation: string, borders: string): Lowering {
  return (call) => {
    const { graph, attributes } = call;
    const shape = graph.ints(numbersOf(attributes, "blockShape"));
    const told = [
      typeOfFirst(call),
      typeAttribute("Tblock_shape", "int32"),
      typeAttribute(`T${borders}`, "int32"),
    ];
    const inputs = [firstOf(call).ref, shape, pairs(graph, pairsOf(attributes, borders))];
    return [graph.operation(operation, told, inputs)];
  };
}

/** Resizing, crops, mirror images, and blocks moved between space, depth and batch, lowered. */
export const image: Readonly<Record<string, Lowering>> = {
  BatchToSpaceND: blocks("BatchToSpaceND", "crops"),
  CropAndResize: (call) => {
    const { graph, attributes } = call;
    const told = [
      typeOfFirst(call),
      stringAttribute("method", textOf(attributes, "method")),
      floatAttribute("extrapolation_value", numberOf(attributes, "extrapolationValue")),
    ];
    const size = graph.ints(numbersForAxes(attributes, "cropSize", 2));
    return [graph.operation("CropAndResize", told, [...refsOf(call), size])];
  },
  DepthToSpace: plain("DepthToSpace", ({ attributes }) => [
    intAttribute("block_size", numberOf(attributes, "blockSize")),
    stringAttribute("data_format", textOf(attributes, "dataFormat")),
  ]),
  // Axis 2 is the width.
  FlipLeftRight: (call) => {
    const told = [typeOfFirst(call), typeAttribute("Tidx", "int32")];
    return [call.graph.operation("ReverseV2", told, [firstOf(call).ref, call.graph.ints([2])])];
  },
  ResizeBilinear: resize("ResizeBilinear"),
  // The eager kernels pass no halfPixelCenters on to the gradients.
  ResizeBilinearGrad: (call) => {
    const inputs = [operand(call, "dy").ref, operand(call, "images").ref];
    return [call.graph.operation("ResizeBilinearGrad", [typeOfFirst(call), corners(call)], inputs)];
  },
  ResizeNearestNeighbor: resize("ResizeNearestNeighbor"),
  ResizeNearestNeighborGrad: (call) => {
    const [dy, images] = [operand(call, "dy"), operand(call, "images")];
    const size = call.graph.ints(images.type.shape.slice(1, 3));
    const told = [typeOfFirst(call), corners(call)];
    return [call.graph.operation("ResizeNearestNeighborGrad", told, [dy.ref, size])];
  },
  SpaceToBatchND: blocks("SpaceToBatchND", "paddings"),
};
