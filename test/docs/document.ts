import MarkdownIt from "markdown-it";
import type { Token } from "markdown-it";

import { parseNotebook } from "../../src/notebook-files/notebook.ts";

export interface Heading {
  /** 1 for `#`, 2 for `##` … */
  readonly level: number;
  readonly text: string;
}

export interface Picture {
  readonly source: string;
  readonly alt: string;
}

export interface Table {
  /** The heading that it stands under; empty before the first one. */
  readonly under: string;
  readonly columns: readonly string[];
  /** Each cell as its Markdown: links and stars included. */
  readonly rows: readonly (readonly string[])[];
}

/** What the rules need of one Markdown file, or of all Markdown cells of one notebook. */
export interface Document {
  /** From the project's folder: "notebooks/00-start.ipynb". */
  readonly path: string;
  readonly headings: readonly Heading[];
  readonly links: readonly string[];
  readonly pictures: readonly Picture[];
  readonly tables: readonly Table[];
  /** Contents of code fences. */
  readonly fences: readonly string[];
  /** Paragraphs, headings and table cells as written, without code spans. */
  readonly prose: readonly string[];
  /** What a link's `#…` may name here. */
  readonly anchors: readonly string[];
}

const markdown = new MarkdownIt({ html: true });

/** Reads a Markdown file, or a notebook when the path ends so. */
export function readDocument(path: string, text: string): Document {
  if (!path.endsWith(".ipynb")) return fromMarkdown(path, text, githubAnchors);
  const { cells } = parseNotebook(text, path);
  const texts = cells.filter((cell) => cell.cell_type === "markdown").map((cell) => cell.source);
  const document = fromMarkdown(path, texts.join("\n\n"), jupyterAnchors);
  const ids = cells.map((cell) => `cell-id=${cell.id ?? ""}`);
  return { ...document, anchors: [...document.anchors, ...ids] };
}

/** GitHub: lower case, punctuation gone, spaces to hyphens, -1, -2 … for a name that was there. */
function githubAnchors(headings: readonly Heading[]): readonly string[] {
  const seen = new Map<string, number>();
  return headings.map(({ text }) => {
    const name = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}-${times}`;
  });
}

/** JupyterLab and nbconvert: the heading as it reads, spaces to hyphens. */
function jupyterAnchors(headings: readonly Heading[]): readonly string[] {
  return headings.map(({ text }) => text.replaceAll(" ", "-"));
}

function fromMarkdown(
  path: string,
  text: string,
  anchorsOf: (headings: readonly Heading[]) => readonly string[],
): Document {
  const tokens = markdown.parse(text, {});
  const headings: Heading[] = [];
  const tables: { under: string; columns: string[]; rows: string[][] }[] = [];
  for (const [i, token] of tokens.entries()) {
    const content = tokens[i + 1]?.content ?? "";
    if (token.type === "heading_open") {
      headings.push({ level: Number(token.tag.slice(1)), text: plain(tokens[i + 1]) });
    } else if (token.type === "table_open") {
      tables.push({ under: headings.at(-1)?.text ?? "", columns: [], rows: [] });
    } else if (token.type === "th_open") tables.at(-1)?.columns.push(content);
    else if (token.type === "tr_open" && tokens[i + 1]?.type === "td_open") {
      tables.at(-1)?.rows.push([]);
    } else if (token.type === "td_open") tables.at(-1)?.rows.at(-1)?.push(content);
  }
  const inline = tokens.flatMap((token) => token.children ?? []);
  const html = [...tokens, ...inline].filter(({ type }) => type.startsWith("html_"));
  return {
    path,
    headings,
    tables,
    links: [
      ...inline.filter(({ type }) => type === "link_open").map((token) => attribute(token, "href")),
      ...html.flatMap(({ content }) => htmlAttributes(content, "a", "href")),
    ],
    pictures: [
      ...inline
        .filter(({ type }) => type === "image")
        .map((token) => ({ source: attribute(token, "src"), alt: token.content })),
      ...html.flatMap(({ content }) => htmlPictures(content)),
    ],
    fences: tokens.filter(({ type }) => type === "fence").map(({ content }) => content),
    prose: tokens
      .filter(({ type }) => type === "inline")
      .map(({ content }) => content.replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "")),
    anchors: [
      ...anchorsOf(headings),
      ...html.flatMap(({ content }) => htmlAttributes(content, "[a-z]+", "id")),
    ],
  };
}

function plain(token: Token | undefined): string {
  return (token?.children ?? [])
    .filter(({ type }) => ["text", "code_inline", "image"].includes(type))
    .map(({ content }) => content)
    .join("");
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? "");
}

function htmlAttributes(html: string, tag: string, name: string): readonly string[] {
  const found = html.matchAll(new RegExp(`<${tag}\\b[^>]*\\b${name}="([^"]*)"`, "g"));
  return [...found].map(([, value]) => value ?? "");
}

function htmlPictures(html: string): readonly Picture[] {
  return [...html.matchAll(/<img\b[^>]*>/g)].map(([tag]) => ({
    source: htmlAttributes(tag, "img", "src")[0] ?? "",
    alt: htmlAttributes(tag, "img", "alt")[0] ?? "",
  }));
}
