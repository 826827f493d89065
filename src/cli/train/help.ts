/**
 * What `glassbox train --help` says: the line, the presets, and every key with its default in a preset.
 *
 * Source:  https://clig.dev/#help
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { textNames } from "../../data/text-file.ts";
import { publishedNames } from "../../text/published.ts";
import { trainPresetNames, trainPresets } from "../../train/presets.ts";
import { modelSettings, trainingSettings } from "./settings.ts";

const LINE = `glassbox train PRESET --data FILE|DATASET    train on a text in UTF-8 or on ${textNames.join(", ")}
    --tokenizer T        characters, ${publishedNames.join(", ")}, or the path of a tokenizer.json
    --steps N, --seed S  as --set steps=N and --set seed=S
    --set key=value …    any of the settings below
    --out DIR            where the run is kept; runs/PRESET-TEXT unless said
    --json               for programs: a line of JSON for each step, evaluation, sample and checkpoint on stdout
glassbox train --out DIR --resume           go on after the last checkpoint, with what the run began with
`;

/** The help; a preset among the words is the one whose defaults are shown. */
export function helpText(
  words: readonly string[],
  { engineUsage }: { readonly engineUsage: string },
): string {
  const name = trainPresetNames.find((each) => words.includes(each)) ?? "nano-shakespeare";
  const { model, training } = trainPresets[name];
  const presets = trainPresetNames.map((each) => row(each, trainPresets[each].summary, 18));
  const keys = [
    ...Object.entries(modelSettings).map(([key, { about }]) => {
      return row(`${key}=${String(model[key as keyof typeof model])}`, about, 24);
    }),
    ...Object.entries(trainingSettings).map(([key, { about }]) => {
      return row(`${key}=${String(training[key as keyof typeof training])}`, about, 24);
    }),
  ];
  return `${LINE}    ${engineUsage}Ctrl-C ends a run with a checkpoint; a second one ends it at once. The last tenth of the text is held out.

presets:
${presets.join("\n")}

settings, here those of ${name} (glassbox train PRESET --help shows those of another):
${keys.join("\n")}
`;
}

function row(name: string, about: string, width: number): string {
  return `  ${name.padEnd(width)} ${about}`;
}
