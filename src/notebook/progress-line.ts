/**
 * How a progress line looks, as text and with a bar.
 *
 * Source:  https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/progress
 * Chapter: notebooks/00-start.ipynb
 */
import type { MimeBundle } from "../kernel/contract.ts";
import { say } from "../plot/numbers.ts";

/** How far a job is; without `seconds`, nothing is said about time. */
export interface ProgressState {
  readonly label: string;
  readonly count: number;
  readonly total: number;
  /** Since the job began. */
  readonly seconds?: number;
}

/** Before so many seconds a rate is a guess. */
const SETTLED = 0.5;

/** The line as `text/plain`, and with a bar as `text/html`. */
export function progressBundle(state: ProgressState, ended: boolean): MimeBundle {
  const { label, count, total } = state;
  const counted = `${say(count)} of ${say(total)}`;
  const time = ended ? timeTaken(state) : timeLeft(state);
  const stopped = ended && count < total ? ", stopped" : "";
  const tail = [counted + stopped, ...(time === "" ? [] : [time])].join(", ");
  const bar = `<progress max="${String(total)}" value="${String(count)}" style="width: 12em; vertical-align: middle"></progress>`;
  return {
    "text/html": `<span>${escaped(label)} ${bar} ${tail}</span>`,
    "text/plain": `${label}: ${tail}`,
  };
}

function timeLeft({ count, total, seconds }: ProgressState): string {
  if (seconds === undefined || seconds < SETTLED || count === 0) return "";
  const rate = count / seconds;
  return `${say(Number(rate.toPrecision(2)))} a second, ${duration((total - count) / rate)} left`;
}

function timeTaken({ seconds }: ProgressState): string {
  return seconds === undefined ? "" : `in ${duration(seconds)}`;
}

/** "0.4 s", "12 s", "3 min 5 s", "2 h 10 min". */
function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)} s`;
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
  return `${String(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60))} min`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
