import { expect, test } from "vitest";

import { torchSides } from "../../../src/bench/jit/sides.ts";

test.each([
  ["gpt", [], ["PyTorch", "torch.compile"]],
  ["lstm", [], ["PyTorch", "torch.compile", "nn.LSTM"]],
  ["lstm", ["torch.compile is left out"], ["PyTorch", "nn.LSTM"]],
])("%s, with %j said before, has PyTorch's sides %j", async (name, leftOut, expected) => {
  const torch = { python: process.execPath, versions: {}, leftOut };
  const sides = torchSides(torch, { name, folder: "no-folder", threads: 1 });
  try {
    expect(sides.map((side) => side.name)).toEqual(expected);
  } finally {
    await Promise.all(sides.map((side) => side.end()));
  }
});
