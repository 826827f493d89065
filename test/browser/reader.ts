/** Somebody before JupyterLab: opens notebooks, clicks, types, looks; and what JupyterLab says of its cells. */
import fs from "node:fs";
import path from "node:path";

import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { inject } from "vitest";

import { normalForm } from "../../src/notebook-files/normal-form.ts";
import { printNotebook, type Output } from "../../src/notebook-files/notebook.ts";

export const root = path.resolve(import.meta.dirname, "../..");

/** What JupyterLab knows of one cell. */
export interface CellState {
  readonly type: "code" | "markdown" | "raw";
  readonly source: string;
  readonly tags: readonly string[];
  readonly count: number | null;
  readonly running: boolean;
  readonly outputs: readonly Output[];
}

/** The parts of JupyterLab's objects that are read here; `--expose-app-in-browser` puts them there. */
interface CellWidget {
  readonly prompt?: string;
  readonly model: {
    readonly type: CellState["type"];
    readonly executionCount?: number | null;
    readonly executionState?: string;
    readonly outputs?: { toJSON(): Output[] };
    toJSON(): { source: string | string[]; metadata: { tags?: string[] } };
  };
}
interface NotebookWidget {
  readonly context: {
    readonly path: string;
    readonly isReady: boolean;
    readonly sessionContext: {
      readonly session: { readonly kernel: { readonly status: string } | null } | null;
      shutdown(): Promise<void>;
    };
  };
  readonly content: {
    readonly widgets: readonly CellWidget[];
    activeCellIndex: number;
    scrollToItem(index: number, align?: string): Promise<void>;
  };
  dispose(): void;
}
declare const jupyterapp: {
  readonly shell: { readonly currentWidget: NotebookWidget | null };
  readonly serviceManager: { readonly sessions: { shutdownAll(): Promise<void> } };
  readonly commands: { execute(command: string, args?: object): Promise<unknown> };
};

/** Everything that Chromium may do without being asked is switched off. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let visits = 0;

export class Reader {
  readonly page: Page;
  /** Errors that the page itself had. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
  }

  /** Opens a browser on a page of JupyterLab and waits until a notebook on it is ready. */
  static async at(address: string): Promise<Reader> {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
    const reader = new Reader(
      browser,
      await browser.newPage({ viewport: { width: 1280, height: 1000 } }),
    );
    await reader.page.goto(address);
    await reader.ready();
    return reader;
  }

  /** Opens a browser on a new notebook with these cells. */
  static async with(...cells: readonly string[]): Promise<Reader> {
    const file = writeNotebook(cells);
    // A workspace of its own, so that no tabs of an earlier test come back.
    return Reader.at(pageOf(file, `${process.pid}-${++visits}`));
  }

  /** Opens a new notebook with these cells in place of the one in front, whose kernel ends. */
  async open(...cells: readonly string[]): Promise<string> {
    const file = writeNotebook(cells);
    await this.page.evaluate(async (path) => {
      const last = jupyterapp.shell.currentWidget;
      await last?.context?.sessionContext?.shutdown();
      last?.dispose();
      await jupyterapp.commands.execute("docmanager:open", { path });
    }, file);
    await this.ready(file);
    return file;
  }

  /** Waits until the notebook in front, or the one of this path, has its file and its kernel. */
  async ready(file = ""): Promise<void> {
    await this.page.waitForFunction(
      (file) => {
        if (typeof jupyterapp === "undefined") return false;
        const context = jupyterapp.shell.currentWidget?.context;
        return (
          context?.isReady === true &&
          (file === "" || context.path === file) &&
          context.sessionContext?.session?.kernel?.status === "idle"
        );
      },
      file,
      { timeout: 45_000 },
    );
  }

  /** The cell with this number, counted from 1, brought into view. */
  async cell(number: number): Promise<Locator> {
    await this.page.evaluate(
      async (index) => await jupyterapp.shell.currentWidget?.content.scrollToItem(index, "center"),
      number - 1,
    );
    return this.#front().locator(`.jp-Cell[data-windowed-list-index="${number - 1}"]`);
  }

  /** Clicks into a cell and presses Ctrl and Enter. */
  async run(number: number): Promise<void> {
    const cell = await this.cell(number);
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("Control+Enter");
  }

  /** Runs a cell and waits until nothing runs. */
  async runToEnd(number: number): Promise<CellState> {
    await this.run(number);
    await this.quiet();
    return this.state(number);
  }

  /** Replaces the text of a cell by typing. */
  async type(number: number, text: string): Promise<void> {
    const cell = await this.cell(number);
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }

  /** Clicks a button in the bar above the notebook, by its name in JupyterLab. */
  async press(button: "save" | "interrupt" | "restart-and-run"): Promise<void> {
    await this.#front().locator(`.jp-Toolbar-item[data-jp-item-name="${button}"]`).click();
  }

  /** Chooses an entry of a menu. */
  async choose(menu: string, entry: string): Promise<void> {
    await this.page.locator(".lm-MenuBar-itemLabel", { hasText: menu }).click();
    await this.page.locator(".lm-Menu-itemLabel").getByText(entry, { exact: true }).click();
  }

  /** Waits until no cell runs or waits for its turn; `milliseconds` is the most it may take. */
  async quiet(milliseconds = 45_000): Promise<void> {
    const timeout = performance.now() + milliseconds;
    for (;;) {
      const running = (await this.states()).flatMap((cell, i) => (cell.running ? [i + 1] : []));
      if (running.length === 0 && (await this.kernelStatus()) === "idle") return;
      if (performance.now() > timeout) {
        throw new Error(`cells ${running.join(", ")} still run after ${milliseconds} ms`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  async kernelStatus(): Promise<string | undefined> {
    return this.page.evaluate(
      () => jupyterapp.shell.currentWidget?.context.sessionContext.session?.kernel?.status,
    );
  }

  async shutDownKernel(): Promise<void> {
    await this.page.evaluate(() =>
      jupyterapp.shell.currentWidget?.context.sessionContext.shutdown(),
    );
  }

  /** The path of the document in front. */
  async path(): Promise<string | undefined> {
    return this.page.evaluate(() => jupyterapp.shell.currentWidget?.context?.path);
  }

  async states(): Promise<CellState[]> {
    return this.page.evaluate(() =>
      (jupyterapp.shell.currentWidget?.content.widgets ?? []).map(({ model, prompt }) => {
        const { source, metadata } = model.toJSON();
        return {
          type: model.type,
          source: typeof source === "string" ? source : source.join(""),
          tags: metadata.tags ?? [],
          count: model.executionCount ?? null,
          running: prompt === "*" || (model.executionState ?? "idle") !== "idle",
          outputs: model.outputs?.toJSON() ?? [],
        };
      }),
    );
  }

  async state(number: number): Promise<CellState> {
    const state = (await this.states())[number - 1];
    if (state === undefined) throw new Error(`there is no cell ${number}`);
    return state;
  }

  /** What stands below a cell, as a reader reads it. */
  async shown(number: number): Promise<string> {
    const cell = await this.cell(number);
    return cell.locator(".jp-OutputArea").innerText();
  }

  async theme(name: "JupyterLab Light" | "JupyterLab Dark"): Promise<void> {
    await this.page.evaluate(
      async (theme) => void (await jupyterapp.commands.execute("apputils:change-theme", { theme })),
      name,
    );
    await this.page.waitForSelector(`body[data-jp-theme-name="${name}"]`, { state: "attached" });
  }

  /** Keeps a picture of the page for people to look at. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(root, ".cache/screenshots", `${name}.png`) });
  }

  /** Ends all kernels and closes the browser. */
  async leave(): Promise<void> {
    await this.page.evaluate(() => jupyterapp.serviceManager.sessions.shutdownAll());
    await this.#browser.close();
  }

  #front(): Locator {
    return this.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  }
}

/** The address at which JupyterLab opens a file, in a workspace of this name. */
export function pageOf(file: string, workspace: string): string {
  const { origin, searchParams } = new URL(inject("startPage"));
  return `${origin}/lab/workspaces/${workspace}/tree/${file}?token=${searchParams.get("token")}`;
}

let written = 0;

/** Writes a notebook of code cells; returns its path from the project's folder. */
function writeNotebook(cells: readonly string[]): string {
  const file = path.join(inject("scratch"), `${process.pid}-${++written}.ipynb`);
  const notebook = normalForm({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((source) => ({
      cell_type: "code",
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
  });
  fs.writeFileSync(path.join(root, file), printNotebook(notebook));
  return file;
}
