/**
 * A file that is replaced at once and stays replaced: written beside, forced to the disk, renamed.
 *
 * A kill or a power cut at any moment leaves the old file or the new one, whole. What an ended process has left beside
 * is removed.
 *
 * Source:  https://pubs.opengroup.org/onlinepubs/9799919799/functions/fsync.html and rename.html
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Writes the pieces one after the other, each taken when its turn comes; throws what the system or `pieces` says, the old file intact. */
export async function replaceDurably(path: string, pieces: Iterable<Uint8Array>): Promise<void> {
  await removeLeftovers(path);
  const beside = besideName(path, process.pid);
  try {
    const file = await open(beside, "w");
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

function besideName(path: string, process: number | string): string {
  return `${path}.${process}.tmp`;
}

/** The new name lies in the folder: that must reach the disk as well. Windows opens no folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeLeftovers(path: string): Promise<void> {
  const [folder, start] = [dirname(path), `${basename(path)}.`];
  for (const name of await readdir(folder)) {
    const id = name.startsWith(start) && /^(\d+)\.tmp$/u.exec(name.slice(start.length))?.[1];
    if (id && !isAlive(Number(id))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0); // asks, and ends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it is another user's
  }
}
