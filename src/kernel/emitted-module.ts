/**
 * What the code that TypeScript emits for a module says: which names it exports and imports.
 *
 * Source:  the code that TypeScript 5.0 emits with `module: commonjs`
 * Chapter: notebooks/00-start.ipynb
 */
import ts from "@tslab/typescript-for-tslab";

/** TypeScript lists at most so many exports in one statement. */
const NAMES_A_STATEMENT = 50;

/** The statements `exports.a = exports.b = void 0;` at the head, which list all that a module exports. */
export function headLists(file: ts.SourceFile): Map<ts.Statement, string[]> {
  const lists = new Map<ts.Statement, string[]>();
  const marker = file.statements.findIndex(
    (statement) => ts.isExpressionStatement(statement) && isModuleMarker(statement.expression),
  );
  for (const statement of file.statements.slice(marker + 1)) {
    const names = listedNames(statement);
    if (names === undefined) break;
    lists.set(statement, names);
    if (names.length < NAMES_A_STATEMENT) break;
  }
  return lists;
}

function listedNames(statement: ts.Statement): string[] | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const names: string[] = [];
  let expression: ts.Expression = statement.expression;
  while (isAssignment(expression)) {
    const name = exportedName(expression.left);
    if (name === undefined) return undefined;
    names.push(name);
    expression = expression.right;
  }
  return ts.isVoidExpression(expression) ? names : undefined;
}

/** `left = right`, and no other operator. */
export function isAssignment(node: ts.Node): node is ts.AssignmentExpression<ts.EqualsToken> {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** `total` of `exports.total`. */
export function exportedName(node: ts.Node): string | undefined {
  return ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "exports"
    ? node.name.text
    : undefined;
}

/** `Object.defineProperty(exports, "__esModule", …)` comes before everything of the cell. */
export function isModuleMarker(expression: ts.Expression): boolean {
  return importedName(expression)?.name === "__esModule";
}

/** `join` and `path_1.join` of `Object.defineProperty(exports, "join", { …, get: function () { return path_1.join; } })`. */
export function importedName(
  expression: ts.Expression,
): { name: string; value: string } | undefined {
  if (!ts.isCallExpression(expression)) return undefined;
  if (expression.expression.getText() !== "Object.defineProperty") return undefined;
  const [target, name, attributes] = expression.arguments;
  if (target?.getText() !== "exports" || name === undefined || attributes === undefined)
    return undefined;
  if (!ts.isStringLiteral(name) || !ts.isObjectLiteralExpression(attributes)) return undefined;
  const value = /return (.*?); \}/s.exec(attributes.getText())?.[1] ?? "true";
  return { name: name.text, value };
}
