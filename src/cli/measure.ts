/**
 * `glassbox measure`: runs the experiments of the chapters, and measures the bands that the chapters show.
 *
 * Source:  Bouthillier et al. (2021), on variance between seeds, https://arxiv.org/abs/2103.03098
 * Chapter: notebooks/01-tokens.ipynb
 */
import { join } from "node:path";
import { parseArgs } from "node:util";

import { cacheFolder } from "../core/cache-folder.ts";
import { isInside } from "../core/band.ts";
import type { Band } from "../core/band.ts";
import { ConfigError } from "../core/errors.ts";
import { bandOf, bandPath, readBands } from "../experiments/bands.ts";
import { runExperiment } from "../experiments/experiment.ts";
import type { Experiment, Values } from "../experiments/experiment.ts";
import { writeEntry } from "../experiments/measure/band-file.ts";
import { FEWEST_SEEDS } from "../experiments/measure/band-rule.ts";
import { fingerprint } from "../experiments/measure/fingerprint.ts";
import { experimentFolder, findExperiment, listExperiments } from "../experiments/measure/list.ts";
import type { FoundExperiment } from "../experiments/measure/list.ts";
import { SavedSeeds } from "../experiments/measure/saved-seeds.ts";
import { bandsFrom, measureSeeds } from "../experiments/measure/seeds.ts";
import type { SeedEvent } from "../experiments/measure/seeds.ts";
import { listTable, spreadTable, valuesTable } from "./measure/tables.ts";
import { ProgressLine } from "./terminal/progress-line.ts";
import { exitStatus, type Terminal } from "./terminal/terminal.ts";

/** One line for the list of commands. */
export const summary = "run the experiments of the chapters, and measure their bands";

const USAGE = `glassbox measure --list                         which experiments there are
glassbox measure NAME --seed S                  run one with a seed; exit status 1 when a value is outside its band
glassbox measure NAME --seeds N                 run seeds 1 to N and show how far they spread
glassbox measure NAME --seeds N --write-band    and write the band into src/experiments/bands.json (N from ${FEWEST_SEEDS})
--json: for programs. Each seed is saved as it ends; an interrupted run goes on there.
A band reaches from the least to the greatest value, widened on each side by half its width; rates stay in 0 to 1.
`;

/** Where the experiments and their bands are; a test has its own. */
export interface Places {
  /** The folder of the experiments. */
  readonly experiments: string;
  /** The file of bands. */
  readonly bands: string;
  /** The folder in which seeds are saved. */
  readonly saved: string;
}

/** The places of the course. */
export function coursePlaces(): Places {
  return {
    experiments: experimentFolder(),
    bands: bandPath(),
    saved: join(cacheFolder(), "measure"),
  };
}

/** Runs the command with what follows `measure` on its line; resolves with the exit status. */
export async function run(
  argv: string[],
  terminal: Terminal = process,
  places: Places = coursePlaces(),
): Promise<number> {
  return exitStatus(terminal, async () => {
    const line = parse(argv);
    if (line.help) {
      terminal.stdout.write(USAGE);
      return 0;
    }
    const all = await listExperiments(places.experiments);
    if (line.list) return list(all, line.json, terminal);
    const found = findExperiment(all, line.name);
    return line.seed === undefined
      ? await measureSpread(found, line, terminal, places)
      : await measureOne(found.experiment, { seed: line.seed, json: line.json }, terminal, places);
  });
}

interface Line {
  readonly help: boolean;
  readonly list: boolean;
  readonly json: boolean;
  readonly name: string;
  readonly seed?: number;
  readonly seeds: number;
  readonly writeBand: boolean;
}

function parse(argv: string[]): Line {
  const { values, positionals } = parsed(argv);
  const { help = false, list = false, json = false } = values;
  const writeBand = values["write-band"] ?? false;
  const line = { help, list, json, name: positionals[0] ?? "", seeds: 0, writeBand };
  if (help) return line;
  const [seed, seeds] = [once("seed", values.seed), once("seeds", values.seeds)];
  if (list && positionals.length === 0) {
    const more = (["seed", "seeds", "write-band"] as const).filter((name) => name in values);
    if (more.length === 0) return line;
    throw refusal(`expected --list alone or with --json, got --${more.join(" and --")}`);
  }
  if (positionals.length !== 1 || list) {
    throw refusal(`expected one NAME, or --list, got "${argv.join(" ")}"`);
  }
  if ((seed === undefined) === (seeds === undefined)) {
    throw refusal(`expected --seed S or --seeds N, got ${seed === undefined ? "neither" : "both"}`);
  }
  if (seed !== undefined) {
    if (writeBand) throw refusal("expected --seeds N with --write-band, got --seed");
    return { ...line, seed: whole("--seed", seed, 0) };
  }
  const N = whole("--seeds", seeds ?? "", 1);
  if (writeBand && N < FEWEST_SEEDS) {
    throw refusal(`expected at least ${FEWEST_SEEDS} seeds for a band, got ${N}; ask for more`);
  }
  return { ...line, seeds: N };
}

/** The value of an option that is given once at most. */
function once(option: string, [value, ...more]: readonly string[] = []): string | undefined {
  if (more.length === 0) return value;
  throw refusal(`expected --${option} once, got it ${more.length + 1} times`);
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        list: { type: "boolean" },
        json: { type: "boolean" },
        // Read as many: of an option that was repeated by mistake, Node would keep the last value alone.
        seed: { type: "string", multiple: true },
        seeds: { type: "string", multiple: true },
        "write-band": { type: "boolean" },
      },
    });
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error));
  }
}

function whole(option: string, text: string, from: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= from) return number;
  throw refusal(`expected a whole number from ${from} after ${option}, got "${text}"`);
}

function refusal(problem: string): ConfigError {
  return new ConfigError(`glassbox measure: ${problem} (glassbox measure --help)`);
}

function list(all: readonly FoundExperiment[], json: boolean, { stdout }: Terminal): number {
  const rows = all.map(({ experiment: { name, chapter, seconds } }) => ({
    name,
    chapter,
    seconds,
  }));
  stdout.write(json ? `${JSON.stringify(rows)}\n` : listTable(all.map((one) => one.experiment)));
  return 0;
}

async function measureOne(
  experiment: Experiment,
  { seed, json }: { readonly seed: number; readonly json: boolean },
  terminal: Terminal,
  places: Places,
): Promise<number> {
  const { name } = experiment;
  const file = readBands(places.bands);
  // Before the run, which may take minutes: without a band there is nothing to say at its end.
  const bands: Record<string, Band> = Object.fromEntries(
    Object.keys(experiment.values).map((value) => [value, bandOf(name, value, file)]),
  );
  const progress = new ProgressLine(`${name}, seed ${seed}`, terminal.stderr);
  let values: Values;
  try {
    values = await runExperiment(experiment, { seed, onProgress: (done) => progress.at(done) });
  } finally {
    progress.end();
  }
  terminal.stdout.write(
    json
      ? `${JSON.stringify({ name, seed, values, bands })}\n`
      : valuesTable(experiment, values, bands),
  );
  const outside = Object.entries(bands).filter(
    ([value, band]) => !isInside(values[value] as number, band),
  );
  for (const [value, [low, high]] of outside) {
    terminal.stderr.write(
      `${name}, seed ${seed}: expected ${value} between ${low} and ${high}, got ${values[value]}\n`,
    );
  }
  return outside.length === 0 ? 0 : 1;
}

async function measureSpread(
  { experiment, file }: FoundExperiment,
  { seeds: N, writeBand, json }: Line,
  terminal: Terminal,
  places: Places,
): Promise<number> {
  const { name } = experiment;
  // Before the seeds, which may take hours: into a damaged file no band can be written at their end.
  if (writeBand) readBands(places.bands);
  const seeds = Array.from({ length: N }, (_, i) => i + 1);
  const saved = new SavedSeeds(experiment, join(places.saved, name, fingerprint(file)), {
    onDamaged: (message) => terminal.stderr.write(`${message}\n`),
  });
  const progress = new ProgressLine(name, terminal.stderr);
  const events: SeedEvent[] = [];
  const toDo = seeds.filter((seed) => saved.read(seed) === undefined);
  const done = (): number => events.filter((event) => !event.saved).length;
  try {
    const onProgress = (seed: number, part: number): void =>
      progress.at((done() + part) / toDo.length, `seed ${seed} of ${N}`);
    for await (const event of measureSeeds(experiment, { seeds, saved, onProgress }))
      events.push(event);
  } finally {
    progress.end();
  }
  const command = `npx glassbox measure ${name} --seeds ${N} --write-band`;
  const measured = N < FEWEST_SEEDS ? undefined : bandsFrom(experiment, events, command);
  if (json)
    terminal.stdout.write(
      `${JSON.stringify({ name, seeds: events.map(({ seed, values }) => ({ seed, values })) })}\n`,
    );
  else terminal.stdout.write(spreadTable(experiment, events, measured));
  if (writeBand && measured !== undefined) {
    await writeEntry(places.bands, { name, measured });
    terminal.stderr.write(`${name}: band over ${N} seeds written to ${places.bands}\n`);
  }
  return 0;
}
