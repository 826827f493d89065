/** A run so small that a test can do it many times: a model of 5,000 weights, a text with a rule to learn. */
import { Random } from "../../src/core/random.ts";
import { splitCorpus, type Corpus } from "../../src/data/split.ts";
import { gptPresets } from "../../src/models/gpt-presets.ts";
import type { GptConfig } from "../../src/models/gpt.ts";
import type { TrainConfig } from "../../src/train/config.ts";
import type { TrainEvent } from "../../src/train/events.ts";

export const smallModel: GptConfig = {
  ...gptPresets.tiny,
  vocabulary: 8,
  context: 8,
  layers: 1,
  channels: 16,
  deviation: 0.25,
};

export const smallTraining: TrainConfig = {
  steps: 12,
  batch: 4,
  accumulate: 1,
  learningRate: 1e-2,
  warmUp: 2,
  floor: 1e-3,
  beta1: 0.9,
  beta2: 0.99,
  weightDecay: 0.1,
  clip: 1,
  seed: 1,
  evaluateEvery: 0,
  evaluateBatches: 2,
  sampleEvery: 0,
  checkpointEvery: 0,
};

/** Each id is the one before plus 1 or 2, around the circle of 8: ln 2 nats per token is the best that can be. */
export function smallCorpus(): Corpus {
  const random = new Random(5);
  let id = 0;
  const ids = Int32Array.from({ length: 500 }, () => (id = (id + 1 + random.integer(2)) % 8));
  return splitCorpus(ids);
}

/** All events of a run, without what a clock measured. */
export async function eventsOf(events: AsyncIterable<TrainEvent>): Promise<TrainEvent[]> {
  const all: TrainEvent[] = [];
  for await (const event of events) {
    all.push(event.type === "step" ? { ...event, tokensPerSecond: 0 } : event);
  }
  return all;
}
