/**
 * One side of the benchmark of writing: a process that writes a text at each turn.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/12-gpt.ipynb
 */
import type { AnsweringProcess, Json } from "../answering-process.ts";
import type { GptSide } from "./sides.ts";

/** Writes in its own process; `end` it in any case. */
export class WritingSide {
  readonly name: string;
  /** The last text. */
  ids: readonly number[] = [];
  /** The seconds of each token, for each text. */
  tokens: (readonly number[])[] = [];
  /** The most memory that was resident, in MB. */
  memory = 0;
  readonly #side: GptSide;
  #process: AnsweringProcess | undefined;

  constructor(side: GptSide) {
    this.name = side.name;
    this.#side = side;
  }

  /** Reads the weights and compiles. */
  async open(about: Json): Promise<void> {
    this.#process = this.#side.start();
    await this.#process.ask({ do: "open", for: "writing", ...about, ...this.#side.how });
  }

  /** Writes so many tokens after a prompt; resolves with the seconds of all of them. */
  async write(text: {
    readonly prompt: readonly number[];
    readonly tokens: number;
  }): Promise<number> {
    const answer = await (this.#process as AnsweringProcess).ask({ do: "write", ...text });
    const seconds = answer.seconds as readonly number[];
    this.tokens.push(seconds);
    this.ids = answer.ids as readonly number[];
    this.memory = answer.memory as number;
    return seconds.reduce((sum, each) => sum + each, 0);
  }

  /** Texts so far were to warm up. */
  forgetTimes(): void {
    this.tokens = [];
  }

  async end(): Promise<void> {
    await this.#process?.end();
  }
}
