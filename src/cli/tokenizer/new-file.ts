/**
 * A file that appears when it is whole: written beside its place and renamed, or not there at all.
 *
 * Source:  https://nodejs.org/api/fs.html#fspromisesrenameoldpath-newpath
 * Chapter: notebooks/01-tokens.ipynb
 */
import { rmSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";

import { cannotWrite, writablePath } from "../../text/writable-path.ts";

/** Adds to the new file. */
export type Write = (data: string | Uint8Array) => Promise<void>;

/**
 * Makes the file at `path` from what `work` writes; when `work` fails or the process ends before its end,
 * nothing is left and an older file stays. Through a link it is the file that it leads to.
 *
 * Throws `DataError` when the file cannot be written, for what is there and is no file, and what `work`
 * throws.
 */
export async function writeNewFile(
  path: string,
  work: (write: Write) => Promise<void>,
): Promise<void> {
  const place = writablePath(path);
  const beside = `${place}.${process.pid}.tmp`;
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const remove = (): void => rmSync(beside, { force: true });
  const leave = (signal: NodeJS.Signals): void => {
    remove();
    for (const each of signals) process.off(each, leave);
    process.kill(process.pid, signal);
  };
  for (const each of signals) process.on(each, leave);
  // Whoever heard the signal first may end the process before it comes to us.
  process.on("exit", remove);
  try {
    const file = await orSay(path, () => open(beside, "w"));
    try {
      await work((data) => orSay(path, () => file.writeFile(data)));
    } finally {
      await file.close();
    }
    await orSay(path, () => rename(beside, place));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    process.off("exit", remove);
    for (const each of signals) process.off(each, leave);
  }
}

async function orSay<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
