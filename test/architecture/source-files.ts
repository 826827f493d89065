import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The project's folder. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

export interface Import {
  /** As written: "../core/errors.ts", "node:fs", "vega". */
  readonly specifier: string;
  /** By `import()` or for a type alone: it may be a tool that is there only while developing. */
  readonly tool: boolean;
}

export interface SourceFile {
  /** From the project's folder, with forward slashes: "src/core/errors.ts". */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Every TypeScript file below the folders, in order of their paths. */
export function sourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        // JupyterLab keeps a copy of each file that is saved in it.
        .filter((name) => name.endsWith(".ts") && !name.includes(".ipynb_checkpoints"))
        .map((name) => join(folder, name)),
    )
    .sort()
    .map((file) => parse(relative(root, file).split(sep).join("/"), readFileSync(file, "utf8")));
}

/** One file from its text; tests of the rules make bad ones with it. */
export function parse(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return { path, text, tree, imports: importsOf(tree) };
}

/** The path that a relative import means, from the project's folder. */
export function target(from: SourceFile, specifier: string): string {
  return join(dirname(from.path), specifier).split(sep).join("/");
}

/** "src/core/errors.ts" lies in "core"; "datasets/moby-dick/chapters.ts" in "datasets". */
export function folderOf(path: string): string {
  const parts = path.split("/");
  return (parts[0] === "src" ? parts[1] : parts[0]) ?? "";
}

function importsOf(tree: ts.SourceFile): readonly Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      add(node.moduleSpecifier, typeOnly);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], true);
    }
    ts.forEachChild(node, visit);
  };
  const add = (specifier: ts.Node | undefined, tool: boolean): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      found.push({ specifier: specifier.text, tool });
    }
  };
  visit(tree);
  return found;
}
