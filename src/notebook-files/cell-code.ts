/**
 * The code of a cell in the project's style: prettier, but the author decides on the last semicolon.
 *
 * A cell shows the value of its last expression, and a trailing `;` hides it. Prettier ends every
 * statement with one; so where the author's last statement is an expression without `;`, the one
 * that prettier added is taken away again. Formatting twice changes nothing.
 *
 * Source:  https://prettier.io/docs/api and https://ipython.readthedocs.io/en/stable/interactive/reference.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { Options } from "prettier";
import type typescript from "typescript";

import { DataError } from "../core/errors.ts";

/**
 * The cell's code, formatted, without a newline at its end.
 *
 * Throws `DataError` when the code does not parse; `name` names the cell.
 */
export async function formatCode(code: string, name: string, style: Options = {}): Promise<string> {
  const prettier = await import("prettier");
  const { default: ts } = await import("typescript");
  const formatted = await prettier
    .format(code, { ...style, parser: "typescript" })
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
      throw new DataError(`${name}: expected code that parses, got "${reason}"`, { cause: error });
    });
  return (showsValue(ts, code) ? withoutLastSemicolon(ts, formatted) : formatted).trimEnd();
}

/** Does the code end in an expression that no `;` hides? */
function showsValue(ts: typeof typescript, code: string): boolean {
  const last = lastStatement(ts, code);
  return last !== undefined && ts.isExpressionStatement(last) && !last.getText().endsWith(";");
}

function withoutLastSemicolon(ts: typeof typescript, code: string): string {
  const last = lastStatement(ts, code);
  if (last === undefined || !last.getText().endsWith(";")) return code;
  return code.slice(0, last.end - 1) + code.slice(last.end);
}

function lastStatement(ts: typeof typescript, code: string): typescript.Statement | undefined {
  return ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true).statements.at(-1);
}
