import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";

import { expectAsOnCpu, useWasm } from "./both-engines.ts";

it("tf.oneHot makes truth values, and writes over nothing else", async () => {
  const ids = tf.tensor1d([3, 0, 7, -1, 2], "int32");
  await expectAsOnCpu(() => tf.oneHot(ids, 8, 1, 0, "bool"));
  await useWasm();
  const many = tf.tensor1d(
    Array.from({ length: 1000 }, (_, n) => n % 8),
    "int32",
  );
  // What is made next lies behind it.
  const before = tf.memory().numTensors;
  const [first, second] = [tf.oneHot(many, 8, 1, 0, "bool"), tf.ones([8000])];
  const again = tf.oneHot(many, 8, 1, 0, "bool");
  expect(second.dataSync()).toEqual(new Float32Array(8000).fill(1));
  expect(again.dataSync()).toEqual(first.dataSync());
  expect(first.sum().dataSync()[0]).toBe(1000);
  expect(tf.memory().numTensors).toBe(before + 4);
});
