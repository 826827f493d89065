import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

import { distance, folder, readMade } from "./cases.ts";

const files = [
  "modules.safetensors",
  "gpt.safetensors",
  "training.safetensors",
  "gpt2/logits.safetensors",
];

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

it.each(files)(
  "%s was made by the script as it is, with the versions that are pinned",
  async (file) => {
    const { script, versions } = await readMade(file);
    const pinned = readFileSync(join(folder, "requirements.txt"), "utf8").matchAll(
      /^(\w+)==(.+)$/gm,
    );

    expect(script).toBe(sha256(join(folder, "make.py")));
    expect(versions).toEqual(
      Object.fromEntries([...pinned].map(([, name, version]) => [name, version])),
    );
  },
);

it("the GPT-2 that was saved is the one whose logits are known", async () => {
  const { cases } = await readMade<{ readonly sha256: Record<string, string> }>(files[3]!);
  const saved = cases.gpt2!.sha256;

  expect(Object.keys(saved)).toEqual(["config.json", "model.safetensors"]);
  for (const [name, sum] of Object.entries(saved)) {
    expect(sha256(join(folder, "gpt2", name)), name).toBe(sum);
  }
});

it("all fixtures together are small", () => {
  const sizes = [...files, "gpt2/model.safetensors"].map(
    (file) => statSync(join(folder, file)).size,
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
});

it("a distance is the length of the difference in lengths of what is expected", () => {
  expect(distance([3, 4], [3, 4])).toBe(0);
  expect(distance([3, 9], [0, 5])).toBe(1); // √(3² + 4²) / √(0² + 5²)
  expect(distance([NaN], [1])).toBeNaN();
});
