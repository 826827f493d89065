import { dirname, join } from "node:path/posix";
import katex from "katex";

import type { Document } from "./document.ts";

/** The project as the rules see it: which paths there are, and the documents among them. */
export interface Project {
  /** Is this a file or a folder of the project (not one that tools make)? */
  readonly has: (path: string) => boolean;
  /** The document at this path; undefined when it is none, such as a source file. */
  readonly document: (path: string) => Document | undefined;
  /** How many lines a file has. */
  readonly lines: (path: string) => number;
}

/** Links whose file is not there, whose anchor names no heading, or that are no proper address. */
export function brokenLinks(document: Document, project: Project): readonly string[] {
  return document.links
    .map((link) => brokenLink(document, link, project))
    .filter((problem) => problem !== undefined)
    .map((problem) => `${document.path}: ${problem}`);
}

function brokenLink(document: Document, link: string, project: Project): string | undefined {
  if (/^[a-z]+:/i.test(link)) {
    return /^https?:\/\/\S+$/.test(link) && URL.canParse(link)
      ? undefined
      : `${link} is no address`;
  }
  const [file = "", anchor] = decodeURIComponent(link).split("#");
  if (file.startsWith("/")) return `${link} begins at the root of the disk`;
  const path = file === "" ? document.path : join(dirname(document.path), file);
  if (path.startsWith("..") || !project.has(path)) return `${link} leads to no file of the project`;
  if (anchor === undefined) return undefined;
  const target = path === document.path ? document : project.document(path);
  if (target?.anchors.includes(anchor)) return undefined;
  return `${link} names no heading of ${path}`;
}

/** Pictures that are not there, or that a reader who cannot see them learns nothing about. */
export function badPictures(document: Document, project: Project): readonly string[] {
  return document.pictures
    .flatMap(({ source, alt }) => {
      const found: string[] = [];
      const local = !/^(https?:|data:|attachment:)/.test(source);
      if (local && !project.has(join(dirname(document.path), decodeURIComponent(source)))) {
        found.push(`picture ${source} is not there`);
      }
      // Shorter than this is a name, not a description.
      if (alt.trim().length < 15) found.push(`picture ${source} has no alt text that describes it`);
      return found;
    })
    .map((problem) => `${document.path}: ${problem}`);
}

/** Not exactly one `#`, a document that does not begin with it, a level skipped, a name twice. */
export function badHeadings(document: Document): readonly string[] {
  const found: string[] = [];
  const titles = document.headings.filter(({ level }) => level === 1).length;
  if (titles !== 1) found.push(`${titles} headings of level 1, expected one`);
  else if (document.headings[0]?.level !== 1) found.push("the first heading is not the title");
  for (const [i, { level, text }] of document.headings.entries()) {
    const before = document.headings[i - 1]?.level ?? level;
    if (level > before + 1) found.push(`"${text}" skips from level ${before} to ${level}`);
    if (document.headings.findIndex((other) => other.text === text) < i) {
      found.push(`"${text}" is the name of two headings: links cannot tell them apart`);
    }
  }
  return found.map((problem) => `${document.path}: ${problem}`);
}

/** Formulas ($…$ and $$…$$) that do not compile. */
export function badFormulas(document: Document): readonly string[] {
  return document.prose
    .flatMap(formulas)
    .flatMap(({ tex, displayMode }) => {
      try {
        katex.renderToString(tex, { displayMode, throwOnError: true, strict: "error" });
        return [];
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)];
      }
    })
    .map((problem) => `${document.path}: ${problem}`);
}

function formulas(prose: string): readonly { tex: string; displayMode: boolean }[] {
  const found: { tex: string; displayMode: boolean }[] = [];
  const rest = prose.replaceAll(/(?<!\\)\$\$([^]+?)\$\$/g, (_whole, tex: string) => {
    found.push({ tex, displayMode: true });
    return "";
  });
  // A price is no formula: "$5 and $6" has a space before the second sign.
  for (const [, tex = ""] of rest.matchAll(/(?<![\\$])\$(?![\s$])([^$]*?[^\s$\\])\$(?!\d)/g)) {
    found.push({ tex, displayMode: false });
  }
  return found;
}

/** Files that are said to have another number of lines than they have: "[glove.ts](…), 230 lines". */
export function badLengths(document: Document, project: Project): readonly string[] {
  const said = document.prose.flatMap((text) => [
    ...text.matchAll(/\]\(([^)#]+\.ts)\)[^[\]\d]{0,20}(\d+) lines/g),
  ]);
  return said.flatMap(([, link = "", lines]) => {
    const path = join(dirname(document.path), link);
    if (!project.has(path) || project.lines(path) === Number(lines)) return [];
    return [`${document.path}: ${path} has ${project.lines(path)} lines, not ${lines}`];
  });
}
