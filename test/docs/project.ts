import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../architecture/source-files.ts";
import { readDocument } from "./document.ts";
import type { Document } from "./document.ts";
import type { Project } from "./rules.ts";

/** What tools make: a link to it leads nowhere for a reader of the sources. */
const made = readFileSync(join(root, ".gitignore"), "utf8")
  .split("\n")
  .filter((line) => line.endsWith("/"))
  .map((line) => line.slice(0, -1));

/** The project on this disk. */
export const project: Project = {
  has: (path) =>
    !path.split("/").some((part) => made.includes(part)) && existsSync(join(root, path)),
  document: (path) => (/\.(md|ipynb)$/.test(path) ? readFromDisk(path) : undefined),
  lines: (path) => readFileSync(join(root, path), "utf8").trimEnd().split("\n").length,
};

/** Every document of ours: README, course, benchmarks, each data set's README, each notebook. */
export function documents(): readonly Document[] {
  const paths = [
    "README.md",
    "course.md",
    "BENCHMARKS.md",
    ...below("datasets").filter((path) => path.endsWith("/README.md")),
    ...below("notebooks").filter((path) => path.endsWith(".ipynb")),
  ];
  return paths.map(readFromDisk);
}

/** The folders that a reader sees: the top ones, and those one below the ones that hold folders. */
export function visibleFolders(): readonly string[] {
  const inside = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== ".git" && !made.includes(entry.name))
      .map(({ name }) => join(path, name))
      .filter(hasFiles);
  return [...inside("."), ...["notebooks", "datasets", "src"].flatMap(inside)];
}

function readFromDisk(path: string): Document {
  return readDocument(path, readFileSync(join(root, path), "utf8"));
}

function below(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => !path.split("/").some((part) => made.includes(part)))
    .sort();
}

/** Git keeps no empty folder, so an empty one is on this disk alone. */
function hasFiles(path: string): boolean {
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true }).some((entry) =>
    entry.isFile(),
  );
}
