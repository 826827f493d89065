/**
 * Jupyter messages on the wire: frames, signature, header.
 *
 *     [identity …, "<IDS|MSG>", HMAC, header, parent header, metadata, content, buffer …]
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 * Chapter: notebooks/00-start.ipynb
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** The version of the messaging protocol that this kernel speaks. */
export const PROTOCOL_VERSION = "5.4";

const DELIMITER = Buffer.from("<IDS|MSG>");

export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

/** The content of a message: whatever JSON its type asks for. */
export type Content = Readonly<Record<string, unknown>>;

export interface Message {
  /** Whom a router socket received it from, to be put before the answer. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  /** The header of the request that this message belongs to; empty when there is none. */
  readonly parent: Header | Record<string, never>;
  readonly metadata: Content;
  readonly content: Content;
}

/** Signs and checks messages with the key of one connection. */
export class Wire {
  readonly #key: string;
  readonly #session: string;

  /** An empty key means unsigned messages, as the protocol says. */
  constructor(key: string, session: string = randomUUID()) {
    this.#key = key;
    this.#session = session;
  }

  /** The frames of a new message, ready to be sent. */
  pack(
    type: string,
    content: Content,
    parent: Message["parent"] = {},
    identities: readonly (Buffer | string)[] = [],
    metadata: Content = {},
    id: string = randomUUID(),
  ): (Buffer | string)[] {
    const header: Header = {
      msg_id: id,
      session: this.#session,
      username: "glassbox",
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
    const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
    return [...identities, DELIMITER, this.#sign(parts), ...parts];
  }

  /** The message in these frames, or undefined when it is no message or its signature is wrong. */
  parse(frames: readonly Buffer[]): Message | undefined {
    const at = frames.findIndex((frame) => frame.equals(DELIMITER));
    const signature = frames[at + 1];
    const parts = frames.slice(at + 2, at + 6);
    if (at < 0 || signature === undefined || parts.length < 4) return undefined;
    const expected = Buffer.from(this.#sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      return undefined;
    }
    const [header, parent, metadata, content] = parts.map(
      (part) => JSON.parse(part.toString()) as unknown,
    );
    return {
      identities: frames.slice(0, at),
      header: header as Header,
      parent: parent as Header,
      metadata: metadata as Content,
      content: content as Content,
    };
  }

  #sign(parts: readonly (string | Buffer)[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}
