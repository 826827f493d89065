"""One JSON question a line on stdin, one JSON answer a line on stdout. Run by itself it answers what PyTorch can.

{"do": "versions"}  -> {"python", "torch"}
{"do": "compiler"}  -> {"missing"}: the C++ compiler that torch.compile would call, or null
"""

import json
import os
import platform
import resource
import shutil
import sys

import torch


def versions(question):
    return {"python": platform.python_version(), "torch": torch.__version__}


def compiler(question):
    """The program that torch.compile calls on this system (torch/_inductor/config.py), when it is not there."""
    program = os.environ.get("CXX", "clang++" if sys.platform == "darwin" else "g++")
    return {"missing": None if shutil.which(program) else program}


def memory():
    """The most that was resident, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024  # Apple counts bytes, Linux kilobytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def answer_all(answers):
    """Answers every line by the function named in "do", until stdin ends."""
    for line in sys.stdin:
        question = json.loads(line)
        try:
            if question["do"] not in answers:
                raise ValueError(f"expected {', '.join(answers)}, got {question['do']}")
            reply = answers[question["do"]](question)
        except Exception as error:  # said by the other side, which knows what was asked
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    answer_all({"versions": versions, "compiler": compiler})
