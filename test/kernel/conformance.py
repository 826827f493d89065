"""The conformance tests of Jupyter (jupyter_kernel_test) against our kernel.

    .venv/bin/python test/kernel/conformance.py

None may be skipped. They run in an empty folder, in which nothing may be left behind.
Source: https://github.com/jupyter/jupyter_kernel_test
"""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

import jupyter_kernel_test as jkt

ROOT = Path(__file__).resolve().parents[2]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class KernelTests(jkt.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('test')"
    completion_samples = [
        {"text": "Numbe", "matches": {"Number", "number"}},
        {"text": "Array.isAr", "matches": {"isArray"}},
    ]
    complete_code_samples = ["1", "let a = 1", "function f() {\n  return 1\n}", "/* a comment */"]
    incomplete_code_samples = ["function f() {", "if (true) {\n", "[1, 2,", "/* a comment"]
    invalid_code_samples = ["const = 4", "1 2 3", "let x = ) 5"]
    code_page_something = "parseInt?"
    code_generate_error = "throw new Error('told')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "[1, 2].map((n) => n * 2)", "result": "[ 2, 4 ]"},
        {"code": "await Promise.resolve({ a: 1 })", "result": "{ a: 1 }"},
    ]
    code_display_data = [
        {"code": f"import {{ cellHost }} from 'glassbox/kernel/contract'; cellHost()!.display({{ 'image/png': '{PNG}' }})", "mime": "image/png"},
        {"code": "cellHost()!.display({ 'text/html': '<b>bold</b>' })", "mime": "text/html"},
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ?*"
    code_inspect_sample = "parseInt"
    code_clear_output = "console.clear()"


class WelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "tslab"
    support_iopub_welcome = True


def main() -> int:
    # Beside this interpreter lies the kernelspec, wherever the user's own Jupyter looks.
    os.environ["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        suite = unittest.TestSuite(
            unittest.defaultTestLoader.loadTestsFromTestCase(case)
            for case in (KernelTests, WelcomeTests)
        )
        result = unittest.TextTestRunner(verbosity=2).run(suite)
        left = os.listdir(folder)
        os.chdir(ROOT)
    bad = len(result.failures) + len(result.errors) + len(result.skipped)
    passed = result.testsRun - bad
    if left:
        print(f"the kernel left files in its working folder: {left}")
        bad += 1
    results = ROOT / ".cache" / "results"
    results.mkdir(parents=True, exist_ok=True)
    counts = {"name": "kernel conformance", "passed": passed, "failed": bad}
    (results / "kernel-conformance.json").write_text(json.dumps(counts))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
