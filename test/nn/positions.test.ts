import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { rotate, sinusoids } from "../../src/nn/positions.ts";

beforeAll(() => useEngine("cpu"));

describe("sinusoids", () => {
  it("are sine and cosine in turns, each pair slower than the one before", () => {
    const rows = sinusoids(3, 4).arraySync();
    // Speeds 1 and 10000^(−2/4) = 1/100.
    const expected = [0, 1, 2].map((t) => [
      Math.sin(t),
      Math.cos(t),
      Math.sin(t / 100),
      Math.cos(t / 100),
    ]);
    rows.flat().forEach((each, i) => expect(each).toBeCloseTo(expected.flat()[i]!, 6));
  });

  it("go in pairs", () => {
    expect(() => sinusoids(4, 3)).toThrow(
      "sinusoids: expected an even number of channels, for they go in pairs, got 3",
    );
  });
});

describe("rotary positions", () => {
  const D = 6;
  const vector = (seed: number): tf.Tensor4D =>
    tf.randomNormal<tf.Rank.R4>([1, 1, 1, D], 0, 1, "float32", seed);
  const [q, k] = [vector(1), vector(2)];
  const at = (x: tf.Tensor4D, t: number): tf.Tensor4D => rotate(x, tf.tensor1d([t], "int32"));
  const score = (i: number, j: number): number =>
    tf.sum(tf.mul(at(q, i), at(k, j))).arraySync() as number;

  it("turn channel i with channel i + D/2: a quarter turn by hand", () => {
    // D = 2 has one pair, of speed 1: (1, 0) at t becomes (cos t, sin t).
    const turned = rotate(tf.tensor4d([1, 0], [1, 1, 1, 2]), tf.tensor1d([2], "int32"));
    const [first, second] = turned.dataSync() as unknown as [number, number];
    expect([first, second].map((each) => each.toFixed(6))).toEqual(
      [Math.cos(2), Math.sin(2)].map((each) => each.toFixed(6)),
    );
  });

  it("make the score depend on the distance alone", () => {
    expect(score(7, 3)).toBeCloseTo(score(104, 100), 4);
    expect(Math.abs(score(7, 3) - score(8, 3))).toBeGreaterThan(0.01);
  });

  it("keep lengths, and leave position 0 as it is", () => {
    const length = (x: tf.Tensor): number => tf.norm(x).arraySync() as number;
    expect(length(at(q, 50))).toBeCloseTo(length(q), 5);
    expect(Array.from(at(q, 0).dataSync())).toEqual(Array.from(q.dataSync()));
  });

  it("take a position for each row", () => {
    const both = tf.concat<tf.Tensor4D>([q, q], 0);
    const turned = rotate(both, tf.tensor2d([4, 9], [2, 1], "int32"));
    const expected = tf.concat([at(q, 4), at(q, 9)], 0);
    expect(Array.from(turned.dataSync())).toEqual(Array.from(expected.dataSync()));
  });

  it("refuse an odd head and positions of another length", () => {
    const one = tf.tensor1d([0], "int32");
    expect(() => rotate(tf.zeros([1, 1, 1, 3]), one)).toThrow(
      "rotate: expected an even number of channels, for they go in pairs, got 3",
    );
    expect(() => rotate(tf.zeros([2, 1, 4, 2]), one)).toThrow(
      "rotate: expected positions of shape (4) or (2, 4), got (1)",
    );
  });

  it("leave one tensor behind", () => {
    const positions = tf.tensor1d([3], "int32");
    const before = tf.memory().numTensors;
    tf.dispose([rotate(q, positions), sinusoids(3, 4)]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
