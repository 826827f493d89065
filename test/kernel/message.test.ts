import { createHmac } from "node:crypto";

import { describe, expect, it } from "vitest";

import { Wire } from "../../src/kernel/message.ts";

const frames = (parts: (Buffer | string)[]) => parts.map((part) => Buffer.from(part));

describe("messages on the wire", () => {
  it("are signed with the key over header, parent, metadata and content, in this order", () => {
    const packed = new Wire("secret").pack("status", { a: 1 }, {}, ["topic"]);
    const [topic, delimiter, signature, ...parts] = packed.map(String);
    const hmac = createHmac("sha256", "secret");
    for (const part of parts) hmac.update(part);
    expect([topic, delimiter, signature]).toEqual(["topic", "<IDS|MSG>", hmac.digest("hex")]);
  });

  it("come back as they were sent, with the identities before them", () => {
    const wire = new Wire("secret");
    const first = wire.parse(frames(wire.pack("one", { text: "标记" })));
    const answer = wire.parse(frames(wire.pack("two", {}, first?.header, ["id"], { m: true })));
    expect(first?.content).toEqual({ text: "标记" });
    expect(answer?.parent).toEqual(first?.header);
    expect(answer?.identities.map(String)).toEqual(["id"]);
    expect(answer?.metadata).toEqual({ m: true });
  });

  it("are refused when another key signed them, a byte changed, or they are no messages", () => {
    const wire = new Wire("secret");
    const good = frames(wire.pack("one", { a: 1 }));
    const changed = [...good.slice(0, -1), Buffer.from('{"a":2}')];
    expect(wire.parse(frames(new Wire("other").pack("one", {})))).toBeUndefined();
    expect(wire.parse(changed)).toBeUndefined();
    expect(wire.parse([Buffer.from("hello")])).toBeUndefined();
    expect(wire.parse(good.slice(0, 3))).toBeUndefined();
  });
});
