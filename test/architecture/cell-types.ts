import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type cellTs from "@tslab/typescript-for-tslab";
import ts from "typescript";

import { root } from "./source-files.ts";
import type { SourceFile } from "./source-files.ts";

/** The compiler that checks cells: TypeScript 5.0.4, found the way tslab finds it. */
const old = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"))(
  "@tslab/typescript-for-tslab",
) as typeof cellTs;

/** What tslab sets for every cell (its converter.js), as far as it decides how types are read. */
const cellOptions: cellTs.CompilerOptions = {
  target: old.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  module: old.ModuleKind.ESNext,
  moduleResolution: old.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  // tslab skips this check and then sees `any` where a type is broken; here the break is shown.
  skipLibCheck: false,
  types: ["node"],
  noEmit: true,
};

/** "src/core/errors.ts" is imported by cells as "glassbox/core/errors". */
export function cellSpecifier(path: string): string {
  return `glassbox/${path.replace(/^src\//, "").replace(/\.ts$/, "")}`;
}

/**
 * What TypeScript 5.0.4 cannot read, or reads as `any`, in the declarations of these files.
 *
 * The declarations are made here from the sources, as the build makes them, and laid over `dist`: a
 * forgotten build cannot hide anything. A cell that imports every module is compiled against them.
 */
export function unreadableTypes(files: readonly SourceFile[]): readonly string[] {
  const overlay = new Map<string, string>();
  for (const file of files) overlay.set(declarationPath(file.path), declare(file));
  const cell = join(root, "__cell__.ts");
  const specifiers = files.map(({ path }) => cellSpecifier(path));
  overlay.set(
    cell,
    specifiers.map((specifier, i) => `import * as m${i} from "${specifier}";\nm${i};\n`).join(""),
  );
  const program = old.createProgram([cell], cellOptions, overlayHost(overlay));
  const found: string[] = [];
  for (const path of overlay.keys()) {
    const tree = program.getSourceFile(path);
    if (tree === undefined) {
      found.push(`${path}: no cell can reach it through package.json`);
      continue;
    }
    for (const one of [
      ...program.getSyntacticDiagnostics(tree),
      ...program.getSemanticDiagnostics(tree),
    ]) {
      found.push(`${path}: ${old.flattenDiagnosticMessageText(one.messageText, " ")}`);
    }
    found.push(...anyTypes(tree, program.getTypeChecker()));
  }
  return found.map((problem) => problem.replace(root, ""));
}

function declarationPath(path: string): string {
  return join(root, "dist", path.replace(/\.ts$/, ".d.ts"));
}

function declare(file: SourceFile): string {
  return ts.transpileDeclaration(file.text, {
    fileName: join(root, file.path),
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      declaration: true,
      isolatedDeclarations: true,
    },
  }).outputText;
}

function overlayHost(overlay: ReadonlyMap<string, string>): cellTs.CompilerHost {
  const disk = old.sys;
  const link = join(root, "node_modules/glassbox/");
  // The package depends on itself through a link: both names mean one file.
  const real = (path: string): string =>
    path.startsWith(link) ? join(root, path.slice(link.length)) : path;
  // What dist holds of files that are gone is not there.
  const hidden = (path: string): boolean => path.startsWith(join(root, "dist/"));
  const folders = new Set<string>();
  for (let path of overlay.keys())
    while (path !== dirname(path)) folders.add((path = dirname(path)));
  const read = (path: string): string | undefined =>
    overlay.get(real(path)) ?? (hidden(real(path)) ? undefined : disk.readFile(path));
  return {
    ...old.createCompilerHost(cellOptions),
    fileExists: (path) => overlay.has(real(path)) || (!hidden(real(path)) && disk.fileExists(path)),
    readFile: read,
    directoryExists: (path) => folders.has(real(path)) || disk.directoryExists(path),
    realpath: (path) => (real(path) === path ? (disk.realpath?.(path) ?? path) : real(path)),
    getSourceFile: (path, version) => {
      const text = read(path);
      return text === undefined ? undefined : old.createSourceFile(path, text, version, true);
    },
  };
}

/** Written types that resolve to `any` without saying so. */
function anyTypes(tree: cellTs.SourceFile, checker: cellTs.TypeChecker): readonly string[] {
  const found: string[] = [];
  const visit = (node: cellTs.Node): void => {
    if (
      old.isTypeNode(node) &&
      node.kind !== old.SyntaxKind.AnyKeyword &&
      !old.isExpressionWithTypeArguments(node) &&
      (checker.getTypeFromTypeNode(node).flags & old.TypeFlags.Any) !== 0
    ) {
      found.push(`${tree.fileName}: a cell sees "${node.getText(tree)}" as any`);
    }
    old.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
