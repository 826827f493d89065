import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}

// Two packages bring a program called tsc, and npm links the one or the other under that name.
test.each(["build", "dev", "types"])("npm run %s runs our TypeScript", (script) => {
  const manifest = readFileSync(join(packageRoot(), "package.json"), "utf8");
  const { typescript } = (JSON.parse(manifest) as Manifest).devDependencies;
  const said = execFileSync("npm", ["run", "--silent", script, "--", "--version"], {
    cwd: packageRoot(),
    encoding: "utf8",
  });
  expect(said.trim()).toBe(`Version ${typescript}`);
});
