/**
 * A cell's text, made ready for tslab: what a reader would type works, and positions map back.
 *
 * tslab decides that a cell is asynchronous from an `await` it cannot mistake for a name, refuses
 * `export`, and forgets to look up an earlier cell's name in `{ name }`.
 *
 * Source:  tslab 1.0.22, dist/converter.js
 * Chapter: notebooks/00-start.ipynb
 */
import ts from "@tslab/typescript-for-tslab";

import { Edits } from "./edits.ts";

export interface Prepared {
  readonly text: string;
  /** A position in `text` to one in the cell. */
  readonly original: (position: number) => number;
  /** Top-level names that no cell can declare, with where they stand. */
  readonly refused: readonly { readonly name: string; readonly position: number }[];
  /** Shall the value of the last expression stay unseen? True after a semicolon, and for `x = 1`. */
  readonly hidesValue: boolean;
}

/** Prepares a cell; `isShared` tells whether a name was declared by an earlier cell. */
export function prepare(source: string, isShared: (name: string) => boolean): Prepared {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const edits = new Edits(source);
  // Its own line: columns stay as they are.
  if (/\bawait\b/.test(source)) edits.insert(0, "await null;\n");
  for (const statement of file.statements) withoutExport(statement, file, edits);
  spellOutShorthands(file, isShared, edits);
  return {
    text: edits.apply(),
    original: (position) => edits.original(position),
    refused: refusedNames(file),
    hidesValue: hidesValue(file),
  };
}

/** `export const x = 1` means `const x = 1`: every name of a cell is seen by the next ones. */
function withoutExport(statement: ts.Statement, file: ts.SourceFile, edits: Edits): void {
  if (ts.isExportAssignment(statement)) {
    const start = statement.getStart(file);
    const end = statement.expression.getStart(file);
    return edits.replace(start, end, " ".repeat(end - start));
  }
  if (!ts.canHaveModifiers(statement)) return;
  const modifiers = ts.getModifiers(statement) ?? [];
  for (const modifier of modifiers) {
    const { kind } = modifier;
    if (kind !== ts.SyntaxKind.ExportKeyword && kind !== ts.SyntaxKind.DefaultKeyword) continue;
    const start = modifier.getStart(file);
    edits.replace(start, modifier.end, " ".repeat(modifier.end - start));
  }
}

/** `{ total }` becomes `{ total: total }` where an earlier cell declared `total`. */
function spellOutShorthands(
  file: ts.SourceFile,
  isShared: (name: string) => boolean,
  edits: Edits,
): void {
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && isShared(node.name.text)) {
      edits.insert(node.name.end, `: ${node.name.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

const ASSIGNMENTS_FROM = ts.SyntaxKind.FirstAssignment;
const ASSIGNMENTS_TO = ts.SyntaxKind.LastAssignment;

function hidesValue(file: ts.SourceFile): boolean {
  const last = file.statements.at(-1);
  if (last === undefined || !ts.isExpressionStatement(last)) return false;
  if (last.getText(file).endsWith(";")) return true;
  const { expression } = last;
  if (!ts.isBinaryExpression(expression)) return false;
  const operator = expression.operatorToken.kind;
  return operator >= ASSIGNMENTS_FROM && operator <= ASSIGNMENTS_TO;
}

/** What the code of a cell itself needs, what we put into it, and what tslab takes for another name. */
const REFUSED = /^(require|exports)$|^\$(own|box)_|^__/;

function refusedNames(file: ts.SourceFile): { name: string; position: number }[] {
  const refused: { name: string; position: number }[] = [];
  const look = (name: ts.Node | undefined): void => {
    if (name === undefined) return;
    if (!ts.isIdentifier(name))
      ts.forEachChild(name, (part) => look((part as { name?: ts.Node }).name));
    else if (REFUSED.test(name.text)) {
      refused.push({ name: name.text, position: name.getStart(file) });
    }
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) look(name);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      look(statement.name);
    }
  }
  return refused;
}
