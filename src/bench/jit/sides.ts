/**
 * The sides of the benchmark of the compiler: ours compiled and eager; PyTorch as it is, by torch.compile, and by its
 * own LSTM.
 *
 * Source:  https://docs.pytorch.org/docs/stable/torch.compiler.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { EngineName } from "../../backend/engine.ts";
import { ourProcess } from "../our-process.ts";
import { torchProcess, type Torch, type TorchProcessOptions } from "../torch.ts";
import { TrainingSide } from "../training-side.ts";

/** Our two sides: the step compiled, and as it is written. */
export function ourSides({
  threads,
  engine,
}: {
  readonly threads: number;
  readonly engine: EngineName;
}): readonly [TrainingSide, TrainingSide] {
  const side = (name: string, compiled: boolean): TrainingSide =>
    new TrainingSide(name, () => ourProcess("jit/worker", { threads }), { engine, compiled });
  return [side("compiled", true), side("eager", false)];
}

export interface TorchSidesOptions extends TorchProcessOptions {
  /** Of the network: "lstm" has one side more. */
  readonly name: string;
}

/** The sides that PyTorch has for a network, eager first. */
export function torchSides(
  torch: Torch,
  { name, ...options }: TorchSidesOptions,
): readonly TrainingSide[] {
  const { threads } = options;
  const side = (title: string, how: string): TrainingSide =>
    new TrainingSide(title, () => torchProcess(torch, "jit/networks.py", options), {
      threads,
      how,
    });
  return [
    side("PyTorch", "eager"),
    ...(torch.leftOut.length === 0 ? [side("torch.compile", "compile")] : []),
    ...(name === "lstm" ? [side("nn.LSTM", "library")] : []),
  ];
}
