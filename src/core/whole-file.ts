/**
 * A file that is replaced at once: nobody ever reads half of it, and a kill at any moment leaves the old one.
 *
 * Source:  https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html
 * Chapter: notebooks/00-start.ipynb
 */
import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes beside the file and renames; throws what the system says, and then leaves nothing beside it. */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
