/**
 * In any folder a cell finds the course: `glassbox/*`, `@tensorflow/tfjs` and Node's types come from
 * the kernel's own installation, for the compiler and at run time, and nothing is written there.
 *
 * The compiler asks `ts.sys` for files. For `FOLDER/node_modules/NAME/…`, with NAME a package of
 * ours, the answers come from our own `node_modules/NAME`; the rest of the disk is what it is.
 *
 * Source:  tslab 1.0.22, dist/converter.js, `forwardTslabPath` does the same for tslab itself
 * Chapter: notebooks/00-start.ipynb
 */
import { realpathSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import ts from "@tslab/typescript-for-tslab";

import { packageRoot } from "../core/package-root.ts";

/** A module of ours that declares the globals of cells, seen by the compiler as a package of types. */
const CELL_TYPES = "@types/glassbox-cell";

const root = realpathSync(packageRoot());
const ownRequire = createRequire(join(root, "package.json"));

/** Package names to folders, for all that cells may import wherever they are. */
function ownPackages(): Map<string, string> {
  const { name, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    name: string;
    dependencies: Record<string, string>;
  };
  const folders = new Map<string, string>([[name, root]]);
  for (const dependency of [...Object.keys(dependencies), "@types/node"]) {
    if (dependency === name) continue;
    const folder = packageFolder(dependency);
    if (folder !== undefined) folders.set(dependency, folder);
  }
  return folders;
}

function packageFolder(name: string): string | undefined {
  for (const folder of ownRequire.resolve.paths(name) ?? []) {
    if (ts.sys.fileExists(join(folder, name, "package.json")))
      return realpathSync(join(folder, name));
  }
  return undefined;
}

const packages = ownPackages();

/**
 * Lets the compiler see our packages in `folder`, where the kernel runs.
 *
 * Call it before tslab's converter is made.
 */
export function overlayPackages(folder: string): void {
  const { sys } = ts;
  const modules = join(folder, "node_modules").replaceAll("\\", "/");
  // The build puts the declarations of `cell-globals.ts` beside this file.
  const declarations = readFileSync(new URL("./cell-globals.d.ts", import.meta.url), "utf8");
  const virtual = new Map([
    [
      `${modules}/${CELL_TYPES}/package.json`,
      '{"name":"@types/glassbox-cell","types":"index.d.ts"}',
    ],
    [`${modules}/${CELL_TYPES}/index.d.ts`, declarations],
  ]);
  const own = (path: string): string => {
    if (!path.startsWith(`${modules}/`)) return path;
    const [first = "", second = "", ...rest] = path.slice(modules.length + 1).split("/");
    const scoped = first.startsWith("@");
    const target = packages.get(scoped ? `${first}/${second}` : first);
    if (target === undefined) return path;
    return [target, ...(scoped ? rest : [second, ...rest])].filter((part) => part !== "").join("/");
  };
  const folders = new Set<string>([modules, `${modules}/${CELL_TYPES}`]);
  for (const name of [...packages.keys(), CELL_TYPES]) folders.add(dirname(`${modules}/${name}`));
  const disk = { ...sys };
  sys.readFile = (path, encoding) => virtual.get(path) ?? disk.readFile(own(path), encoding);
  sys.fileExists = (path) => virtual.has(path) || disk.fileExists(own(path));
  sys.directoryExists = (path) => folders.has(path) || disk.directoryExists(own(path));
  sys.realpath = (path) => (virtual.has(path) ? path : (disk.realpath?.(own(path)) ?? own(path)));
  sys.getDirectories = (path) => {
    const found = disk.getDirectories(own(path));
    if (path !== `${modules}/@types`) return found;
    return [...new Set([...found, "node", "glassbox-cell"])];
  };
}

/** `require` for cells: ours for our packages, the folder's for the rest, with ours as last resort. */
export function cellRequire(folder: string): NodeJS.Require {
  const folderRequire = createRequire(join(folder, "cell.js"));
  const require = (id: string): unknown => {
    const [first = "", second = ""] = id.split("/");
    const name = first.startsWith("@") ? `${first}/${second}` : first;
    if (packages.has(name)) return ownRequire(id);
    try {
      return folderRequire(id);
    } catch (error) {
      if (isMissing(error, id) && !id.startsWith(".")) {
        try {
          return ownRequire(id);
        } catch (second) {
          if (!isMissing(second, id)) throw second;
        }
      }
      throw error;
    }
  };
  return Object.assign(require, {
    resolve: folderRequire.resolve,
    cache: folderRequire.cache,
    extensions: folderRequire.extensions,
    main: folderRequire.main,
  }) as NodeJS.Require;
}

function isMissing(error: unknown, id: string): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "MODULE_NOT_FOUND" && (message ?? "").includes(`'${id}'`);
}
