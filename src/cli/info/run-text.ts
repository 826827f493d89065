/**
 * What lies in the folder of a run, in lines for a reader.
 *
 * Source:  https://clig.dev/#output
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { TOKENIZER_FILE } from "../../data/text-tokenizer.ts";
import type { EvaluationEvent } from "../../train/events.ts";
import { count, counted } from "../terminal/count.ts";
import { lossCurve } from "../train/curve.ts";
import type { Loss } from "../train/loss-file.ts";
import { columns } from "./columns.ts";
import type { RunInfo } from "./run-info.ts";

type Row = readonly string[];

/** Model, parameters by part, training, text, tokenizer, losses and files. */
export function runText(directory: string, info: RunInfo): string {
  const { step, training, run, files } = info;
  const done = step === 0 ? "no checkpoint yet" : `step ${count(step)} of ${count(training.steps)}`;
  return [
    `${directory}: ${run?.preset ?? "a GPT"}, ${done}\n`,
    columns(modelRows(info)),
    columns(parameterRows(info)),
    columns([...trainingRows(info), ...textRows(info), ...lossRows(info)]),
    curve(info.losses),
    columns(Object.entries(files).map(([name, bytes]) => [name, `${count(bytes)} bytes`])),
  ].join("");
}

function modelRows({ config, parameters }: RunInfo): Row[] {
  const { layers, heads, channels, context, vocabulary } = config;
  const { positions, norm, activation, bias, dropout } = config;
  return [
    [
      "model",
      `${counted(layers, "layer")}, ${counted(heads, "head")}, ${counted(channels, "channel")}, context ${context}, vocabulary ${count(vocabulary)}`,
    ],
    ["", `positions ${positions}, norm ${norm}, ${activation}, bias ${bias}, dropout ${dropout}`],
    ["parameters", `${count(parameters.total)} in all`],
  ];
}

function parameterRows({ parameters }: RunInfo): Row[] {
  const { tokens, positions, attention, feedForward, norms, total } = parameters;
  const width = count(total).length;
  return Object.entries({ tokens, positions, attention, feedForward, norms }).map(
    ([name, number]) => [
      `  ${name}`,
      count(number).padStart(width),
      `${((100 * number) / total).toFixed(1).padStart(4)} %`,
    ],
  );
}

function trainingRows({ config, training }: RunInfo): Row[] {
  const { batch, accumulate, seed, learningRate, floor, warmUp } = training;
  const { beta1, beta2, weightDecay, clip } = training;
  const windows = accumulate === 1 ? `${batch}` : `${accumulate} × ${batch}`;
  return [
    ["training", `${windows} × ${config.context} tokens a step, seed ${seed}`],
    ["", `rate ${learningRate} to ${floor}, warm-up ${count(warmUp)}`],
    ["", `betas ${beta1} and ${beta2}, decay ${weightDecay}, clip ${clip}`],
  ];
}

function textRows({ run, tokenizer }: RunInfo): Row[] {
  const rows: Row[] = [];
  if (run) {
    const { data, text, engine } = run;
    const place = data === text.name ? "" : ` (${data})`;
    rows.push(["text", `${text.name}, ${count(text.length)} characters${place}`]);
    rows.push(["engine", engine]);
  }
  const kind = tokenizer && `${tokenizer.kind}, ${count(tokenizer.vocabulary)} different tokens`;
  rows.push(["tokenizer", kind ?? `none: there is no ${TOKENIZER_FILE}`]);
  return rows;
}

function lossRows({ evaluations: { last, best } }: RunInfo): Row[] {
  if (!last || !best) return [];
  const rows: Row[] = [["losses", evaluated(last)]];
  if (best.step !== last.step) rows.push(["", `lowest held out: ${evaluated(best)}`]);
  return rows;
}

function evaluated({ step, trainLoss, validationLoss }: EvaluationEvent): string {
  return `${trainLoss.toFixed(4)}, held out ${validationLoss.toFixed(4)}, after step ${count(step)}`;
}

function curve(losses: readonly Loss[]): string {
  return lossCurve({
    steps: losses.flatMap((each) => (each.type === "step" ? [each] : [])),
    heldOut: losses.flatMap((each) =>
      each.type === "evaluation" ? [{ step: each.step, loss: each.validationLoss }] : [],
    ),
  });
}
