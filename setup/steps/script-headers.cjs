/**
 * The first lines of the programs in `.venv/bin`, made independent of the folder's name.
 *
 * pip writes the whole path of Python there, which a space, a quote or 127 characters break. A shell that looks
 * for `python` beside the program itself works in every folder.
 *
 * Source: https://docs.astral.sh/uv/reference/cli/#uv-venv--relocatable (the same header)
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { venvBin } = require("../project/paths.cjs");

// To a shell this is `exec python program arguments`, to Python a string that nobody reads.
const HEADER = `#!/bin/sh
'''exec' "$(dirname -- "$(realpath -- "$0")")/python" "$0" "$@"
' '''
`;

/** pip's two forms: one line, or three where the path has a space or is long. */
const PIPS_HEADER = /^#!(?:\/bin\/sh\n'''exec' .*\n' '''|[^\n]*python[^\n]*)\n/;

function mendScripts() {
  for (const entry of fs.readdirSync(venvBin, { withFileTypes: true })) {
    const file = path.join(venvBin, entry.name);
    if (!entry.isFile()) continue;
    const text = fs.readFileSync(file, "utf8");
    if (!text.startsWith(HEADER) && PIPS_HEADER.test(text))
      fs.writeFileSync(
        file,
        text.replace(PIPS_HEADER, () => HEADER),
      );
  }
}

module.exports = { mendScripts };
