/**
 * What a benchmark is: comparisons of ours with another library that does the same work.
 *
 * One benchmark is one file of this folder with one constant `benchmark` named like the file; `glassbox bench` finds it
 * there, and nothing is registered.
 *
 * Source:  https://www.npmjs.com/package/tinybench, on what such a report should hold
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { EngineName } from "../backend/engine.ts";
import type { SideTimes } from "./rounds.ts";

/** The same work, done by ours and by theirs. */
export interface Comparison {
  /** The work: "encode cl100k_base, English, warm". */
  readonly work: string;
  /** How much is worked on in one round, in `unit`: the report says so many a second. */
  readonly amount: number;
  /** "MB", "words". */
  readonly unit: string;
  readonly ours: SideTimes;
  /** Absent where ours is timed alone. */
  readonly theirs?: SideTimes;
  /** What else was compared, a sentence each: whether the results are equal, and how near they are. */
  readonly findings: readonly string[];
}

/** What a benchmark may be told beside its rounds. */
export type BenchmarkOption = "preset" | "against" | "threads" | "engine";

export interface BenchmarkOptions {
  /** How often each side works. */
  readonly rounds: number;
  /** Which model: the name of a preset. */
  readonly preset?: string;
  /** Another program to compare with, that one must ask for: "torch". */
  readonly against?: string;
  /** On how many threads every side computes. */
  readonly threads?: number;
  /** The engine by which our side computes. */
  readonly engine?: EngineName;
  /** Called now and then with the part that is done, 0 to 1, and what is being done. */
  readonly onProgress?: (done: number, what: string) => void;
}

/** Numbers that are no times of a whole work. */
export interface BenchmarkTable {
  /** What it shows: "milliseconds a token, by its place in the text". */
  readonly title: string;
  /** The first row names the columns. */
  readonly rows: readonly (readonly string[])[];
}

export interface BenchmarkResult {
  readonly comparisons: readonly Comparison[];
  readonly tables?: readonly BenchmarkTable[];
  /** Of each library and language that took part, by name: { python: "3.11.7", "gpt-tokenizer": "4.0.0" }. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface Benchmark {
  /** Like the file: "tokenizer". */
  readonly name: string;
  /** One line: what is compared with what. */
  readonly summary: string;
  /** Rounds when nobody says how many. */
  readonly rounds: number;
  /** Minutes that it takes with these rounds, measured on two cores. */
  readonly minutes: number;
  /** The options that it understands; none when absent. */
  readonly takes?: readonly BenchmarkOption[];
  readonly run: (options: BenchmarkOptions) => Promise<BenchmarkResult>;
}
