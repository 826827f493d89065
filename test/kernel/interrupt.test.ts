import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { printed, result, traceback, useKernel } from "./running-kernel.ts";

const kernel = useKernel();
const run = (code: string) => kernel.client.execute(code);

/** Runs a cell that never ends, presses Stop once it prints, and tells how long stopping took. */
async function stopped(code: string) {
  let running: () => void = () => undefined;
  const hasBegun = new Promise<void>((resolve) => (running = resolve));
  const cell = kernel.client.execute(code, {
    onMessage: ({ header }) => {
      if (header.msg_type === "stream") running();
    },
  });
  await hasBegun;
  await sleep(100);
  const pressed = performance.now();
  await kernel.client.interrupt();
  const execution = await cell;
  return { execution, milliseconds: performance.now() - pressed };
}

const endless: [string, string][] = [
  ["a synchronous loop", "console.log('on'); for (;;) n++"],
  [
    "a loop that catches everything",
    "console.log('on'); for (;;) { try { for (;;) n++ } catch {} }",
  ],
  [
    "a recursion without a loop",
    "function fib(k: number): number { return k < 2 ? k : fib(k - 1) + fib(k - 2) }\nconsole.log('on'); fib(60)",
  ],
  [
    "a generator spread",
    "function* ones() { while (true) { n++; yield 1 } }\nconsole.log('on'); for (const one of ones()) void one",
  ],
  [
    "a loop awaiting timers",
    "console.log('on'); while (true) { await new Promise((r) => setTimeout(r, 5)); n++ }",
  ],
  [
    "one that catches what it awaits",
    "console.log('on'); for (;;) { try { await new Promise((r) => setTimeout(r, 5)); n++ } catch {} }",
  ],
  [
    "for await over timers",
    "import { setInterval as every } from 'node:timers/promises';\nconsole.log('on'); for await (const tick of every(5)) n++",
  ],
  [
    "a synchronous loop after an await",
    "await new Promise((r) => setTimeout(r, 5)); console.log('on'); for (;;) n++",
  ],
  [
    "a recursion after an await",
    "function fibo(k: number): number { if (k < 2) return k; return fibo(k - 1) + fibo(k - 2) }\nawait new Promise((r) => setTimeout(r, 5)); console.log('on'); fibo(60)",
  ],
  [
    "a recursion of arrows after an await",
    "const fi = (k: number): number => (k < 2 ? k : fi(k - 1) + fi(k - 2));\nawait null; console.log('on'); fi(60)",
  ],
  ["an endless wait", "console.log('on'); await new Promise(() => undefined)"],
  [
    "a timer of its own",
    "console.log('on'); setInterval(() => n++, 5); await new Promise(() => undefined)",
  ],
  [
    "a loop of our library",
    "import { breathe } from 'glassbox/core/interrupt';\nasync function work() { for (;;) { await breathe(); n++ } }\nconsole.log('on'); await work()",
  ],
  ["a library that never looks up", "console.log('on'); /(a+)+b/.test('a'.repeat(60))"],
];

describe("Stop", () => {
  it.each(endless)("ends %s within a second and for good", async (_what, code) => {
    await run("let n = 0; const kept = 'kept'");
    const { execution, milliseconds } = await stopped(code);
    expect(milliseconds).toBeLessThan(1000);
    expect(execution.reply).toMatchObject({
      status: "error",
      ename: "Interrupted",
      evalue: "stopped by the reader",
    });
    expect(execution.outputs.filter(({ type }) => type === "error")).toHaveLength(1);
    const before = result(await run("[n, kept]"));
    await sleep(100);
    expect(result(await run("[n, kept]"))).toBe(before);
    expect(before).toContain("'kept'");
  });

  it("lets finally blocks run, and says where the cell was", async () => {
    const { execution } = await stopped(
      "try {\n  console.log('on');\n  for (;;) {}\n} finally {\n  (globalThis as { tidied?: boolean }).tidied = true\n}",
    );
    expect(traceback(execution)).toContain(`cell-${execution.count}.ts:3`);
    expect(result(await run("(globalThis as { tidied?: boolean }).tidied"))).toBe("true");
  });

  it("prints nothing of the stopped cell later", async () => {
    const heard: string[] = [];
    const { execution } = await stopped(
      "console.log('on'); setInterval(() => console.log('zombie'), 5); for (;;) { try { await new Promise((r) => setTimeout(r, 5)) } finally { console.log('still') } }",
    );
    const stop = kernel.client.listen(({ header }) => heard.push(header.msg_type));
    await sleep(100);
    stop();
    expect(heard.filter((type) => type === "stream")).toEqual([]);
    expect(printed(execution)).not.toContain("zombie\n".repeat(40));
  });

  it("ends what earlier cells left running when no cell runs", async () => {
    await run("let ticks = 0; setInterval(() => ticks++, 5);");
    await sleep(50);
    await kernel.client.interrupt();
    const before = result(await run("ticks"));
    await sleep(50);
    expect(Number(before)).toBeGreaterThan(0);
    expect(result(await run("ticks"))).toBe(before);
  });

  it("leaves timers that an earlier cell still needs alone while another cell runs", async () => {
    await run("let beats = 0; const beating = setInterval(() => beats++, 5);");
    await stopped("console.log('on'); await new Promise(() => undefined)");
    const before = Number(result(await run("beats")));
    await sleep(50);
    expect(Number(result(await run("clearInterval(beating); beats")))).toBeGreaterThan(before);
  });

  it("aborts what is queued behind the stopped cell", async () => {
    const cell = run("for (;;) {}");
    const queued = run("1");
    await sleep(300);
    await kernel.client.interrupt();
    expect((await cell).status).toBe("error");
    expect((await queued).status).toBe("aborted");
  });

  it("does nothing to a kernel at rest", async () => {
    await kernel.client.interrupt();
    expect(result(await run("6 * 7"))).toBe("42");
  });
});

describe("input", () => {
  it("asks the reader and gives the answer, also to several questions", async () => {
    const asked: string[] = [];
    const cell = await kernel.client.execute(
      "const first = await input('name? '); const second = await input('pass? ', { password: true }); [first, second, input.available]",
      {
        answer: (question, password) => {
          asked.push(`${question}${String(password)}`);
          return `answer ${asked.length}`;
        },
      },
    );
    expect(result(cell)).toBe("[ 'answer 1', 'answer 2', true ]");
    expect(asked).toEqual(["name? false", "pass? true"]);
  });

  it("says so where the front end takes no input", async () => {
    expect(result(await run("input.available"))).toBe("false");
    expect((await run("await input('?')")).reply["evalue"]).toBe(
      "input: expected a front end that answers, got one that takes no input; run this cell in JupyterLab, or look at `input.available` first",
    );
  });

  it("can be stopped while it waits, and the next question is asked afresh", async () => {
    let asked: () => void = () => undefined;
    let answer: (text: string) => void = () => undefined;
    const question = new Promise<void>((resolve) => (asked = resolve));
    const waiting = kernel.client.execute("await input('never answered')", {
      answer: () => {
        asked();
        return new Promise<string>((resolve) => (answer = resolve));
      },
    });
    await question;
    await kernel.client.interrupt();
    expect((await waiting).reply["ename"]).toBe("Interrupted");
    answer("too late");
    const next = await kernel.client.execute("await input('again')", { answer: () => "in time" });
    expect(result(next)).toBe("'in time'");
  });
});
