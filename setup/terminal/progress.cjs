/**
 * Steps on the terminal: a name, what it is doing while it takes, and its time.
 *
 * On a terminal the line of a running step is rewritten five times a second. Elsewhere (a file, CI)
 * a step that takes longer than two seconds says so once, and again every ten.
 */
"use strict";

const { LeftOut } = require("./failure.cjs");

const NAME_WIDTH = 15;
const NOTE_WIDTH = 34;
const LIVE_MS = 200;
const FIRST_NEWS_MS = 2_000;
const NEXT_NEWS_MS = 10_000;
const FRAMES = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];

const out = process.stdout;
const live = Boolean(out.isTTY) && process.env.TERM !== "dumb";
const colours = live && !process.env.NO_COLOR;
let onLiveLine = false;

const paint = (code, text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
const green = (text) => paint(32, text);
const red = (text) => paint(31, text);
const dim = (text) => paint(2, text);

function print(text = "") {
  leaveLiveLine();
  out.write(`${text}\n`);
}

/** Clears the line of a running step, so that other output starts on an empty one. */
function leaveLiveLine() {
  if (onLiveLine) out.write("\r\x1b[K");
  onLiveLine = false;
}

/** 0.08 s, 4.2 s, 71 s, 3 min 20 s. */
function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 0.95) return `${seconds.toFixed(2)} s`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function line(mark, name, note, time) {
  return `  ${mark} ${name.padEnd(NAME_WIDTH)} ${note.padEnd(NOTE_WIDTH)} ${time.padStart(9)}`.trimEnd();
}

/**
 * Runs `work(report)`, showing `report("23 of 104 packages")` while it goes on; what it resolves to is the
 * note on the finished line. What is left out marks the line with – and its reason; any other error marks it
 * with ✗ and goes on to the caller.
 */
async function step(name, work) {
  const start = performance.now();
  let note = "";
  let frame = 0;
  let lastNews = start + FIRST_NEWS_MS - NEXT_NEWS_MS;
  const elapsed = () => duration(performance.now() - start);
  const tick = () => {
    if (live) {
      const text = line(FRAMES[frame++ % FRAMES.length], name, note, elapsed());
      out.write(`\r\x1b[K${text.slice(0, (out.columns || 80) - 1)}`);
      onLiveLine = true;
    } else if (performance.now() - lastNews >= NEXT_NEWS_MS) {
      lastNews = performance.now();
      print(line("…", name, note, elapsed()));
    }
  };
  const timer = setInterval(tick, LIVE_MS);
  try {
    const result = await work((text) => (note = text));
    done(name, result ?? "", performance.now() - start);
  } catch (error) {
    if (error instanceof LeftOut) return print(line(dim("–"), name, error.message, elapsed()));
    print(line(red("✗"), name, note, elapsed()));
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** The line of a finished step; without a time when it had nothing to do. */
function done(name, note, ms) {
  print(line(green("✓"), name, note, ms === undefined ? "" : duration(ms)));
}

module.exports = { dim, done, duration, green, leaveLiveLine, print, red, step };
