import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { printed, result, useKernel } from "./running-kernel.ts";

const kernel = useKernel();
const run = (code: string) => kernel.client.execute(code);

describe("the kernel under load", () => {
  it("prints 20,000 lines whole and in order, then goes idle", async () => {
    const cell = await run("for (let i = 0; i < 20_000; i++) console.log(i)");
    expect(printed(cell)).toBe(Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""));
    expect(cell.messages.at(-1)?.content).toEqual({ execution_state: "idle" });
  });

  it("answers 500 tiny cells sent at once, in order", async () => {
    const cells = await Promise.all(Array.from({ length: 500 }, (_, i) => run(`${i}`)));
    expect(cells.map(result)).toEqual(cells.map((_, i) => `${i}`));
    expect(cells.map(({ count }) => count - (cells[0]?.count ?? 0))).toEqual(
      cells.map((_, i) => i),
    );
  }, 60_000);

  it("carries 20 MB from one cell whole", async () => {
    const cell = await run(
      "const line = 'x'.repeat(1023); for (let i = 0; i < 20 * 1024; i++) console.log(line)",
    );
    expect(printed(cell).length).toBe(20 * 1024 * 1024);
  });

  it("holds back what exceeds the cap, says how much once, and lives", async () => {
    const cell = await run(
      "const row = '好'.repeat(341); for (let i = 0; i < 500 * 1024; i++) console.log(row); 'done'",
    );
    const text = printed(cell);
    const cap = 64 * 1024 * 1024;
    const notice = text.slice(text.lastIndexOf("\n["));
    expect(notice).toBe("\n[436.0 MB more were held back: a cell may print 64.0 MB]\n");
    expect(Buffer.byteLength(text) - Buffer.byteLength(notice)).toBeGreaterThan(cap - 4);
    expect(Buffer.byteLength(text) - Buffer.byteLength(notice)).toBeLessThanOrEqual(cap);
    expect(text.includes("\uFFFD")).toBe(false);
    expect(result(cell)).toBe("'done'");
    expect(result(await run("1 + 1"))).toBe("2");
  }, 60_000);

  it("shows output while the cell still computes", async () => {
    let first = Infinity;
    const start = performance.now();
    await kernel.client.execute(
      "console.log('now'); const until = performance.now() + 1000; while (performance.now() < until) {}",
      {
        onMessage: ({ header }) => {
          if (header.msg_type === "stream") first = Math.min(first, performance.now() - start);
        },
      },
    );
    expect(first).toBeLessThan(700);
  });

  it("keeps a letter whole that arrives in two pieces", async () => {
    const cell = await run(
      "const bytes = Buffer.from('标记'); process.stdout.write(bytes.subarray(0, 2)); process.stdout.write(bytes.subarray(2)); console.log()",
    );
    expect(printed(cell)).toBe("标记\n");
  });

  it("puts late output below the cell that started it", async () => {
    const late: unknown[] = [];
    const stop = kernel.client.listen(({ header, parent, content }) => {
      if (header.msg_type === "stream")
        late.push([(parent as { msg_id: string }).msg_id, content["text"]]);
    });
    const first = await run("setTimeout(() => console.log('late'), 50);");
    await run("await new Promise((resolve) => setTimeout(resolve, 150)); console.log('second')");
    await sleep(50);
    stop();
    expect(late[0]).toEqual([(first.messages[0]?.parent as { msg_id: string }).msg_id, "late\n"]);
  });

  it("answers on its control channel and beats its heart while a cell computes", async () => {
    const busy = run("const end = performance.now() + 1500; while (performance.now() < end) {}");
    await sleep(200);
    const start = performance.now();
    expect(await kernel.client.isAlive()).toBe(true);
    expect(performance.now() - start).toBeLessThan(500);
    expect((await busy).status).toBe("ok");
  });
});

describe("memory", () => {
  const fresh = useKernel();
  it("stays below 700 MB after 400 small cells", async () => {
    for (let i = 0; i < 400; i++) await fresh.client.execute(`const v${i} = ${i}; v${i} + 1`);
    const used = result(await fresh.client.execute("process.memoryUsage().rss / 1e6"));
    expect(Number(used)).toBeLessThan(700);
  }, 60_000);
});
