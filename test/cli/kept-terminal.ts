import type { Terminal } from "../../src/cli/terminal/terminal.ts";

/** What a command said and how it ended. */
export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command on a terminal of its own and keeps what it writes. */
export async function said(command: (terminal: Terminal) => Promise<number>): Promise<Said> {
  let out = "";
  let err = "";
  const status = await command({
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  });
  return { status, out, err };
}
