/**
 * How the kernel introduces itself.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info
 * Chapter: notebooks/00-start.ipynb
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "@tslab/typescript-for-tslab";

import { packageRoot } from "../core/package-root.ts";
import { PROTOCOL_VERSION, type Content } from "./message.ts";

/** The content of a `kernel_info_reply`. */
export function kernelInfo(): Content {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    version: string;
  };
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "glassbox",
    implementation_version: version,
    banner: `Glassbox ${version}: TypeScript ${ts.version} (tslab) on Node ${process.versions.node}`,
    language_info: {
      name: "typescript",
      version: ts.version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
    help_links: [
      {
        text: "TypeScript handbook",
        url: "https://www.typescriptlang.org/docs/handbook/intro.html",
      },
      { text: "Node.js", url: "https://nodejs.org/docs/latest-v20.x/api/" },
    ],
    debugger: false,
  };
}
