import { describe, expect, it } from "vitest";

import { printed, result, traceback, useKernel } from "./running-kernel.ts";

const kernel = useKernel();
const run = (code: string) => kernel.client.execute(code);

describe("an error of a cell", () => {
  it("says what, and points at the line of the cell first", async () => {
    const failed = await run(
      "function f(n: number): number {\n  if (n === 0) throw new TypeError('deep');\n  return f(n - 1);\n}\n\nf(1)",
    );
    expect(failed.reply).toMatchObject({ status: "error", ename: "TypeError", evalue: "deep" });
    const name = `cell-${failed.count}.ts`;
    expect(traceback(failed)).toBe(
      [
        "TypeError: deep",
        `    at f (${name}:2:22)`,
        "  1 | function f(n: number): number {",
        "> 2 |   if (n === 0) throw new TypeError('deep');",
        "    |                      ^",
        "  3 |   return f(n - 1);",
        `    at f (${name}:3:10)`,
        `    at ${name}:6:2`,
      ].join("\n"),
    );
  });

  it("finds the line although types above it vanish in translation", async () => {
    const failed = await run(
      "interface Dropped {\n  a: number;\n}\ntype Also = Dropped | undefined;\n\nconst fine: Also = { a: 1 };\nthrow new Error(`after ${fine.a}`);",
    );
    expect(traceback(failed).split("\n")[1]).toBe(`    at cell-${failed.count}.ts:7:7`);
  });

  it("points into the TypeScript of our modules", async () => {
    const failed = await run("import { names } from 'glassbox/plot/expect';\nnames('bars', [''])");
    expect(failed.reply["ename"]).toBe("DataError");
    expect(traceback(failed)).toContain(`    at cell-${failed.count}.ts:2:`);
    expect(traceback(failed)).toMatch(/at names \(src\/plot\/expect\.ts:\d+:\d+\)/);
    expect(traceback(failed)).not.toContain("node:");
    expect(traceback(failed)).not.toContain("dist/");
  });

  it("shows mapped places wherever a stack is printed", async () => {
    const shown = await run(
      "try {\n  throw new Error('seen')\n} catch (error) {\n  console.log((error as Error).stack)\n}",
    );
    expect(printed(shown)).toBe(`Error: seen\n    at cell-${shown.count}.ts:2:9\n`);
  });

  it("has a headline of its own in console.trace", async () => {
    const shown = await run("console.trace('here')");
    expect(printed(shown, "stderr")).toBe(`Trace: here\n    at cell-${shown.count}.ts:1:9\n`);
  });

  it("tells a type error before anything ran, with the line marked", async () => {
    const failed = await run("console.log('ran');\nconst x: number = 'abc'");
    expect(printed(failed)).toBe("");
    expect(failed.reply["ename"]).toBe("TypeScriptError");
    expect(traceback(failed)).toBe(
      [
        "TypeScriptError: Type 'string' is not assignable to type 'number'. (line 2, column 7)",
        `    at cell-${failed.count}.ts:2:7`,
        "  1 | console.log('ran');",
        "> 2 | const x: number = 'abc'",
        "    |       ^",
        "TS2322: Type 'string' is not assignable to type 'number'.",
      ].join("\n"),
    );
  });

  it("keeps line and column where the cell awaits, exports and spells shorthands out", async () => {
    await run("let shared = 1");
    const failed = await run("export const o = { shared }; await (null);   o.nothing");
    expect(failed.reply["evalue"]).toContain("(line 1, column 48)");
  });

  it("leaves the names and values of earlier cells, also those it declares anew", async () => {
    await run("let kept = 'first'; const list = [1]");
    expect((await run("let kept = 2; const list = 'x'; throw new Error('no')")).status).toBe(
      "error",
    );
    expect((await run("let kept = 3; await Promise.reject(new Error('no'))")).status).toBe("error");
    expect(result(await run("[kept.toUpperCase(), list[0] + 1]"))).toBe("[ 'FIRST', 2 ]");
  });

  it.each([
    ["throw null", "Thrown", "null"],
    ["throw undefined", "Thrown", "undefined"],
    ["throw 'words'", "Thrown", "'words'"],
    [
      "throw new Proxy({}, { get() { throw new Error('trap') }, getPrototypeOf() { throw new Error('trap') } })",
      "Thrown",
      "a value that cannot be described: reading it throws",
    ],
    ["const bare = new Error('bare'); delete bare.stack; throw bare", "Error", "bare"],
    ["await Promise.reject(7)", "Thrown", "7"],
  ])("tells %s", async (code, ename, evalue) => {
    expect((await run(code)).reply).toMatchObject({ status: "error", ename, evalue });
  });

  it("names the cause", async () => {
    const failed = await run("throw new Error('outer', { cause: new RangeError('inner') })");
    expect(traceback(failed)).toContain("Caused by RangeError: inner");
  });
});

describe("cells queued behind an error", () => {
  it("are aborted when stop_on_error is set, and later ones run", async () => {
    const { client } = kernel;
    const [failed, queued, last] = await Promise.all([
      run("throw new Error('stop here')"),
      run("globalThis.ranBehind = true"),
      run("2"),
    ]);
    expect([failed.status, queued.status, last.status]).toEqual(["error", "aborted", "aborted"]);
    expect(
      result(
        await client.execute("(globalThis as { ranBehind?: boolean }).ranBehind === undefined"),
      ),
    ).toBe("true");
  });

  it("run when it is not set", async () => {
    const { client } = kernel;
    const options = { stopOnError: false };
    const [failed, next] = await Promise.all([
      client.execute("throw new Error('go on')", options),
      client.execute("40 + 2", options),
    ]);
    expect([failed.status, next.status, result(next)]).toEqual(["error", "ok", "42"]);
  });
});

describe("the kernel survives", () => {
  it("an error in a timer, which fails its cell while that runs", async () => {
    const failed = await run(
      "setTimeout(() => { throw new Error('late') }, 10);\nawait new Promise((resolve) => setTimeout(resolve, 2000))",
    );
    expect(failed.reply).toMatchObject({ status: "error", evalue: "late" });
    expect(traceback(failed)).toContain(`cell-${failed.count}.ts:1:26`);
  });

  it("an error after the cell, told below the cell it belongs to", async () => {
    const told: string[] = [];
    const stop = kernel.client.listen(({ header, parent, content }) => {
      if (header.msg_type === "error")
        told.push(`${String((parent as { msg_id: string }).msg_id)} ${String(content["evalue"])}`);
    });
    const over = await run(
      "setTimeout(() => { throw new Error('from the timer') }, 30); void Promise.reject(new Error('from the promise'));",
    );
    await run("await new Promise((resolve) => setTimeout(resolve, 100))");
    stop();
    const id = (over.messages[0]?.parent as { msg_id: string }).msg_id;
    expect(told).toEqual([`${id} from the promise`, `${id} from the timer`]);
    expect(result(await run("1 + 1"))).toBe("2");
  });

  it("process.exit, in a cell and in a timer", async () => {
    const evalue = "process.exit(3): a cell cannot end the kernel; use Kernel › Shut Down";
    expect((await run("process.exit(3)")).reply).toMatchObject({ status: "error", evalue });
    const late = await run(
      "setTimeout(() => process.exit(3), 5); await new Promise((r) => setTimeout(r, 1000))",
    );
    expect(late.reply).toMatchObject({ status: "error", evalue });
    expect(await kernel.client.isAlive()).toBe(true);
  });
});
