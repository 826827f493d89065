import { spawn } from "node:child_process";
import { mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";
import { KernelClient } from "../../src/kernel/client.ts";
import { RebuildNotice } from "../../src/kernel/rebuild-notice.ts";

const main = join(packageRoot(), "dist", "src", "kernel", "main.js");

/** Starts the kernel's program with an argument and tells how it ended. */
async function ended(argument: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [main, ...argument]);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code === "ESRCH") return false;
    throw error;
  }
}

describe("the kernel's life", () => {
  it("ends when it is asked to, also while a cell computes", async () => {
    const client = await KernelClient.start({ folder: tmpdir() });
    const cell = client.execute("for (;;) {}").catch((error: Error) => error.message);
    await sleep(300);
    const start = performance.now();
    await client.shutdown();
    expect(performance.now() - start).toBeLessThan(3000);
    expect(await cell).toMatch(/^the kernel ended: /);
  });

  it("ends with code 0 when no cell runs", async () => {
    const client = await KernelClient.start({ folder: tmpdir() });
    await client.shutdown();
    expect([client.process.exitCode, client.process.signalCode]).toEqual([0, null]);
  });

  it("ends soon after the program that started it is gone", async () => {
    const starter = spawn(process.execPath, [
      "--input-type=module",
      "-e",
      `import { KernelClient } from ${JSON.stringify(join(packageRoot(), "dist/src/kernel/client.js"))};
       const client = await KernelClient.start({ folder: ${JSON.stringify(tmpdir())} });
       void client.execute("for (;;) {}").catch(() => undefined);
       console.log(client.process.pid);`,
    ]);
    const pid = await new Promise<number>((resolve) =>
      starter.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString()))),
    );
    await sleep(300);
    starter.kill("SIGKILL");
    // It looks once a second.
    const end = performance.now() + 10_000;
    while (isRunning(pid) && performance.now() < end) await sleep(100);
    expect(isRunning(pid)).toBe(false);
  }, 60_000);

  it("says in one sentence what is wrong with how it was started", async () => {
    expect(await ended([])).toEqual({
      code: 1,
      said: "kernel: expected a connection file as the only argument, got none; start it from Jupyter\n",
    });
    expect((await ended(["/nowhere.json"])).said).toMatch(
      /^kernel: expected a connection file of Jupyter at \/nowhere\.json, got Error: ENOENT.*; start the kernel from Jupyter\n$/,
    );
  });
});

describe("the notice of a new build", () => {
  it("comes once after each build, and not for the build that the kernel began with", () => {
    const stamp = join(mkdtempSync(join(tmpdir(), "stamp-")), "stamp");
    writeFileSync(stamp, "");
    const notice = new RebuildNotice(stamp);
    expect(notice.look()).toBeUndefined();
    utimesSync(stamp, 1, 1);
    expect(notice.look()).toBe(
      "The modules of src were built anew: restart the kernel to use them (Kernel › Restart Kernel).\n",
    );
    expect(notice.look()).toBeUndefined();
  });
});
