/**
 * The JavaScript that tslab made of a cell, rewritten so that it shares its names and can be stopped.
 *
 *     exports.total = total += i        total += i                       own variables stay local
 *     exports.total = total;            __total.at = new (class…)        a declaration was reached
 *     exports.rate                      __rate.at.value                  a name of an earlier cell
 *     await x                           await __cell.settle(x)           Stop ends the waiting
 *     for (…) { body }                  for (…) { guard; body }          Stop ends the loop
 *     function f() { body }             function f() { guard; body }     and the recursion
 *
 * Nothing adds or removes a line.
 *
 * Source:  the code that TypeScript 5.0 emits for modules; tslab 1.0.22, dist/converter.js
 * Chapter: notebooks/00-start.ipynb
 */
import ts from "@tslab/typescript-for-tslab";

import { Edits } from "./edits.ts";

export interface Instrumented {
  /** A function expression of `(exports, require, __cell, __box, __flag)`. */
  readonly code: string;
  /** The names that the cell declares. */
  readonly declared: readonly string[];
}

/** The names of the parameters of the cell's function, in order. */
export const PARAMETERS = "exports, require, __cell, __box, __flag";

/** What a loop or a function does first: read the flag of Stop, and leave when it is raised. */
// A plain read: V8 makes a call of `Atomics.load`, which takes twice as long in a small loop.
const GUARD = "if (__flag[0] !== 0) __cell.leave();";

/**
 * Rewrites emitted code; `resultName` is the export that holds the last expression's value.
 * With `isAsync` the function is asynchronous.
 */
export function instrument(
  emitted: string,
  resultName: string | undefined,
  isAsync: boolean,
): Instrumented {
  const file = ts.createSourceFile(
    "cell.js",
    emitted,
    ts.ScriptTarget.ES2022,
    true,
    ts.ScriptKind.JS,
  );
  const edits = new Edits(emitted);
  const lists = headLists(file);
  const declared = [...lists.values()].flat().filter((name) => name !== resultName);
  const rewriter = new Rewriter(file, edits, new Set(declared), resultName);
  for (const statement of file.statements) {
    if (lists.has(statement)) rewriter.drop(statement);
    else rewriter.statement(statement);
  }
  const boxes = [...rewriter.boxes].map((name) => `__${name} = __box(${JSON.stringify(name)})`);
  const head =
    (boxes.length > 0 ? `const ${boxes.join(", ")};` : "") +
    // A `var` inside of a loop or block is declared, but no statement tells when: it is there at once.
    declared
      .filter((name) => !rewriter.bound.has(name))
      .map(bindingOf)
      .join("");
  const keyword = isAsync ? "async function" : "function";
  return { code: `(${keyword}(${PARAMETERS}) {${head}${edits.apply()}\n})`, declared };
}

/** TypeScript lists at most so many exports in one statement. */
const NAMES_A_STATEMENT = 50;

/** The statements `exports.a = exports.b = void 0;` at the head, which list all that a module exports. */
function headLists(file: ts.SourceFile): Map<ts.Statement, string[]> {
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

/** Accessors of a class: V8 inlines them, which it does not do for those of an object literal. */
const bindingOf = (name: string): string =>
  `__${name}.at = new (class { get value() { return ${name}; } set value(_) { ${name} = _; } })();`;

class Rewriter {
  readonly boxes = new Set<string>();
  readonly bound = new Set<string>();
  readonly #file: ts.SourceFile;
  readonly #edits: Edits;
  readonly #declared: ReadonlySet<string>;
  readonly #resultName: string | undefined;

  constructor(
    file: ts.SourceFile,
    edits: Edits,
    declared: ReadonlySet<string>,
    resultName: string | undefined,
  ) {
    this.#file = file;
    this.#edits = edits;
    this.#declared = declared;
    this.#resultName = resultName;
    for (const name of declared) this.boxes.add(name);
  }

  drop(statement: ts.Statement): void {
    this.#edits.replace(statement.getStart(this.#file), statement.end, "");
  }

  /** A statement of the cell's top level. */
  statement(statement: ts.Statement): void {
    if (ts.isExpressionStatement(statement)) {
      const { expression } = statement;
      if (isAssignment(expression)) {
        const name = exportedName(expression.left);
        if (name !== undefined && this.#declared.has(name) && !this.bound.has(name)) {
          const { right } = expression;
          if (ts.isIdentifier(right) && right.text === name) return this.#bind(statement, name);
          // A default import: its value is a property of the module, and no local has its name.
          if (ts.isPropertyAccessExpression(right) && exportedName(right) === undefined) {
            return this.#bindValue(statement, name, right.getText(this.#file));
          }
        }
      }
      const imported = importedName(expression);
      if (imported !== undefined) {
        if (isModuleMarker(expression)) return this.drop(statement);
        return this.#bindValue(statement, imported.name, imported.value);
      }
    }
    this.#visit(statement);
  }

  readonly #visit = (node: ts.Node): void => {
    const name = exportedName(node);
    if (name !== undefined) return this.#access(node, name);
    if (ts.isAwaitExpression(node)) {
      this.#edits.insert(node.expression.getStart(this.#file), "__cell.settle(");
      this.#visit(node.expression);
      this.#edits.insert(node.expression.end, ")");
      return;
    }
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) {
      this.#visit(node.initializer);
      this.#edits.insert(node.expression.getStart(this.#file), "__cell.iterate(");
      this.#visit(node.expression);
      this.#edits.insert(node.expression.end, ")");
      this.#guard(node.statement);
      return;
    }
    if (ts.isFunctionLike(node) && "body" in node && isBlock(node.body)) {
      ts.forEachChild(node, (child) => {
        if (child !== node.body) this.#visit(child);
      });
      this.#guard(node.body);
      return;
    }
    if (ts.isIterationStatement(node, false)) {
      ts.forEachChild(node, (child) => {
        if (child !== node.statement) this.#visit(child);
      });
      this.#guard(node.statement);
      return;
    }
    if (isAssignment(node)) {
      const left = exportedName(node.left);
      if (left !== undefined && this.#declared.has(left)) {
        this.#edits.replace(node.left.getStart(this.#file), node.right.getStart(this.#file), "");
        return this.#visit(node.right);
      }
    }
    ts.forEachChild(node, this.#visit);
  };

  #access(node: ts.Node, name: string): void {
    const start = node.getStart(this.#file);
    if (name === this.#resultName) return this.#edits.replace(start, node.end, "exports.value");
    this.boxes.add(name);
    const place = `__${name}.at.value`;
    // Called as a method, a function would get the box's inside as its `this`.
    const called =
      (ts.isCallExpression(node.parent) && node.parent.expression === node) ||
      (ts.isTaggedTemplateExpression(node.parent) && node.parent.tag === node);
    this.#edits.replace(start, node.end, called ? `(0, ${place})` : place);
  }

  #guard(body: ts.Statement): void {
    if (ts.isBlock(body)) {
      this.#edits.insert(body.getStart(this.#file) + 1, GUARD);
      ts.forEachChild(body, this.#visit);
    } else {
      this.#edits.insert(body.getStart(this.#file), `{ ${GUARD} `);
      this.#visit(body);
      this.#edits.insert(body.end, " }");
    }
  }

  #bind(statement: ts.Statement, name: string): void {
    this.bound.add(name);
    this.#edits.replace(statement.getStart(this.#file), statement.end, bindingOf(name));
  }

  #bindValue(statement: ts.Statement, name: string, value: string): void {
    this.bound.add(name);
    const code = `__${name}.at = { value: ${value} };`;
    this.#edits.replace(statement.getStart(this.#file), statement.end, code);
  }
}

function isBlock(node: unknown): node is ts.Block {
  return typeof node === "object" && node !== null && ts.isBlock(node as ts.Node);
}

function isAssignment(node: ts.Node): node is ts.AssignmentExpression<ts.EqualsToken> {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** `total` of `exports.total`. */
function exportedName(node: ts.Node): string | undefined {
  return ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "exports"
    ? node.name.text
    : undefined;
}

/** `Object.defineProperty(exports, "__esModule", …)` comes before everything of the cell. */
function isModuleMarker(expression: ts.Expression): boolean {
  return importedName(expression)?.name === "__esModule";
}

/** `join` and `path_1.join` of `Object.defineProperty(exports, "join", { …, get: function () { return path_1.join; } })`. */
function importedName(expression: ts.Expression): { name: string; value: string } | undefined {
  if (!ts.isCallExpression(expression)) return undefined;
  if (expression.expression.getText() !== "Object.defineProperty") return undefined;
  const [target, name, attributes] = expression.arguments;
  if (target?.getText() !== "exports" || name === undefined || attributes === undefined)
    return undefined;
  if (!ts.isStringLiteral(name) || !ts.isObjectLiteralExpression(attributes)) return undefined;
  const value = /return (.*?); \}/s.exec(attributes.getText())?.[1] ?? "true";
  return { name: name.text, value };
}
