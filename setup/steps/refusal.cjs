/** What npm and pip say when they fail, as one sentence: no network, full disk, read-only, or their own last words. */
"use strict";

const path = require("node:path");

const { state, shown } = require("../project/paths.cjs");
const { again, diskFull, Failure, notWritable } = require("../terminal/failure.cjs");

const DISK_FULL = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/;
const READ_ONLY = /EROFS|EACCES|EPERM|Read-only file system|Permission denied/;
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|NameResolutionError|ProxyError|Temporary failure in name resolution/;
const CERTIFICATE =
  /SELF_SIGNED_CERT\w*|UNABLE_TO_GET_ISSUER\w*|UNABLE_TO_VERIFY\w*|CERTIFICATE_VERIFY_FAILED/;

/** The address that did not answer, as far as the program named one. */
function address(output) {
  return /(?:request to|host=['"]?|HTTPConnectionPool\(host=')\s*([^\s'",)]+)/.exec(output)?.[1];
}

/** The Failure for a program (`npm`, `pip`) that ended with this output; `place` is what it was writing. */
function refuse(program, output, log, place) {
  const where = shown(path.join(state, log));
  if (DISK_FULL.test(output)) return new Failure(diskFull(place));
  const blocked = CERTIFICATE.exec(output)?.[0];
  if (blocked)
    return new Failure(
      `${program} does not trust the certificate of its server (${blocked}): tell it your network's own one (NODE_EXTRA_CA_CERTS for npm, PIP_CERT for pip), then run ${again()} again.`,
    );
  const cause = UNREACHABLE.exec(output)?.[0];
  if (cause) {
    const who = address(output);
    return new Failure(
      `${program} could not reach ${who ?? "its server"} (${cause}): connect to the network, or set your proxy, then run ${again()} again; what was downloaded is kept.`,
    );
  }
  if (READ_ONLY.test(output)) return new Failure(notWritable(place));
  return new Failure(
    `${program} failed (${lastWords(output)}): see ${where}, then run ${again()} again.`,
  );
}

/** The first line that a program itself calls an error. */
function lastWords(output) {
  const lines = output.split("\n").map((line) => line.trim());
  const error = lines.find((line) => /^(npm error (?!code)|ERROR: |Error: )\S/.test(line));
  return (error ?? lines.filter(Boolean).at(-1) ?? "it said nothing").replace(
    /^(npm error|ERROR:) /,
    "",
  );
}

module.exports = { refuse };
