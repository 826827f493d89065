/**
 * Our side of the benchmark of the compiler, in a process of its own: TensorFlow reads its threads when it is loaded.
 *
 * One question a line of JSON on stdin, one answer a line on stdout:
 *
 *     {"do": "open", "network", "folder", "engine", "compiled"}  -> {"engine", "version", "device", "seconds"}
 *     {"do": "steps", "count"}                                  -> {"seconds": [each], "losses": [each], "memory"}
 *
 * `seconds` of open is what compiling took: trace, graph, and first run. `memory` is the most that was resident, in MB.
 *
 * Source:  https://jsonlines.org
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine, type EngineName } from "../../backend/engine.ts";
import { DataError } from "../../core/errors.ts";
import { compile } from "../../jit/compile.ts";
import { answerLines, mostMemory } from "../answer-lines.ts";
import type { Json } from "../answering-process.ts";
import type { TrainingStep } from "./network.ts";
import { networks } from "./networks.ts";
import { readTask, type Task } from "./task.ts";

interface Open {
  readonly do: "open";
  readonly network: string;
  readonly folder: string;
  readonly engine: EngineName;
  readonly compiled: boolean;
}

interface Steps {
  readonly do: "steps";
  readonly count: number;
}

let task: Task | undefined;
let train: TrainingStep | undefined;
let done = 0;

async function open({ network, folder, engine, compiled }: Open): Promise<Json> {
  const { name, version, device } = await useEngine(engine);
  const make = networks[network];
  if (!make)
    throw new DataError(`worker: expected ${Object.keys(networks).join(", ")}, got ${network}`);
  const found = make();
  task = readTask(folder);
  const plain = found.build(task.weights);
  const start = performance.now();
  train = compiled ? await built(plain, task) : plain;
  return { engine: name, version, device, seconds: (performance.now() - start) / 1000 };
}

async function built(plain: TrainingStep, { batch }: Task): Promise<TrainingStep> {
  const step = compile(plain);
  const first = batch(0);
  await step.ready(...first);
  tf.dispose([...first]);
  return step;
}

/** A step is the batch's upload, the training and the reading of the loss. */
function steps({ count }: Steps): Json {
  const { batch } = task as Task;
  const seconds: number[] = [];
  const losses: number[] = [];
  for (let each = 0; each < count; each++) {
    const start = performance.now();
    const tensors = batch(done++);
    const loss = tf.tidy(() => (train as TrainingStep)(...tensors).dataSync()[0] as number);
    tf.dispose([...tensors]);
    seconds.push((performance.now() - start) / 1000);
    losses.push(loss);
  }
  return { seconds, losses, memory: mostMemory() };
}

/** Answers every line of stdin until it ends. */
export async function answerAll(): Promise<void> {
  await answerLines((asked) => {
    const question = asked as unknown as Open | Steps;
    return question.do === "open" ? open(question) : steps(question);
  });
}
