import fs from "node:fs";
import path from "node:path";

import { parse } from "acorn";
import { describe, expect, it } from "vitest";

import { makeProject, root, run, write } from "./project.ts";

const ENTRIES = ["setup/setup.cjs", "setup/lab.cjs", "setup/test.cjs", "setup/bin/glassbox.cjs"];

function standIn(version: string): string[] {
  const folder = makeProject({ modules: false, tools: false });
  write(folder, "old.cjs", `Object.defineProperty(process, "version", { value: "${version}" });`);
  return [folder, path.join(folder, "old.cjs")];
}

describe("an old Node", () => {
  it.each([...ENTRIES, "setup/node-version.cjs"])("can read %s as far as its sentence", (file) => {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    expect(() => parse(text, { ecmaVersion: 5, allowHashBang: true })).not.toThrow();
  });

  it.each(ENTRIES)("gets one sentence from %s and nothing else is loaded", async (file) => {
    const [folder = "", preload = ""] = standIn("v16.20.2");
    for (const name of fs.readdirSync(path.join(folder, "setup"), { withFileTypes: true }))
      if (name.isDirectory() && name.name !== "bin")
        fs.rmSync(path.join(folder, "setup", name.name), { recursive: true });
    expect(await run(folder, [file], { node: ["--require", preload] })).toEqual({
      code: 1,
      out: "",
      err: "Node 16.20.2 cannot run this course: install Node 24 or 22 (20.19 will do) from https://nodejs.org, then run the same command again.\n",
    });
  });

  it.each([
    ["v18.20.8", 1],
    ["v20.18.3", 1],
    ["v20.19.0", 0],
    ["v21.7.3", 1],
    ["v22.12.0", 1],
    ["v22.13.0", 0],
    ["v23.11.0", 1],
    ["v24.0.0", 0],
    ["v26.1.0", 0],
  ])("%s ends with exit code %i", async (version, code) => {
    const [folder = "", preload = ""] = standIn(version);
    const ended = await run(folder, ["setup/bin/glassbox.cjs"], { node: ["--require", preload] });
    expect(ended.code).toBe(code);
  });
});
