/**
 * `glassbox bench`: how fast ours is beside another library, both sides in turns in one run.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/01-tokens.ipynb
 */
import { parseArgs } from "node:util";

import { engineName } from "../backend/engine.ts";
import type { Benchmark, BenchmarkOption, BenchmarkOptions } from "../bench/benchmark.ts";
import { benchmarkFolder, findBenchmark, listBenchmarks } from "../bench/list.ts";
import {
  comparisonTable,
  findingsText,
  headText,
  machine,
  reportJson,
  tablesText,
  versionsText,
} from "../bench/report.ts";
import { ConfigError } from "../core/errors.ts";
import { engineOption } from "./terminal/engine-option.ts";
import { ProgressLine } from "./terminal/progress-line.ts";
import { exitStatus, type Terminal } from "./terminal/terminal.ts";

/** One line for the list of commands. */
export const summary = "how fast we are beside other libraries";

const USAGE = `glassbox bench --list                which benchmarks there are
glassbox bench NAME [--rounds N]     run one and print its table; both sides take turns, N rounds each
  jit, train, generate and losses take more:
                  --against torch    PyTorch as well (installed on first use: 200 MB to load, 3 GB with CUDA)
                  --threads N        threads of every side, 1 by default
                  --engine NAME      tensorflow, wasm or cpu
  train, generate and losses: NAME PRESET for another model, such as shakespeare or gpt2
--json: everything, with the time of each round, for programs.
The libraries of Python that some compare with are installed on first use, below .cache or GLASSBOX_CACHE (350 MB).
`;

/** Runs the command with what follows `bench` on its line; resolves with the exit status. `folder` holds the benchmarks. */
export async function run(
  argv: string[],
  terminal: Terminal = process,
  folder: string = benchmarkFolder(),
): Promise<number> {
  return exitStatus(terminal, async () => {
    const line = parse(argv);
    if (line.help) {
      terminal.stdout.write(USAGE);
      return 0;
    }
    const all = await listBenchmarks(folder);
    if (line.list) {
      terminal.stdout.write(listed(all, line.json));
      return 0;
    }
    await runOne(findBenchmark(all, line.name), line, terminal);
    return 0;
  });
}

async function runOne(benchmark: Benchmark, line: Line, terminal: Terminal): Promise<void> {
  const rounds = line.rounds ?? benchmark.rounds;
  const { stdout, stderr } = terminal;
  const progress = new ProgressLine(benchmark.name, stderr);
  const options = optionsFor(benchmark, line);
  const result = await benchmark
    .run({ ...options, rounds, onProgress: (done, what) => progress.at(done, what) })
    .finally(() => progress.end());
  if (line.json) {
    stdout.write(`${reportJson(benchmark.name, result, machine())}\n`);
    return;
  }
  stdout.write(`${headText(machine())}; ${versionsText(result)}.\n`);
  const { preset, ...others } = options;
  const told = Object.entries(others).map(([name, value]) => ` --${name} ${value}`);
  const name = [benchmark.name, ...(preset === undefined ? [] : [preset])].join(" ");
  stdout.write(`npx glassbox bench ${name}${told.join("")} --rounds ${rounds}\n\n`);
  stdout.write(comparisonTable(result.comparisons));
  stdout.write(tablesText(result.tables));
  const findings = findingsText(result.comparisons);
  if (findings !== "") stdout.write(`\n${findings}`);
}

/** What the line says beside the rounds; throws `ConfigError` for what this benchmark does not understand. */
function optionsFor(
  { name, takes = [] }: Benchmark,
  { options }: Line,
): Pick<BenchmarkOptions, BenchmarkOption> {
  const unknown = Object.keys(options).find((option) => !takes.includes(option as BenchmarkOption));
  if (unknown === undefined) return options;
  const said = unknown === "preset" ? "PRESET" : `--${unknown}`;
  throw refusal(`expected no ${said} for ${name}, which does not take it`);
}

interface Line {
  readonly help: boolean;
  readonly list: boolean;
  readonly json: boolean;
  readonly name: string;
  readonly rounds: number | undefined;
  readonly options: Pick<BenchmarkOptions, BenchmarkOption>;
}

function parse(argv: string[]): Line {
  const { values, positionals } = parsed(argv);
  const { help = false, list = false, json = false } = values;
  const rounds = wholeNumber("rounds", values.rounds);
  const { against, engine } = values;
  const [name = "", preset] = positionals;
  const threads = wholeNumber("threads", values.threads);
  const options = {
    ...(preset !== undefined && { preset }),
    ...(against !== undefined && { against }),
    ...(threads !== undefined && { threads }),
    ...(engine !== undefined && { engine: engineName("glassbox bench --engine", engine) }),
  };
  const line = { help, list, json, name, rounds, options };
  if (help || (list && positionals.length === 0)) return line;
  if (list || positionals.length < 1 || positionals.length > 2) {
    throw refusal(`expected one NAME, or --list, got "${argv.join(" ")}"`);
  }
  return line;
}

function parsed(argv: string[]): ReturnType<typeof parseLine> {
  try {
    return parseLine(argv);
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error));
  }
}

function parseLine(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      list: { type: "boolean" },
      json: { type: "boolean" },
      rounds: { type: "string" },
      against: { type: "string" },
      threads: { type: "string" },
      engine: engineOption,
    },
  });
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw refusal(`expected a whole number from 1 after --${option}, got "${text}"`);
}

function refusal(problem: string): ConfigError {
  return new ConfigError(`glassbox bench: ${problem} (glassbox bench --help)`);
}

function listed(all: readonly Benchmark[], json: boolean): string {
  const rows = all.map(({ name, summary, minutes, rounds }) => ({
    name,
    summary,
    minutes,
    rounds,
  }));
  if (json) return `${JSON.stringify(rows)}\n`;
  return all
    .map(
      ({ name, summary, minutes, rounds }) =>
        `${name}: ${summary}; ${rounds} rounds, about ${minutes} min\n`,
    )
    .join("");
}
