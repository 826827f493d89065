/**
 * One output that is drawn again and again: at most five times a second, and its last state always.
 *
 *   update ──> due? ──yes──> draw a draft
 *                └──no───> remember; a timer draws it when nothing newer comes
 *   settle ──> draw the last state in full
 *
 * Nobody needs states in between in a test or a build, and a terminal cannot redraw: there only the
 * first draft (it keeps the output's place) or nothing comes before the last state.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#update-display-data
 * Chapter: notebooks/00-start.ipynb
 */
import { randomUUID } from "node:crypto";

import type { MimeBundle } from "../kernel/contract.ts";
import { inNotebook, isWatched, put } from "./screen.ts";

/** Milliseconds between two drafts: five a second look alive and leave the machine to the work. */
const BETWEEN = 200;

/** Milliseconds without news after which a state counts as the last one. */
const QUIET = 1000;

/** A state as it is shown at the end. */
export interface Final {
  readonly bundle: MimeBundle;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** How a state looks. */
export interface Look<State> {
  /** Quick, for states in between. */
  draft(state: State): MimeBundle;
  /** In full, for the last one. */
  final(state: State): Final | Promise<Final>;
}

const unsettled = new Set<InPlace<never>>();

/** One output with states that follow each other. */
export class InPlace<State> {
  readonly #look: Look<State>;
  readonly #id: string = `glassbox-${randomUUID()}`;
  #state: { readonly value: State } | undefined;
  #placed = false;
  #drawnAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(look: Look<State>) {
    this.#look = look;
  }

  /** Takes the newest state; draws it now when the last draft is 200 ms ago, later otherwise. */
  update(value: State): void {
    this.#state = { value };
    unsettled.add(this as unknown as InPlace<never>);
    if (!inNotebook()) return;
    clearTimeout(this.#timer);
    const wait = BETWEEN - (performance.now() - this.#drawnAt);
    if (!this.#placed || (isWatched() && wait <= 0)) this.#draft();
    else if (isWatched()) this.#timer = setTimeout(() => this.#draft(), wait);
    else this.#settleWhenQuiet();
  }

  /** Draws the last state in full; does nothing when it is drawn already. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    const state = this.#state;
    if (state === undefined || !unsettled.delete(this as unknown as InPlace<never>)) return;
    const { bundle, metadata = {} } = await this.#look.final(state.value);
    // A newer state that came while this one was drawn stands below the cell already.
    if (this.#state === state) this.#put(bundle, metadata);
  }

  #draft(): void {
    if (this.#state === undefined) return;
    this.#put(this.#look.draft(this.#state.value), {});
    this.#drawnAt = performance.now();
    this.#settleWhenQuiet();
  }

  // For a reader who forgets to say that it was the last.
  #settleWhenQuiet(): void {
    this.#timer = setTimeout(() => void this.settle(), QUIET);
  }

  #put(bundle: MimeBundle, metadata: Readonly<Record<string, unknown>>): void {
    put(bundle, { id: this.#id, update: this.#placed, metadata });
    this.#placed = true;
  }
}

/** Draws the last state of every output that still shows a draft. */
export async function settleAll(): Promise<void> {
  await Promise.all([...unsettled].map((output) => output.settle()));
}
