/**
 * The JavaScript that tslab made of a cell, rewritten so that it shares its names and can be stopped.
 *
 *     let total = 0;                    const $own_total = $box_total.at = { value: 0 };
 *     exports.total = total += i        $own_total.value += i            one field, for all cells
 *     exports.point = point;            $box_point.at = new (class…)     a live view on a constant
 *     exports.rate                      $box_rate.at.value               a name of an earlier cell
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
import {
  exportedName,
  headLists,
  importedName,
  isAssignment,
  isModuleMarker,
} from "./emitted-module.ts";
import { fieldVariables, isUse, letNames } from "./field-variables.ts";

export interface Instrumented {
  /** A function expression of `PARAMETERS`. */
  readonly code: string;
  /** The names that the cell declares. */
  readonly declared: readonly string[];
}

/** The names of the parameters of the cell's function, in order. */
export const PARAMETERS = "exports, require, __cell, __box";

/** The global that holds the flag of Stop: V8 compiles a constant global into the loop itself. */
export const FLAG = "__glassboxStop";

/**
 * What a loop or a function does first: read the flag, and leave when it is raised.
 *
 * A plain read: V8 makes a call of `Atomics.load`, which takes twice as long in a small loop.
 */
const GUARD = `if (${FLAG}[0] !== 0) __cell.leave();`;

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
  const boxes = [...rewriter.boxes].map((name) => `$box_${name} = __box(${JSON.stringify(name)})`);
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

/** Accessors of a class: V8 inlines them, which it does not do for those of an object literal. */
const bindingOf = (name: string): string =>
  `$box_${name}.at = new (class { get value() { return ${name}; } set value(_) { ${name} = _; } })();`;

class Rewriter {
  readonly boxes = new Set<string>();
  readonly bound = new Set<string>();
  readonly #file: ts.SourceFile;
  readonly #edits: Edits;
  readonly #declared: ReadonlySet<string>;
  readonly #resultName: string | undefined;
  /** Own variables that live in fields. */
  readonly #fields: ReadonlySet<string>;

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
    this.#fields = fieldVariables(file);
  }

  drop(statement: ts.Statement): void {
    this.#edits.replace(statement.getStart(this.#file), statement.end, "");
  }

  /** A statement of the cell's top level. */
  statement(statement: ts.Statement): void {
    if (this.#isResult(statement)) return this.#keepNameless(statement);
    const lets = letNames(statement);
    if (lets?.every((name) => this.#fields.has(name) && this.#declared.has(name))) {
      return this.#declareFields(statement as ts.VariableStatement);
    }
    if (ts.isExpressionStatement(statement)) {
      const { expression } = statement;
      if (isAssignment(expression)) {
        const name = exportedName(expression.left);
        if (name !== undefined && this.#declared.has(name)) {
          const { right } = expression;
          const again = ts.isIdentifier(right) && right.text === name && this.bound.has(name);
          if (again) return this.drop(statement);
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
    if (ts.isIdentifier(node) && this.#inField(node.text) && isUse(node)) {
      return this.#edits.replace(node.getStart(this.#file), node.end, `$own_${node.text}.value`);
    }
    if (ts.isShorthandPropertyAssignment(node) && this.#inField(node.name.text)) {
      this.#edits.insert(node.name.end, `: $own_${node.name.text}.value`);
      if (node.objectAssignmentInitializer) this.#visit(node.objectAssignmentInitializer);
      return;
    }
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
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
      for (const parameter of node.parameters) this.#visit(parameter);
      this.#edits.insert(node.body.getStart(this.#file), `(${FLAG}[0] !== 0 && __cell.leave(), `);
      this.#visit(node.body);
      this.#edits.insert(node.body.end, ")");
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
    const place = `$box_${name}.at.value`;
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

  /** `const tsLastExpr = () => 1;`, which is how a function as a value is emitted. */
  #isResult(statement: ts.Statement): statement is ts.VariableStatement {
    if (!ts.isVariableStatement(statement)) return false;
    const [only] = statement.declarationList.declarations;
    return only !== undefined && only.name.getText(this.#file) === this.#resultName;
  }

  /** The function of the last line has no name of its own: in brackets it takes none. */
  #keepNameless(statement: ts.VariableStatement): void {
    const value = statement.declarationList.declarations[0]?.initializer;
    if (value === undefined) return;
    this.#edits.insert(value.getStart(this.#file), "(0, ");
    this.#visit(value);
    this.#edits.insert(value.end, ")");
  }

  #inField(name: string): boolean {
    return this.#fields.has(name) && this.#declared.has(name);
  }

  /** `let a = 1, b;` becomes `const $own_a = $box_a.at = { value: 1 }, $own_b = …`. */
  #declareFields(statement: ts.VariableStatement): void {
    const { declarationList } = statement;
    const start = declarationList.getStart(this.#file);
    this.#edits.replace(start, start + "let".length, "const");
    for (const { name, initializer } of declarationList.declarations) {
      const { text } = name as ts.Identifier;
      this.bound.add(text);
      const head = `$own_${text} = $box_${text}.at = { value: `;
      const from = name.getStart(this.#file);
      if (initializer === undefined) {
        this.#edits.replace(from, name.end, `${head}undefined }`);
      } else {
        this.#edits.replace(from, initializer.getStart(this.#file), head);
        this.#visit(initializer);
        this.#edits.insert(initializer.end, " }");
      }
    }
  }

  #bind(statement: ts.Statement, name: string): void {
    this.bound.add(name);
    this.#edits.replace(statement.getStart(this.#file), statement.end, bindingOf(name));
  }

  #bindValue(statement: ts.Statement, name: string, value: string): void {
    this.bound.add(name);
    const code = `$box_${name}.at = { value: ${value} };`;
    this.#edits.replace(statement.getStart(this.#file), statement.end, code);
  }
}

function isBlock(node: unknown): node is ts.Block {
  return typeof node === "object" && node !== null && ts.isBlock(node as ts.Node);
}
