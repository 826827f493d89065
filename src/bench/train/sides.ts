/**
 * The sides of the benchmarks of the GPT: ours, PyTorch as it is, and by torch.compile.
 *
 * Source:  https://docs.pytorch.org/docs/stable/torch.compiler.html
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type { AnsweringProcess, Json } from "../answering-process.ts";
import { ourProcess } from "../our-process.ts";
import type { Setting } from "../setting.ts";
import { torchProcess } from "../torch.ts";

/** A side before its process is started. */
export interface GptSide {
  readonly name: string;
  readonly start: () => AnsweringProcess;
  /** What it alone is told when it is opened. */
  readonly how: Json;
}

/** Ours first; `folder` is where the task lies. */
export function gptSides(
  { threads, engine, torch }: Setting,
  folder: string,
): readonly [GptSide, ...GptSide[]] {
  const ours = {
    name: "glassbox",
    start: () => ourProcess("train/worker", { threads }),
    how: { engine },
  };
  if (!torch) return [ours];
  const theirs = (name: string, how: string): GptSide => ({
    name,
    start: () => torchProcess(torch, "train/training.py", { folder, threads }),
    how: { threads, how },
  });
  const compiled = torch.leftOut.length === 0 ? [theirs("torch.compile", "compile")] : [];
  return [ours, theirs("PyTorch", "eager"), ...compiled];
}
