/**
 * The names that cells share: each name has one box, and the box holds what the name means now.
 *
 * A cell's top-level variables stay ordinary local variables of its code, so loops over them run at
 * full speed. When a declaration is reached, an accessor to the variable is put into the box; later
 * cells read and write through it. A failing cell puts back what its boxes held before.
 *
 * Source:  the module records of ECMAScript, https://tc39.es/ecma262/#sec-module-environment-records
 * Chapter: notebooks/00-start.ipynb
 */

/** A live view on a variable, or a plain value that was imported. */
export interface Binding {
  value: unknown;
}

export interface Box {
  /** Undefined until a declaration of the name has been reached. */
  at: Binding | undefined;
}

/** All names that cells have declared, each with its box. */
export class Scope {
  readonly #boxes = new Map<string, Box>();

  /** The box of a name; made when the name is new. */
  box(name: string): Box {
    let box = this.#boxes.get(name);
    if (box === undefined) this.#boxes.set(name, (box = { at: undefined }));
    return box;
  }

  /** Is there a value under this name? */
  has(name: string): boolean {
    return this.#boxes.get(name)?.at !== undefined;
  }

  /** A function that puts back what these names mean now. */
  remember(names: readonly string[]): () => void {
    const before = names.map((name) => ({ box: this.box(name), at: this.box(name).at }));
    return () => {
      for (const { box, at } of before) box.at = at;
    };
  }
}
