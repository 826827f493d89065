/**
 * The kernel as a program: `node main.js CONNECTION_FILE`, as the kernelspec starts it.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 * Chapter: notebooks/00-start.ipynb
 */
import { readConnection } from "./connection.ts";
import { Kernel } from "./kernel.ts";

// The kernel takes these over for its cells.
const writeError = process.stderr.write.bind(process.stderr);
const exit = process.exit.bind(process);

async function start(path: string | undefined): Promise<void> {
  if (path === undefined) {
    throw new Error(
      "kernel: expected a connection file as the only argument, got none; start it from Jupyter",
    );
  }
  await new Kernel(readConnection(path), process.cwd()).run();
}

start(process.argv[2]).catch((error: unknown) => {
  // Nobody is connected yet: one sentence for the front end's terminal.
  writeError(`${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
});
