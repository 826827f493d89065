"""Hugging Face tokenizers for src/bench/training.ts: one JSON question a line, one JSON answer a line.

{"do": "versions"}                                     -> {"python", "tokenizers"}
{"do": "read", "path": P}                              -> {"characters"}: P holds a JSON list of texts, kept in memory
{"do": "train", "vocabulary": V}                       -> {"seconds"}: learns V tokens from them, on one thread
{"do": "merges"}                                       -> {"merges"}: what the last training learned, pairs of byte letters
"""

import json
import os
import platform
import sys
import time

# Read by the library when it is imported.
os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import tokenizers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

texts = []
tokenizer = None


def train(vocabulary):
    """The rule of GPT-2: its pieces, all 256 bytes, pairs that occur twice or more."""
    global tokenizer
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        min_frequency=2,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    start = time.perf_counter()
    tokenizer.train_from_iterator(texts, trainer=trainer)
    return time.perf_counter() - start


def answer(question):
    global texts
    do = question["do"]
    if do == "versions":
        return {"python": platform.python_version(), "tokenizers": tokenizers.__version__}
    if do == "read":
        with open(question["path"], encoding="utf-8") as file:
            texts = json.load(file)
        return {"characters": sum(map(len, texts))}
    if do == "train":
        return {"seconds": train(question["vocabulary"])}
    if do == "merges":
        return {"merges": json.loads(tokenizer.to_str())["model"]["merges"]}
    return {"error": f"expected versions, read, train or merges, got {do}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
