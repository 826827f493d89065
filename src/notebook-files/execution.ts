/**
 * Runs a notebook from a fresh kernel, cell by cell, as a reader would, and keeps what it shows.
 *
 * Source:  https://nbclient.readthedocs.io/en/latest/client.html
 * Chapter: notebooks/00-start.ipynb
 */
import { DataError } from "../core/errors.ts";
import { KernelClient } from "../kernel/client.ts";
import type { Execution } from "../kernel/client.ts";
import { hasTag } from "./file.ts";
import type { Cell, CodeCell, Metadata, Notebook, Output } from "./notebook.ts";

export interface RunOptions {
  /** The folder that cells run in, which is the notebook's own in JupyterLab. */
  readonly folder: string;
  /** Names the notebook in errors. */
  readonly name: string;
  /** How the kernel is started, see `KernelClient`. Default: our own. */
  readonly command?: readonly string[];
  /** Called before each cell with its number from 1, and the number of all cells. */
  readonly onCell?: (cell: number, cells: number) => void;
}

/**
 * The notebook with fresh outputs and counts; nobody answers its questions.
 *
 * Throws `DataError` at the first cell that fails, unless it is tagged `raises-exception`, which must.
 */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<Notebook> {
  const { folder, name, command, onCell } = options;
  const kernel = await orDataError(
    name,
    // With CI set, outputs leave out what differs from run to run, such as times.
    KernelClient.start({ folder, environment: { CI: "true" }, ...(command && { command }) }),
  );
  // Ctrl-C exits this process without another turn: no kernel stays behind.
  const reap = (): void => void kernel.process.kill("SIGKILL");
  process.once("exit", reap);
  try {
    const info = await kernel.request("kernel_info_request");
    const cells: Cell[] = [];
    for (const [i, cell] of notebook.cells.entries()) {
      onCell?.(i + 1, notebook.cells.length);
      cells.push(
        cell.cell_type === "code" ? await runCell(kernel, cell, `${name}, cell ${i + 1}`) : cell,
      );
    }
    const language = info.content.language_info as Metadata;
    return { ...notebook, metadata: { ...notebook.metadata, language_info: language }, cells };
  } finally {
    await kernel.shutdown();
    process.off("exit", reap);
  }
}

async function runCell(kernel: KernelClient, cell: CodeCell, name: string): Promise<CodeCell> {
  if (cell.source.trim() === "") return { ...cell, execution_count: null, outputs: [] };
  const execution = await orDataError(name, kernel.execute(cell.source));
  const failed = execution.status !== "ok";
  if (failed && !hasTag(cell, "raises-exception")) {
    throw new DataError(`${name}: expected it to run, got ${reason(execution)}`);
  }
  if (!failed && hasTag(cell, "raises-exception")) {
    throw new DataError(`${name}: expected an error, as its tag raises-exception says, got none`);
  }
  return {
    ...cell,
    execution_count: execution.count,
    outputs: execution.outputs.map((output) => forFile(output, execution.count)),
  };
}

/** A kernel that does not start, or ends, is the notebook's trouble and named with it. */
async function orDataError<T>(name: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`${name}: expected a kernel that answers, got "${reason}"`, {
      cause: error,
    });
  }
}

function reason({ reply, status }: Execution): string {
  return typeof reply.ename === "string" ? `${reply.ename}: ${String(reply.evalue)}` : status;
}

function forFile(output: Execution["outputs"][number], count: number): Output {
  switch (output.type) {
    case "stream":
      return { output_type: "stream", name: output.name, text: output.text };
    case "display_data":
      return { output_type: "display_data", data: output.data, metadata: output.metadata };
    case "execute_result":
      return {
        output_type: "execute_result",
        data: output.data,
        metadata: output.metadata,
        execution_count: count,
      };
    case "error": {
      const { ename, evalue, traceback } = output;
      return { output_type: "error", ename, evalue, traceback };
    }
  }
}
