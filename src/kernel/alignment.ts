/**
 * Where in a cell a piece of the code that runs came from.
 *
 * tslab keeps no source map. But translation only drops types and adds a little code: the tokens that
 * stay keep their order. So the longest common subsequence of the two token lists says which token
 * came from which, and a position between two of them belongs to the one before it.
 *
 * Source:  Myers (1986), "An O(ND) Difference Algorithm and Its Variations", as the package diff has it
 * Chapter: notebooks/00-start.ipynb
 */
import ts from "@tslab/typescript-for-tslab";
import { diffArrays } from "diff";

export interface Place {
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in UTF-16 units. */
  readonly column: number;
}

interface Token extends Place {
  readonly text: string;
}

/** A function from places in `code` to places in `source`; undefined where nothing corresponds. */
export function alignment(source: string, code: string): (place: Place) => Place | undefined {
  const sources = tokens(source);
  const codes = tokens(code);
  const match = partners(codes, sources);
  return ({ line, column }) => {
    let found: Place | undefined;
    for (const [index, token] of codes.entries()) {
      if (token.line > line || (token.line === line && token.column > column)) break;
      const partner = match[index];
      if (partner !== undefined) found = sources[partner];
    }
    return found === undefined ? undefined : { line: found.line, column: found.column };
  };
}

/** Identifiers, keywords, literals and operators, without comments, white space and types. */
function tokens(text: string): Token[] {
  const file = ts.createSourceFile("text.ts", text, ts.ScriptTarget.ES2022, true);
  const found: Token[] = [];
  const visit = (node: ts.Node): void => {
    if (isJSDoc(node) || isType(node)) return;
    if (node.getChildCount(file) > 0) return node.getChildren(file).forEach(visit);
    const start = node.getStart(file);
    const piece = text.slice(start, node.end);
    // Semicolons and quotes change in translation; they carry no place of their own.
    if (piece === "" || piece === ";") return;
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    found.push({ text: piece.replace(/^'(.*)'$/s, '"$1"'), line: line + 1, column: character + 1 });
  };
  visit(file);
  return found;
}

function isJSDoc({ kind }: ts.Node): boolean {
  return kind >= ts.SyntaxKind.FirstJSDocNode && kind <= ts.SyntaxKind.LastJSDocNode;
}

/** What translation drops: left in, a type could be taken for the value that looks like it. */
function isType(node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  // `extends Base` is a type to the compiler, and stays.
  return ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node);
}

/** Milliseconds for finding partners; a cell so long that they don't suffice gets no places. */
const PATIENCE = 500;

/** For each of `a` the index of its partner in `b`. */
function partners(a: readonly Token[], b: readonly Token[]): (number | undefined)[] {
  const found: (number | undefined)[] = a.map(() => undefined);
  const texts = (tokens: readonly Token[]): string[] => tokens.map(({ text }) => text);
  const changes = diffArrays(texts(a), texts(b), { timeout: PATIENCE }) ?? [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (added) j += count;
    else if (removed) i += count;
    else for (const end = i + count; i < end;) found[i++] = j++;
  }
  return found;
}
