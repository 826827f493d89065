/**
 * Why a step cannot be compiled, said so that one can act on it.
 *
 * Source:  Frostig, Johnson and Leary (2018), "Compiling machine learning programs via high-level tracing", section 2
 * Chapter: notebooks/00-start.ipynb
 */

/** A step did something that a compiled step could not repeat; the message says what to do instead. */
export class UntraceableError extends Error {
  override readonly name: string = "UntraceableError";
}

/** A step used a kernel or a type of tensors that the compiler does not know: it runs as it is written, uncompiled. */
export class UnsupportedError extends UntraceableError {
  override readonly name: string = "UnsupportedError";
}

/** A step made a variable, as an optimizer does at its first call; once it is there, the step can be traced. */
export class VariableMadeError extends UntraceableError {
  override readonly name: string = "VariableMadeError";

  constructor() {
    super(
      "compile: expected a step that makes its variables at its first call at most, got one that makes a variable at each call. Make the variable once, outside of the step, and assign to it inside",
    );
  }
}
