const everyLayer = [
  "core",
  "autograd",
  "backend",
  "text",
  "jit",
  "ops",
  "datasets",
  "data",
  "nn",
  "models",
  "generate",
  "train",
  "prompt",
  "tune",
  "rlhf",
  "experiments",
];

/**
 * Who may import whom: every folder of src, and datasets, with the folders it may reach beside its
 * own. "kernel/client.ts" allows that one file of kernel; a name with a slash and no ending allows a
 * folder below.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  autograd: ["core"],
  backend: ["core"],
  text: ["core"],
  jit: ["core", "backend"],
  ops: ["core", "backend", "jit/kernels", "jit/tensorflow"],
  datasets: ["core", "text"],
  data: ["core", "text", "datasets"],
  nn: ["core", "ops"],
  models: ["core", "ops", "nn"],
  generate: ["core", "jit", "ops", "models"],
  train: ["core", "jit", "ops", "data", "nn", "models", "generate"],
  prompt: ["core", "text", "models", "generate"],
  tune: ["core", "jit", "ops", "text", "data", "nn", "models", "train"],
  rlhf: ["core", "jit", "ops", "text", "data", "nn", "models", "generate", "train", "tune"],
  experiments: everyLayer,
  bench: everyLayer,
  plot: ["core"],
  checks: everyLayer,
  notebook: ["core", "plot", "checks", "kernel/contract.ts"],
  kernel: ["core"],
  "notebook-files": ["core", "kernel/client.ts"],
  cli: [...everyLayer, "bench", "plot", "checks", "notebook-files", "kernel/client.ts"],
};

/** Packages that belong to one folder, in or out of package.json: nothing else may depend on them. */
export const ownedPackages: Readonly<Record<string, readonly string[]>> = {
  // Everything else computes with @tensorflow/tfjs and never asks which engine it is on.
  "@tensorflow/tfjs-backend-wasm": ["backend"],
  "@tensorflow/tfjs-node": ["backend"],
  "@bufbuild/protobuf": ["jit"],
  zeromq: ["kernel"],
  tslab: ["kernel"],
  // The compiler that tslab depends on by this very name: cells must be read by the same one.
  "@tslab/typescript-for-tslab": ["kernel"],
};
