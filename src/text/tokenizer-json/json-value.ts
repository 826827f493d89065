/**
 * A value of a JSON file that knows where it stands, so that an error can say it.
 *
 * Source:  RFC 8259; places are written as in JavaScript: model.vocab, added_tokens[2].id
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../../core/errors.ts";

/** A value and its place in a file. */
export class JsonValue {
  readonly value: unknown;
  readonly #file: string;
  readonly #place: string;

  /** `file` names the file in errors, `place` is where in it the value stands. */
  constructor(
    value: unknown,
    { file, place = "" }: { readonly file: string; readonly place?: string },
  ) {
    this.value = value;
    this.#file = file;
    this.#place = place;
  }

  /** Is it null, or not there at all? */
  get missing(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** The field of an object; missing when the object has none of that name. Throws `DataError` for what is no object. */
  get(key: string): JsonValue {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.refusal("an object");
    }
    const field = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    return new JsonValue(field, {
      file: this.#file,
      place: this.#place === "" ? key : `${this.#place}.${key}`,
    });
  }

  /** The fields of an object in order. Throws `DataError` for what is no object. */
  fields(): [key: string, value: unknown][] {
    this.get("");
    return Object.entries(this.value as object);
  }

  /** The items of an array. Throws `DataError` for what is none. */
  items(): JsonValue[] {
    if (!Array.isArray(this.value)) throw this.refusal("an array");
    return this.value.map(
      (item: unknown, i) =>
        new JsonValue(item, { file: this.#file, place: `${this.#place}[${i}]` }),
    );
  }

  /** The text. Throws `DataError` for what is no string. */
  text(): string {
    if (typeof this.value !== "string") throw this.refusal("a text");
    return this.value;
  }

  /** An error that says where it is, what was expected there, what stands there, and what to do. */
  refusal(expected: string, advice = "restore the file, or save it again"): DataError {
    const json = JSON.stringify(this.value) ?? "nothing";
    const got = json.length > 60 ? `${json.slice(0, 60)}…` : json;
    const place = this.#place === "" ? "" : `, ${this.#place}`;
    return new DataError(`${this.#file}${place}: expected ${expected}, got ${got}; ${advice}`);
  }
}
