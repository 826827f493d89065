"""gensim's Word2Vec for src/bench/embeddings.ts: one JSON question a line, one JSON answer a line.

{"do": "versions"}                          -> {"python", "gensim", "numpy"}
{"do": "read", "path": P}                   -> {"words"}: P holds a sentence a line, words between spaces
{"do": "train", "epochs": E, "seed": S, "settings": {…}} -> {"seconds", "words"}: one new model, one thread
{"do": "save", "path": P}                   -> {}: the last model's vectors, in word2vec's text form
"""

import json
import os
import platform
import sys
import time

# Read by the linear algebra below numpy and scipy when it is loaded.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import gensim
import numpy
from gensim.models import Word2Vec

sentences = []
model = None


def train(epochs, seed, settings):
    """Counting words is not timed: the other side has counted them too."""
    global model
    model = Word2Vec(sg=1, hs=0, workers=1, seed=seed, **settings)
    model.build_vocab(sentences)
    start = time.perf_counter()
    _, words = model.train(sentences, total_examples=len(sentences), epochs=epochs)
    return {"seconds": time.perf_counter() - start, "words": words}


def answer(question):
    global sentences
    do = question["do"]
    if do == "versions":
        return {
            "python": platform.python_version(),
            "gensim": gensim.__version__,
            "numpy": numpy.__version__,
        }
    if do == "read":
        with open(question["path"], encoding="utf-8") as file:
            sentences = [line.split() for line in file]
        return {"words": sum(map(len, sentences))}
    if do == "train":
        return train(question["epochs"], question["seed"], question["settings"])
    if do == "save":
        model.wv.save_word2vec_format(question["path"], binary=False)
        return {}
    return {"error": f"expected versions, read, train or save, got {do}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
