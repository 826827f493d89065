import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { cacheFolder } from "../../src/core/cache-folder.ts";
import { download } from "../../src/core/download.ts";
import type { Download } from "../../src/core/download.ts";
import { DataError } from "../../src/core/errors.ts";
import { Interrupted, stopFlag } from "../../src/core/interrupt.ts";

/** 300,000 bytes without a period, so that a wrong place shows. */
const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i * 31 + i) >>> 7));
const sha256 = createHash("sha256").update(content).digest("hex");

let folder: string;
let ends: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "download-"));
  ends = [];
});
afterEach(() => {
  for (const end of ends) end();
  rmSync(folder, { recursive: true });
});

/** A server on a free port of this machine, and the ranges that it was asked for. */
async function serve(
  answer: RequestListener,
): Promise<{ url: string; ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/poem.txt`, ranges };
}

/** Answers as a good server does, with Range. */
function whole(request: IncomingMessage, response: ServerResponse): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const rest = content.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    "content-length": rest.length,
    ...(from > 0 && { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  response.end(rest);
}

/** Promises the rest and breaks off at `until`. */
function cutAt(until: number): RequestListener {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": content.length - from,
      "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
    });
    response.write(content.subarray(from, until), () => setTimeout(() => response.destroy(), 50));
  };
}

function poem(url: string, changes: Partial<Download> = {}): Download {
  return { url, file: "poems/poem.txt", bytes: content.length, sha256, ...changes };
}

function byHand({ bytes, sha256: sum }: Download): string {
  return `Or get the file in another way and put it at ${join(folder, "poems/poem.txt")} (${bytes} bytes, SHA-256 ${sum})`;
}

describe("download", () => {
  test("brings the file, says how much is there, and leaves nothing else", async () => {
    const { url, ranges } = await serve(whole);
    const heard: number[] = [];

    const path = await download(poem(url), { folder, onProgress: (bytes) => heard.push(bytes) });

    expect(path).toBe(join(folder, "poems/poem.txt"));
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.at(-1)).toBe(content.length);
    expect(ranges).toEqual([undefined]);
  });

  test("reads the cache the second time, without a network", async () => {
    const { url, ranges } = await serve(whole);
    await download(poem(url), { folder });
    for (const end of ends) end();

    const heard: number[] = [];
    await download(poem(url), { folder, onProgress: (bytes) => heard.push(bytes) });

    expect(ranges).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  test("takes a file that was put there by hand", async () => {
    mkdirSync(join(folder, "poems"));
    writeFileSync(join(folder, "poems/poem.txt"), content);

    expect(await download(poem("http://127.0.0.1:1/"), { folder })).toBe(
      join(folder, "poems/poem.txt"),
    );
  });

  test("refuses a file in the cache that is not the one wanted, and leaves it there", async () => {
    const path = join(folder, "poems/poem.txt");
    mkdirSync(join(folder, "poems"));
    const other = Buffer.from(content).fill(7, 1000, 1001);
    writeFileSync(path, other);

    await expect(download(poem("http://127.0.0.1:1/"), { folder })).rejects.toThrow(
      new DataError(
        `download: expected SHA-256 ${sha256}, got ${createHash("sha256").update(other).digest("hex")} in ${path}. Delete that file and run this again`,
      ),
    );
    writeFileSync(path, "short");
    await expect(download(poem("http://127.0.0.1:1/"), { folder })).rejects.toThrow(
      new DataError(
        `download: expected 300000 bytes, got 5 in ${path}. Delete that file and run this again`,
      ),
    );
    expect(readFileSync(path, "utf8")).toBe("short");
  });

  test("keeps what came when the connection breaks, and asks for the rest alone", async () => {
    let answer: RequestListener = cutAt(100_000);
    const { url, ranges } = await serve((request, response) => answer(request, response));

    await expect(download(poem(url), { folder })).rejects.toThrow(
      new DataError(
        `download: expected 300000 bytes from ${url}, got 100000 and then "other side closed". Run this again: it goes on from there`,
      ),
    );
    expect(existsSync(join(folder, "poems/poem.txt"))).toBe(false);
    answer = cutAt(200_000);
    await expect(download(poem(url), { folder })).rejects.toThrow("got 200000 and then");
    answer = whole;
    const path = await download(poem(url), { folder });

    expect(ranges).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test("starts anew where a server knows no Range, or answers with another one", async () => {
    const ignores = await serve((_, response) => response.end(content));
    const another = await serve((request, response) => {
      if (request.headers.range === undefined) return response.end(content);
      response.writeHead(206, { "content-range": "bytes 0-9/300000" });
      return response.end(content.subarray(0, 10));
    });
    const refuses = await serve((request, response) => {
      response.statusCode = request.headers.range === undefined ? 200 : 416;
      response.end(request.headers.range === undefined ? content : "no such range");
    });
    for (const { url } of [ignores, another, refuses]) {
      const path = join(folder, "poems/poem.txt");
      mkdirSync(join(folder, "poems"), { recursive: true });
      writeFileSync(`${path}.part`, content.subarray(0, 1234));

      await download(poem(url), { folder });

      expect(readFileSync(path).equals(content)).toBe(true);
      rmSync(path);
    }
    expect(ignores.ranges).toEqual(["bytes=1234-"]);
    expect(another.ranges).toEqual(["bytes=1234-", undefined]);
    expect(refuses.ranges).toEqual(["bytes=1234-", undefined]);
  });

  test("throws away a part that is too long", async () => {
    mkdirSync(join(folder, "poems"));
    writeFileSync(join(folder, "poems/poem.txt.part"), Buffer.alloc(content.length + 1));
    const { url, ranges } = await serve(whole);

    const path = await download(poem(url), { folder });

    expect(readFileSync(path).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined]);
  });

  test("names a part that is whole without asking anybody", async () => {
    mkdirSync(join(folder, "poems"));
    writeFileSync(join(folder, "poems/poem.txt.part"), content);

    expect(
      readFileSync(await download(poem("http://127.0.0.1:1/"), { folder })).equals(content),
    ).toBe(true);
  });

  test("refuses bytes with another checksum, and does not keep them", async () => {
    const { url } = await serve(whole);
    const wanted = poem(url, { sha256: "0".repeat(64) });

    await expect(download(wanted, { folder })).rejects.toThrow(
      new DataError(
        `download: expected SHA-256 ${"0".repeat(64)}, got ${sha256} from ${url}. Run this again; if it fails once more, the file there has changed. ${byHand(wanted)}`,
      ),
    );
    expect(existsSync(join(folder, "poems/poem.txt"))).toBe(false);
    expect(existsSync(join(folder, "poems/poem.txt.part"))).toBe(false);
  });

  test("refuses a file of another size, before it comes or at its end", async () => {
    const { url } = await serve(whole);
    const longer = poem(url, { bytes: 300_001 });
    await expect(download(longer, { folder })).rejects.toThrow(
      new DataError(
        `download: expected 300001 bytes from ${url}, got an offer of 300000: the file there has changed. ${byHand(longer)}`,
      ),
    );

    // Without a content-length: the server does not say how much it is going to send.
    const silent = await serve((_, response) => {
      response.write(content);
      response.end();
    });
    for (const bytes of [299_999, 300_001]) {
      const wanted = poem(silent.url, { bytes });
      await expect(download(wanted, { folder })).rejects.toThrow(
        new DataError(
          `download: expected ${bytes} bytes, got 300000 from ${silent.url}. Run this again; if it fails once more, the file there has changed. ${byHand(wanted)}`,
        ),
      );
    }
  });

  test("says what a server answers that has no such file", async () => {
    const { url } = await serve((_, response) => {
      response.statusCode = 404;
      response.end("no poem");
    });

    await expect(download(poem(url), { folder })).rejects.toThrow(
      new DataError(
        `download: expected the file at ${url}, got HTTP status 404. Run this again later. ${byHand(poem(url))}`,
      ),
    );
  });

  test("says without a network where to put the file", async () => {
    const { url } = await serve(whole);
    for (const end of ends) end();

    await expect(download(poem(url), { folder })).rejects.toThrow(
      new DataError(
        `download: expected an answer from ${url}, got "connect ECONNREFUSED ${new URL(url).host}". Go online and run this again. ${byHand(poem(url))}`,
      ),
    );
  });

  test("says which folder cannot be written", async () => {
    writeFileSync(join(folder, "poems"), "a file where the folder should be");

    await expect(download(poem("http://127.0.0.1:1/"), { folder })).rejects.toThrow(
      new DataError(
        `download: expected a folder to write to, got "EEXIST: file already exists, mkdir '${join(folder, "poems")}'". Set GLASSBOX_CACHE to a folder that is yours and has room`,
      ),
    );
  });

  test("reads from a cache that is read-only, and says so when it must write to it", async () => {
    mkdirSync(join(folder, "poems"));
    writeFileSync(join(folder, "poems/poem.txt"), content);
    chmodSync(join(folder, "poems"), 0o555);
    chmodSync(folder, 0o555);
    const { url } = await serve(whole);
    const [got, refused] = await asNobody(() =>
      Promise.allSettled([
        download(poem(url), { folder }),
        download(poem(url, { file: "poems/other.txt" }), { folder }),
      ]),
    );

    expect(got).toEqual({ status: "fulfilled", value: join(folder, "poems/poem.txt") });
    expect(refused).toEqual({
      status: "rejected",
      reason: new DataError(
        `download: expected a folder to write to, got "EACCES: permission denied, open '${join(folder, "poems/other.txt.part")}'". Set GLASSBOX_CACHE to a folder that is yours and has room`,
      ),
    });
    chmodSync(folder, 0o755);
  });

  test("can be ended by a signal, and goes on later", async () => {
    let answer: RequestListener = (_, response) => {
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 50_000)); // and then nothing
    };
    const { url, ranges } = await serve((request, response) => answer(request, response));
    const stop = new AbortController();
    const run = download(poem(url), {
      folder,
      signal: stop.signal,
      onProgress: (bytes) => bytes === 50_000 && stop.abort(new Error("enough")),
    });

    await expect(run).rejects.toThrow(new Error("enough"));
    answer = whole;
    await download(poem(url), { folder });
    expect(ranges).toEqual([undefined, "bytes=50000-"]);
  });

  test("hears Stop while a server says nothing", async () => {
    const { url } = await serve(() => setTimeout(() => Atomics.store(stopFlag, 0, 7), 50));
    Atomics.store(stopFlag, 1, 7);
    try {
      await expect(download(poem(url), { folder })).rejects.toThrow(new Interrupted());
    } finally {
      stopFlag.fill(0);
    }
  });

  test("passes on what onProgress throws", async () => {
    const { url } = await serve(whole);
    const onProgress = (): void => {
      throw new RangeError("mine");
    };

    await expect(download(poem(url), { folder, onProgress })).rejects.toThrow(
      new RangeError("mine"),
    );
  });

  test("twice at once gives the whole file to both", async () => {
    const { url } = await serve(whole);

    const paths = await Promise.all([1, 2, 3].map(() => download(poem(url), { folder })));

    expect(new Set(paths).size).toBe(1);
    expect(readFileSync(paths[0] as string).equals(content)).toBe(true);
  });
});

/** Runs `act` without root's right to write anywhere; other users never had it. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.(65534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

describe("cacheFolder", () => {
  test("is the project's .cache, or what GLASSBOX_CACHE names", () => {
    const before = process.env["GLASSBOX_CACHE"];
    try {
      delete process.env["GLASSBOX_CACHE"];
      expect(cacheFolder()).toBe(join(import.meta.dirname, "../../.cache"));
      process.env["GLASSBOX_CACHE"] = "/somewhere/shared";
      expect(cacheFolder()).toBe("/somewhere/shared");
    } finally {
      if (before === undefined) delete process.env["GLASSBOX_CACHE"];
      else process.env["GLASSBOX_CACHE"] = before;
    }
  });
});
