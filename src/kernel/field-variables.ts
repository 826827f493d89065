/**
 * Which variables of a cell can live in a field that all cells share.
 *
 * V8 keeps a captured variable that holds a large number in a new object for each assignment; a
 * field takes the number itself. So a top-level `let` moves into a field, as long as its name means
 * nothing else anywhere in the cell: then every use of the name is a use of that variable.
 *
 * Source:  https://v8.dev/blog/mutable-heap-number
 * Chapter: notebooks/00-start.ipynb
 */
import ts from "@tslab/typescript-for-tslab";

/** The names of top-level `let`s, whole statements of them, that nothing else in the cell has. */
export function fieldVariables(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  // Code in a text names variables that are not seen here.
  if (/\beval\b/.test(file.text)) return names;
  const declarations = countDeclarations(file);
  for (const statement of file.statements) {
    const found = letNames(statement);
    if (found?.every((name) => declarations.get(name) === 1)) {
      for (const name of found) names.add(name);
    }
  }
  return names;
}

/** The names that a statement `let a = 1, b` declares; undefined when it is another statement. */
export function letNames(statement: ts.Statement): string[] | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const { flags, declarations } = statement.declarationList;
  if ((flags & ts.NodeFlags.Let) === 0) return undefined;
  const names: string[] = [];
  for (const { name } of declarations) {
    if (!ts.isIdentifier(name)) return undefined;
    names.push(name.text);
  }
  return names;
}

/** Is this identifier a use of a variable, and not the name of a property or a label? */
export function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isClassElement(parent) || ts.isObjectLiteralElement(parent)) {
    return parent.name !== node;
  }
  return !(ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent));
}

function countDeclarations(file: ts.SourceFile): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    const { name } = node as { name?: ts.Node };
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isClassDeclaration(node) ||
      ts.isClassExpression(node);
    if (declares && name !== undefined && ts.isIdentifier(name)) {
      counts.set(name.text, (counts.get(name.text) ?? 0) + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return counts;
}
