import { expect, test } from "vitest";

import { flushWrites, tameWrites } from "../../src/notebook/stock-output.ts";

type Stream = { write: (text: string | Uint8Array) => boolean };

/** A stream whose writes are in a list. */
function recorder(sent: string[]): Stream {
  return {
    write: (text) =>
      sent.push(typeof text === "string" ? text : `bytes ${String(text.length)}`) > 0,
  };
}

test("many writes of one stretch of code become few, in order and whole", async () => {
  const sent: string[] = [];
  const stream = recorder(sent);
  tameWrites(stream);
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${String(i)}\n`);
  for (const line of lines) stream.write(line);
  await Promise.resolve();

  expect(sent.join("")).toBe(lines.join(""));
  expect(sent.length).toBeLessThan(50);
});

test("what waits goes out when code lets go, when bytes come, and when something else is sent first", async () => {
  const sent: string[] = [];
  const stream = recorder(sent);
  tameWrites(stream);

  stream.write("a");
  expect(sent).toEqual([]);
  await Promise.resolve();
  expect(sent).toEqual(["a"]);
  stream.write("b");
  stream.write(Uint8Array.of(1, 2));
  stream.write("c");
  flushWrites();
  expect(sent).toEqual(["a", "b", "bytes 2", "c"]);
});

test("two streams keep their order among each other", async () => {
  const sent: string[] = [];
  const [out, err] = [recorder(sent), recorder(sent)];
  tameWrites(out);
  tameWrites(err);
  out.write("1");
  err.write("2");
  out.write("3");
  await Promise.resolve();

  expect(sent).toEqual(["1", "2", "3"]);
});

test("past the limit one notice comes, and the next cell's write begins anew", async () => {
  const sent: string[] = [];
  const stream = recorder(sent);
  tameWrites(stream, 1e6);
  for (let i = 0; i < 5000; i++) stream.write("x".repeat(1000));
  expect(sent.join("").length).toBeLessThan(1_000_100);
  expect(sent.at(-1)).toBe("\n[output stopped here: this cell printed more than 1 MB]\n");

  const next: string[] = [];
  stream.write = recorder(next).write;
  stream.write("next cell");
  await Promise.resolve();
  expect(next).toEqual(["next cell"]);
});
