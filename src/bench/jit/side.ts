/**
 * One side of the benchmark of the compiler: a process that trains, a group of steps at each turn.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/00-start.ipynb
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { EngineName } from "../../backend/engine.ts";
import { packageRoot } from "../../core/package-root.ts";
import { AnsweringProcess, type Json } from "../answering-process.ts";
import type { SideTimes } from "../rounds.ts";

/** Trains in its own process; `end` it in any case. */
export class TrainingSide {
  readonly name: string;
  /** Of every step, from the first. */
  readonly losses: number[] = [];
  /** The most memory that was resident, in MB. */
  memory = 0;
  /** What compiling took, in seconds. */
  compiling = 0;
  readonly #process: AnsweringProcess;
  readonly #how: Json;
  #seconds: number[] = [];

  /** `how` is what this side alone is told when it is opened. */
  constructor(name: string, process: AnsweringProcess, how: Json) {
    this.name = name;
    this.#process = process;
    this.#how = how;
  }

  /** Reads the network that `writeTask` wrote into the folder, and compiles it if it is to. */
  async open(network: string, folder: string): Promise<void> {
    const answer = await this.#process.ask({ do: "open", network, folder, ...this.#how });
    this.compiling = answer.seconds as number;
  }

  /** Trains on; resolves with the seconds of all these steps. */
  async steps(count: number): Promise<number> {
    const answer = await this.#process.ask({ do: "steps", count });
    const seconds = answer.seconds as readonly number[];
    this.#seconds.push(...seconds);
    this.losses.push(...(answer.losses as readonly number[]));
    this.memory = answer.memory as number;
    return seconds.reduce((sum, each) => sum + each, 0);
  }

  /** Steps so far were to warm up: their losses count, their times do not. */
  forgetTimes(): void {
    this.#seconds = [];
  }

  /** The seconds of each step. */
  times(): SideTimes {
    return { name: this.name, seconds: this.#seconds };
  }

  end(): Promise<void> {
    return this.#process.end();
  }
}

/** A process of Node that trains with this library, its threads set before TensorFlow is loaded. */
export function ourProcess(threads: number): AnsweringProcess {
  // From the build: Node 20 reads no TypeScript.
  const script = join(packageRoot(), "dist", "src", "bench", "jit", "worker.js");
  const start = `import(${JSON.stringify(pathToFileURL(script).href)}).then(({ answerAll }) => answerAll())`;
  return new AnsweringProcess({
    name: script,
    command: [process.execPath, "--eval", start],
    // Operations side by side, each on one thread: the fastest way for a graph of many small ones.
    env: { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: String(threads) },
  });
}

/** Our two sides: the step compiled, and as it is written. */
export function ourSides({
  threads,
  engine,
}: {
  readonly threads: number;
  readonly engine: EngineName;
}): readonly [TrainingSide, TrainingSide] {
  const side = (name: string, compiled: boolean): TrainingSide =>
    new TrainingSide(name, ourProcess(threads), { engine, compiled });
  return [side("compiled", true), side("eager", false)];
}

/** The engine by which our sides compute unless another is named. */
export const DEFAULT_ENGINE: EngineName = "tensorflow";
