/**
 * PyTorch as a side of a benchmark: found or installed, and asked what it can.
 *
 * Source:  https://docs.pytorch.org/docs/stable/torch.compiler.html
 * Chapter: notebooks/01-tokens.ipynb
 */
import { join } from "node:path";

import { packageRoot } from "../core/package-root.ts";
import { PythonProcess } from "./python-process.ts";
import { referencePython } from "./reference-python.ts";

/** A Python with PyTorch. */
export interface Torch {
  readonly python: string;
  /** { python: "3.11.7", torch: "2.13.0+cpu" } */
  readonly versions: Readonly<Record<string, string>>;
  /** Sentences on sides that cannot take part: without a C++ compiler there is no torch.compile. */
  readonly leftOut: readonly string[];
}

/** Installs PyTorch on first use, and asks it what it can. */
export async function findTorch(onStep: (what: string) => void): Promise<Torch> {
  const python = await referencePython({
    requirements: scriptPath("torch/requirements.txt"),
    folder: "torch",
    onStep: (what) => onStep(`PyTorch, 200 MB to 3 GB to load: ${what}`),
  });
  const process = new PythonProcess(scriptPath("torch/answers.py"), { python });
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

export interface TorchProcessOptions {
  /** For what torch.compile builds: a new folder, so that nothing is there from an earlier run. */
  readonly folder: string;
  readonly threads: number;
}

/** Starts a program of Python at a path below src/bench: "jit/networks.py". */
export function torchProcess(
  { python }: Pick<Torch, "python">,
  script: string,
  { folder, threads }: TorchProcessOptions,
): PythonProcess {
  const cache = join(folder, "inductor");
  const env = { OMP_NUM_THREADS: String(threads), TORCHINDUCTOR_CACHE_DIR: cache };
  return new PythonProcess(scriptPath(script), { python, env });
}

function scriptPath(file: string): string {
  return join(packageRoot(), "src", "bench", file);
}
