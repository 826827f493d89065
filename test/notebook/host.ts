import {
  offerCellHost,
  type CellHost,
  type DisplayOptions,
  type MimeBundle,
} from "../../src/kernel/contract.ts";

/** One output as the kernel would send it. */
export interface Sent {
  readonly bundle: MimeBundle;
  readonly options: DisplayOptions;
  /** Milliseconds since the page was opened. */
  readonly at: number;
}

/** Takes the kernel's place: what cells display from now on is in the list. */
export function openPage(answers: readonly string[] = []): Sent[] {
  const sent: Sent[] = [];
  const start = performance.now();
  const left = [...answers];
  offerCellHost({
    display: (bundle, options = {}) =>
      void sent.push({ bundle, options, at: performance.now() - start }),
    input: (question) => Promise.resolve(`${question} ${left.shift() ?? ""}`),
    inputAvailable: answers.length > 0,
  });
  return sent;
}

/** As before any kernel: a script. */
export function closePage(): void {
  offerCellHost(undefined as unknown as CellHost);
}

/** What `work` prints on stdout. */
export async function printed(work: () => unknown): Promise<string> {
  const write = process.stdout.write.bind(process.stdout);
  let text = "";
  process.stdout.write = (chunk: string) => {
    text += chunk;
    return true;
  };
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return text;
}

/** Runs `work` with the variable CI as given. */
export async function withCi<T>(value: string | undefined, work: () => Promise<T>): Promise<T> {
  const before = process.env["CI"];
  const set = (ci: string | undefined): void => {
    if (ci === undefined) delete process.env["CI"];
    else process.env["CI"] = ci;
  };
  set(value);
  try {
    return await work();
  } finally {
    set(before);
  }
}
