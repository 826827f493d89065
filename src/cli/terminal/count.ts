/**
 * Numbers of things in words: "1 layer", "2,000 steps".
 *
 * Source:  https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Number/toLocaleString
 * Chapter: notebooks/13-pre-training.ipynb
 */

/** A whole number with its thousands apart: "28,352". */
export function count(number: number): string {
  return Math.round(number).toLocaleString("en");
}

/** A number of things whose plural ends in s: "1 layer", "2 layers". */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}
