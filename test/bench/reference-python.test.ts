import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { referencePython } from "../../src/bench/reference-python.ts";

/** Stands for a Python: makes "environments" that hold itself, and a pip that knows every package but one. */
const STAND_IN = `#!/bin/sh
case "$*" in
  *"-m venv"*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo made >> "$3/../made" ;;
  *"-m pip install"*)
    for list; do :; done
    if grep -q no-such-package "$list"; then
      echo "ERROR: No matching distribution found for no-such-package==1.0"; exit 1
    fi
    echo "Collecting one==1.0"; echo "Collecting two==2.0"; echo "Installing collected packages" ;;
  *) echo "3 11 7 1" ;;
esac
`;

let folder: string;
const place = (): string => join(folder, "python");
const list = (text: string): void => writeFileSync(join(folder, "requirements.txt"), text);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reference-"));
  writeFileSync(join(folder, "stand-in"), STAND_IN, { mode: 0o755 });
  process.env.GLASSBOX_PYTHON = join(folder, "stand-in");
  list("# two are wanted\none==1.0\ntwo==2.0\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  delete process.env.GLASSBOX_PYTHON;
});

async function make(): Promise<{ readonly python: string; readonly steps: readonly string[] }> {
  const steps: string[] = [];
  const python = await referencePython({
    requirements: join(folder, "requirements.txt"),
    folder: place(),
    onStep: (what) => steps.push(what),
  });
  return { python, steps };
}
const made = (): number => readFileSync(join(folder, "made"), "utf8").split("\n").length - 1;

test("the environment is made with news of each step, then found in place", async () => {
  expect(await make()).toEqual({
    python: join(place(), "bin", "python"),
    steps: [
      "new environment, Python 3.11.7",
      "pip: 1 of 2 packages",
      "pip: 2 of 2 packages",
      "pip: installing 2 packages",
    ],
  });
  expect(await make()).toEqual({ python: join(place(), "bin", "python"), steps: [] });
  expect(made()).toBe(1);
});

test("another list makes it anew", async () => {
  await make();
  list("one==1.1\ntwo==2.0\n");
  await make();

  expect(made()).toBe(2);
});

test("a try that failed is said to have, with pip's reason, and the next one starts anew", async () => {
  list("no-such-package==1.0\n");
  await expect(make()).rejects.toThrow(
    /^pip failed \(No matching distribution found for no-such-package==1\.0\): see \.cache\/setup\/bench-pip\.log, then run .* again\.$/,
  );
  expect(existsSync(join(place(), "glassbox.json"))).toBe(false);

  list("one==1.0\n");
  await make();
  expect(made()).toBe(2);
});

test("a Python that does not run is named", async () => {
  process.env.GLASSBOX_PYTHON = join(folder, "no-python");

  await expect(make()).rejects.toThrow(
    `GLASSBOX_PYTHON=${join(folder, "no-python")} does not run: give the path of a Python 3.10 or newer`,
  );
});
