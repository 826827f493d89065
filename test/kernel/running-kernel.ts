/** A kernel for the tests of one file: a real process, in an empty folder of its own. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { KernelClient, type Execution } from "../../src/kernel/client.ts";

export interface RunningKernel {
  readonly client: KernelClient;
  readonly folder: string;
}

/** Starts a kernel before the tests of a file and ends it after them. */
export function useKernel(): RunningKernel {
  const folder = mkdtempSync(join(tmpdir(), "cells-"));
  const running = { folder } as { folder: string; client: KernelClient };
  beforeAll(async () => {
    running.client = await KernelClient.start({ folder });
  });
  afterAll(async () => {
    await running.client.shutdown();
    rmSync(folder, { recursive: true, force: true });
  });
  return running;
}

/** What a cell printed on one stream. */
export function printed({ outputs }: Execution, name: "stdout" | "stderr" = "stdout"): string {
  return outputs.map((o) => (o.type === "stream" && o.name === name ? o.text : "")).join("");
}

/** The `text/plain` of a cell's result; undefined when it shows none. */
export function result({ outputs }: Execution): string | undefined {
  const found = outputs.find((output) => output.type === "execute_result");
  return found?.type === "execute_result" ? String(found.data["text/plain"]) : undefined;
}

/** The traceback of a failed cell as one text. */
export function traceback({ outputs }: Execution): string {
  const found = outputs.find((output) => output.type === "error");
  return found?.type === "error" ? found.traceback.join("\n") : "";
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder);
}
