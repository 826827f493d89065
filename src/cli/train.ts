/**
 * `glassbox train`: a text and a preset in, a model that writes like the text out.
 *
 * Source:  https://github.com/karpathy/nanoGPT, train.py
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { engineUsage } from "./terminal/engine-option.ts";
import { exitStatus, type Terminal } from "./terminal/terminal.ts";
import { readCommandLine } from "./train/command-line.ts";
import { helpText } from "./train/help.ts";
import { planOf } from "./train/plan.ts";

/** One line for the list of commands. */
export const summary = "train a GPT on a text of yours";

/** Runs the command with what follows `train` on its line; resolves with the exit status. */
export async function run(argv: string[], terminal: Terminal = process): Promise<number> {
  return exitStatus(terminal, async () => {
    if (argv.includes("--help") || argv.includes("-h")) {
      terminal.stdout.write(helpText(argv, { engineUsage }));
      return 0;
    }
    const line = readCommandLine(argv);
    const plan = planOf(line);
    // TensorFlow.js takes a second to load: whoever mistyped need not wait for it.
    const { runTraining } = await import("./train/training.ts");
    return runTraining(plan, line, terminal);
  });
}
