import ts from "typescript";

import { folderOf, target } from "./source-files.ts";
import type { SourceFile } from "./source-files.ts";

/** Lines that a reader takes in at one sitting; the whole of the GPT must fit. */
const LONGEST = 320;

/** Imports of ours that the table does not allow, and folders that it does not know. */
export function forbiddenImports(
  file: SourceFile,
  table: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const folder = folderOf(file.path);
  const allowed = table[folder];
  if (allowed === undefined) return [`${file.path}: folder ${folder} is not in the table`];
  return relativeImports(file)
    .map((specifier) => target(file, specifier).replace(/^src\//, ""))
    .filter(
      (path) =>
        folderOf(path) !== folder &&
        !allowed.some((entry) => path === entry || path.startsWith(`${entry}/`)),
    )
    .map((path) => `${file.path}: ${folder} may not import ${path}`);
}

/** Packages that are not dependencies, belong to another folder, or lack `node:`. */
export function forbiddenPackages(
  file: SourceFile,
  manifest: Readonly<Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>>,
  owned: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return file.imports
    .filter(({ specifier }) => !/^(\.|node:)/.test(specifier))
    .flatMap(({ specifier, tool }) => {
      const name = specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
      const owners = owned[name];
      if (owners?.includes(folderOf(file.path))) return [];
      if (owners) return [`${file.path}: only ${owners.join(", ")} may import ${name}`];
      if (name in manifest.dependencies) return [];
      if (tool && name in manifest.devDependencies) return [];
      return [`${file.path}: ${specifier} is neither node:… nor a dependency in package.json`];
    });
}

/** Rings of files that import one another, each as "a -> b -> a". */
export function cycles(files: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(" -> "));
    const file = byPath.get(path);
    if (start >= 0 || file === undefined || done.has(path)) return;
    for (const specifier of relativeImports(file)) walk(target(file, specifier), [...trail, path]);
    done.add(path);
  };
  for (const file of files) walk(file.path, []);
  return found;
}

/** Names: kebab-case, no barrel, no utils; and relative imports that end in .ts. */
export function badNames(file: SourceFile): readonly string[] {
  const found: string[] = [];
  for (const part of file.path.replace(/\.ts$/, "").split("/")) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) found.push(`${part} is not kebab-case`);
    if (/^(utils?|helpers?|misc|common|shared|lib)$/.test(part)) found.push(`${part} says nothing`);
    if (part === "index") found.push("a folder has no index.ts: import the file that is meant");
  }
  for (const specifier of relativeImports(file)) {
    if (!specifier.endsWith(".ts")) found.push(`import "${specifier}" must end in .ts`);
  }
  if (file.tree.statements.some((one) => ts.isExportDeclaration(one) && one.moduleSpecifier)) {
    found.push("export … from makes a barrel: import from the file that has the name");
  }
  return found.map((problem) => `${file.path}: ${problem}`);
}

/** The header: one sentence, then `Source:` and `Chapter:` lines, the chapter one of `notebooks`. */
export function badHeader(
  file: SourceFile,
  notebookExists: (path: string) => boolean,
): readonly string[] {
  const header = /^\/\*\*\n((?: \*.*\n)+?) \*\/\n/.exec(file.text)?.[1];
  if (header === undefined) return [`${file.path}: begins without a header comment`];
  const lines = header.split("\n").map((line) => line.replace(/^ \* ?/, ""));
  const found: string[] = [];
  const first = lines.slice(0, lines.indexOf("")).join(" ");
  if (!/^\S.*[.?!]$/.test(first))
    found.push("header has no first sentence with an empty line after");
  if (!lines.some((line) => /^Source: {2}\S/.test(line)))
    found.push('header has no "Source:  …" line');
  const chapters = lines
    .filter((line) => line.startsWith("Chapter: "))
    .flatMap((line) => line.slice("Chapter: ".length).split(", "));
  if (chapters.length === 0) found.push('header has no "Chapter: notebooks/…" line');
  for (const chapter of chapters) {
    if (!/^notebooks\/\d\d-[a-z-]+\.ipynb$/.test(chapter)) {
      found.push(`"${chapter}" is no chapter's path`);
    } else if (!notebookExists(chapter)) found.push(`${chapter} does not exist`);
  }
  return found.map((problem) => `${file.path}: ${problem}`);
}

/** Exported functions, classes and constants without a doc comment that begins with a sentence. */
export function undocumentedExports(file: SourceFile): readonly string[] {
  const exported = file.tree.statements
    .filter(
      (one) =>
        ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one) || ts.isVariableStatement(one),
    )
    .filter((one) => one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
  // The forms of an overloaded function share the comment of one of them.
  const documented = new Set(exported.filter(startsWithSentence).map(nameOf));
  return [...new Set(exported.map(nameOf))]
    .filter((name) => !documented.has(name))
    .map((name) => `${file.path}: ${name} has no doc comment that begins with a sentence`);
}

/** Calls of `console.…`, and `Math.random` (not in comments or strings), and files too long. */
export function badHabits(file: SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const use = `${node.expression.text}.${node.name.text}`;
      const called = ts.isCallExpression(node.parent) && node.parent.expression === node;
      if (called && node.expression.text === "console") found.push(`${use}: return it, or throw`);
      if (use === "Math.random") found.push("Math.random: randomness takes a seed");
    }
    ts.forEachChild(node, visit);
  };
  visit(file.tree);
  const lines = file.text.trimEnd().split("\n").length;
  if (lines > LONGEST) found.push(`${lines} lines, at most ${LONGEST}: it holds two ideas`);
  return found.map((problem) => `${file.path}: ${problem}`);
}

function relativeImports(file: SourceFile): readonly string[] {
  return file.imports.map(({ specifier }) => specifier).filter((name) => name.startsWith("."));
}

function nameOf(
  node: ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableStatement,
): string | undefined {
  return ts.isVariableStatement(node)
    ? node.declarationList.declarations[0]?.name.getText()
    : node.name?.text;
}

function startsWithSentence(node: ts.Node): boolean {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? "";
  return /[.?!:](\s|$)/.test(text);
}
