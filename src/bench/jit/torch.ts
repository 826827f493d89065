/**
 * PyTorch's sides of the benchmark of the compiler: as it is, by torch.compile, and by its own LSTM.
 *
 * Source:  https://docs.pytorch.org/docs/stable/torch.compiler.html
 * Chapter: notebooks/00-start.ipynb
 */
import { join } from "node:path";

import { packageRoot } from "../../core/package-root.ts";
import { PythonProcess } from "../python-process.ts";
import { referencePython } from "../reference-python.ts";
import { TrainingSide } from "./side.ts";

/** A Python with PyTorch. */
export interface Torch {
  readonly python: string;
  /** { python: "3.11.7", torch: "2.13.0+cpu" } */
  readonly versions: Readonly<Record<string, string>>;
  /** Sentences on sides that cannot take part. */
  readonly leftOut: readonly string[];
}

/** Installs PyTorch on first use, and asks it what it can. */
export async function findTorch(onStep: (what: string) => void): Promise<Torch> {
  const python = await referencePython({
    requirements: join(packageRoot(), "src", "bench", "jit", "requirements.txt"),
    folder: "torch",
    onStep: (what) => onStep(`PyTorch, 200 MB to 3 GB to load: ${what}`),
  });
  const process = new PythonProcess(script(), { python });
  try {
    const versions = (await process.ask({ do: "versions" })) as Record<string, string>;
    const { missing } = await process.ask({ do: "compiler" });
    const leftOut =
      typeof missing === "string"
        ? [`torch.compile is left out: it needs a C++ compiler, and there is no ${missing}`]
        : [];
    return { python, versions, leftOut };
  } finally {
    await process.end();
  }
}

export interface TorchSidesOptions {
  /** Of the network: "lstm" has one side more. */
  readonly name: string;
  /** For what torch.compile builds: a new folder, so that nothing is there from an earlier run. */
  readonly folder: string;
  readonly threads: number;
}

/** The sides that PyTorch has for a network, eager first. */
export function torchSides(
  { python, leftOut }: Torch,
  { name, folder, threads }: TorchSidesOptions,
): readonly TrainingSide[] {
  const cache = join(folder, "inductor");
  const env = { OMP_NUM_THREADS: String(threads), TORCHINDUCTOR_CACHE_DIR: cache };
  const side = (title: string, how: string): TrainingSide =>
    new TrainingSide(title, new PythonProcess(script(), { python, env }), { threads, how });
  return [
    side("PyTorch", "eager"),
    ...(leftOut.length === 0 ? [side("torch.compile", "compile")] : []),
    ...(name === "lstm" ? [side("nn.LSTM", "library")] : []),
  ];
}

function script(): string {
  return join(packageRoot(), "src", "bench", "jit", "networks.py");
}
