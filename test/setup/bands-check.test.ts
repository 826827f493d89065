import { describe, expect, it } from "vitest";

import { type Ended, makeProject, read, run, write } from "./project.ts";

const CHECK = "setup/checks/bands.cjs";

/** A project whose `glassbox measure` lists three experiments, notes what it is asked, and finds `outside` outside. */
function project(outside: string, list = 0): string {
  const folder = makeProject();
  write(
    folder,
    "dist/src/cli/measure.js",
    `import { appendFileSync } from "node:fs";
     export const summary = "";
     export async function run(argv) {
       if (argv.includes("--list")) {
         process.stdout.write(${JSON.stringify(
           JSON.stringify([
             { name: "quick", chapter: "01", seconds: 1 },
             { name: "cheap", chapter: "01", seconds: 30 },
             { name: "dear", chapter: "13", seconds: 31 },
           ]),
         )} + "\\n");
         return ${list};
       }
       appendFileSync("asked", argv.join(" ") + "\\n");
       if (argv[0] !== ${JSON.stringify(outside)}) return 0;
       process.stderr.write("expected loss between 1 and 2, got 3\\n");
       return 1;
     }`,
  );
  return folder;
}
const counts = (folder: string): unknown => JSON.parse(read(folder, ".cache/results/bands.json"));

describe("the check of the bands", () => {
  it("runs one seed of each cheap experiment, and no other", async () => {
    const folder = project("none");
    const ended: Ended = await run(folder, [CHECK]);
    expect(ended.code).toBe(0);
    expect(read(folder, "asked")).toBe("quick --seed 1000\ncheap --seed 1000\n");
    expect(counts(folder)).toEqual({ name: "bands", passed: 2, failed: 0 });
  });

  it("counts a value outside, shows what was found, and goes on with the others", async () => {
    const folder = project("quick");
    const ended = await run(folder, [CHECK]);
    expect(ended.code).toBe(1);
    expect(ended.out).toContain("✗ quick, seed 1000\nexpected loss between 1 and 2, got 3\n");
    expect(ended.out).toContain("✓ cheap, seed 1000");
    expect(counts(folder)).toEqual({ name: "bands", passed: 1, failed: 1 });
  });

  it("is red when the experiments cannot be listed", async () => {
    expect((await run(project("none", 1), [CHECK])).code).toBe(1);
  });
});
