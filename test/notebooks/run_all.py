"""Every notebook once, from a fresh kernel each, through nbclient.

    .venv/bin/python test/notebooks/run_all.py [FILES]

A cell tagged `raises-exception` must raise and no other may; no cell may write to stderr, for which
nbgrader gives no points; the kernel's process may write nothing to its terminal. nbclient is a second
client, beside our own of `glassbox notebooks run`, that knows nothing of this project.
Source: https://nbclient.readthedocs.io/en/latest/client.html
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120
"""The most that one notebook may take."""
TRAINING = {"13-pre-training": 300}
"""Where a model is trained for real, it may take longer."""


async def complaints(path: Path) -> tuple[list[str], str]:
    """What is wrong with one notebook, and which cell took longest."""
    notebook = nbformat.read(path, as_version=4)
    seconds = TRAINING.get(path.stem, SECONDS)
    start = time.monotonic()
    begun: dict[int, float] = {}
    took: dict[int, float] = {}
    # Cells are counted from 1, Markdown ones too, as `glassbox notebooks run` counts them.
    client = NotebookClient(
        notebook,
        kernel_name="tslab",
        timeout=None,
        on_cell_execute=lambda cell, cell_index: begun.update({cell_index + 1: time.monotonic()}),
        on_cell_executed=lambda cell, cell_index, execute_reply: took.update(
            {cell_index + 1: time.monotonic() - begun[cell_index + 1]}
        ),
    )
    with tempfile.TemporaryFile() as terminal:
        try:
            run = client.async_execute(cwd=str(path.parent), stdout=terminal, stderr=terminal)
            await asyncio.wait_for(run, seconds)
            wrong = [
                f"cell {number}: {what}"
                for number, cell in enumerate(notebook.cells, 1)
                if cell.cell_type == "code"
                for what in complaints_about(cell)
            ]
        except CellExecutionError as error:
            wrong = [f"cell {max(begun)}: {error.traceback.strip()}"]
        except (asyncio.TimeoutError, DeadKernelError, RuntimeError) as error:
            # nbclient takes the end of our patience for the death of the kernel, once a cell runs.
            late = time.monotonic() - start >= seconds
            what = f"no end after {seconds} s" if late else str(error)
            wrong = [f"cell {max(begun, default=0)}: {what}"]
        terminal.seek(0)
        said = terminal.read().decode(errors="replace").strip()
    if said:
        wrong.append(f"the kernel wrote to its terminal: {said}")
    slowest = max(took, key=lambda number: took[number], default=0)
    return wrong, f"slowest cell {slowest}: {took[slowest]:.1f} s" if slowest else "no code"


def complaints_about(cell: nbformat.NotebookNode) -> list[str]:
    """What is wrong with the outputs of one code cell that has run."""
    wrong = [
        f"stderr: {output.text.strip()}"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stderr"
    ]
    raised = any(output.output_type == "error" for output in cell.outputs)
    if "raises-exception" in cell.metadata.get("tags", []) and not raised:
        wrong.append("no error, although its tag says raises-exception")
    return wrong


def main() -> int:
    # Beside this interpreter lies the kernelspec, wherever the user's own Jupyter looks.
    os.environ["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")
    # Nobody watches: no pictures in between, no clock times.
    os.environ["CI"] = "true"
    named = [Path(name).resolve() for name in sys.argv[1:]]
    found = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    notebooks = named or [path for path in found if ".ipynb_checkpoints" not in path.parts]
    failed = 0
    for path in notebooks:
        start = time.monotonic()
        wrong, slowest = asyncio.run(complaints(path))
        failed += bool(wrong)
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        print(f"  {'✗' if wrong else '✓'} {shown}  {time.monotonic() - start:.1f} s, {slowest}")
        for line in wrong:
            print("      " + line.replace("\n", "\n      "))
        sys.stdout.flush()
    if not notebooks:
        print("  ✗ no notebook below notebooks/")
    results = ROOT / ".cache" / "results"
    results.mkdir(parents=True, exist_ok=True)
    counts = {
        "name": "notebooks",
        "passed": len(notebooks) - failed,
        "failed": failed if notebooks else 1,
    }
    (results / "notebooks.json").write_text(json.dumps(counts))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
