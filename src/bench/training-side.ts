/**
 * One side of a benchmark of training: a process that trains, a group of steps at each turn.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { AnsweringProcess, Json } from "./answering-process.ts";
import type { SideTimes } from "./rounds.ts";

/** Trains in its own process; `end` it in any case. */
export class TrainingSide {
  readonly name: string;
  /** Of every step, from the first. */
  readonly losses: number[] = [];
  /** The most memory that was resident, in MB. */
  memory = 0;
  /** What compiling took, in seconds. */
  compiling = 0;
  /** From the start of its process to its first loss, in seconds. */
  firstLoss = 0;
  readonly #start: () => AnsweringProcess;
  readonly #how: Json;
  #process: AnsweringProcess | undefined;
  #seconds: number[] = [];

  /** `start` starts the process when the side is opened; `how` is what this side alone is told then. */
  constructor(name: string, start: () => AnsweringProcess, how: Json) {
    this.name = name;
    this.#start = start;
    this.#how = how;
  }

  /** Reads what was written into the folder, compiles the step if it is to, and makes the first one. */
  async open(about: Json): Promise<void> {
    const start = performance.now();
    this.#process = this.#start();
    const answer = await this.#process.ask({ do: "open", ...about, ...this.#how });
    this.compiling = answer.seconds as number;
    await this.steps(1);
    this.firstLoss = (performance.now() - start) / 1000;
  }

  /** Trains on; resolves with the seconds of all these steps. */
  async steps(count: number): Promise<number> {
    const answer = await (this.#process as AnsweringProcess).ask({ do: "steps", count });
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

  async end(): Promise<void> {
    await this.#process?.end();
  }
}
