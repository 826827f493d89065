import type { Document } from "./document.ts";

/**
 * The folders that the README's tree names: lines of a code fence such as
 *
 *     src/
 *       core/     what everything stands on
 *
 * as paths, "src/core".
 */
export function treeFolders(document: Document): readonly string[] {
  const tree = document.fences.find((text) => /^\S+\/(\s|$)/.test(text)) ?? "";
  const folders: string[] = [];
  const above: string[] = [];
  for (const line of tree.split("\n")) {
    const [, indent, name] = /^( *)(\S+)\/(?:\s|$)/.exec(line) ?? [];
    if (indent === undefined || name === undefined) continue;
    above.length = indent.length / 2;
    above.push(name);
    folders.push(above.join("/"));
  }
  return folders;
}

/** Folders of the tree that are not there, folders that it misses, and folders without a phrase. */
export function badTree(document: Document, folders: readonly string[]): readonly string[] {
  const named = treeFolders(document);
  const silent = document.fences
    .flatMap((text) => text.split("\n"))
    .filter((line) => /^ *[\w.-]+\/\s*$/.test(line));
  return [
    ...named.filter((path) => !folders.includes(path)).map((path) => `${path} is not there`),
    ...folders.filter((path) => !named.includes(path)).map((path) => `${path} is missing`),
    ...silent.map((line) => `${line.trim()} has no phrase`),
  ].map((problem) => `${document.path}: tree: ${problem}`);
}
