"""PyTorch's side of the benchmarks of the GPT: training, writing with a cache, and whole runs for their last loss.

{"do": "open", "folder", "threads", "how"}   -> {"seconds"}: what torch.compile took, its first step included
{"do": "steps", "count"}                     -> {"seconds": [each], "losses": [each], "memory"}
{"do": "write", "prompt", "tokens"}          -> {"seconds": [each], "ids": [each], "memory"}: the likeliest token each time
{"do": "learn", "folder", "threads", "seed"} -> {"losses": [each], "validation", "seconds"}

"how" is "eager" or "compile" (torch.compile). Questions to both sides are the same, and so are the files of "folder".
"""

import sys
import time
from pathlib import Path

import torch
from torch import nn

# Behind the libraries, so that none of our files takes the place of one.
sys.path.append(str(Path(__file__).parent.parent / "torch"))

from answers import answer_all, memory
from gpt import GPT, make_optimizer
from task import Task


class Training:
    def __init__(self, task, how="eager"):
        self.task, self.training = task, task.config["training"]
        self.model = GPT(task.config["model"])
        self.loss = torch.compile(self.model) if how == "compile" else self.model
        self.optimizer = make_optimizer(self.model, self.training)
        self.done = 0

    def warm_up(self):
        """The first call compiles, forward and backward; without a step of the optimizer it changes nothing."""
        self.loss(*self.task.batch(0)).backward()
        self.optimizer.zero_grad(set_to_none=True)

    def step(self):
        loss = self.loss(*self.task.batch(self.done))
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.training["clip"])
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.done += 1
        return loss.item()


class Writing:
    def __init__(self, model, how):
        self.model = model.eval()
        self.masked = how == "compile"  # one graph for all places: the cache has its full length, and a mask
        self.next = torch.compile(model.next) if self.masked else model.next

    @torch.inference_mode()
    def write(self, prompt, count):
        context = self.model.config["context"]
        seconds, ids = [], []
        start = time.perf_counter()
        cache = self.model.new_cache(1)
        logits = self.model.prefill(torch.tensor([prompt]), cache)
        for place in range(len(prompt), len(prompt) + count):
            token = logits.argmax(-1)
            ids.append(token.item())
            seconds.append(time.perf_counter() - start)
            start = time.perf_counter()
            if len(ids) == count:
                break
            if self.masked:
                logits = self.next(token, torch.tensor([place]), cache, torch.arange(context)[None] <= place)
            else:
                logits = self.next(token, place, cache)
        return {"seconds": seconds, "ids": ids, "memory": memory()}


training = writing = None


def open_task(question):
    global training, writing
    torch.set_num_threads(question["threads"])
    task = Task(question["folder"])
    training = Training(task, question["how"])
    training.model.load(task.weights)
    writing = Writing(training.model, question["how"]) if question["for"] == "writing" else None
    start = time.perf_counter()
    if question["how"] == "compile":
        if writing:
            writing.write([0], 2)
        else:
            training.warm_up()
    return {"seconds": time.perf_counter() - start}


def steps(question):
    seconds, losses = [], []
    for _ in range(question["count"]):
        start = time.perf_counter()
        losses.append(training.step())
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds, "losses": losses, "memory": memory()}


def write(question):
    return writing.write(question["prompt"], question["tokens"])


def learn(question):
    """A whole run: every batch once, the rate of each step as the task has it, then the loss on all held-out windows."""
    torch.set_num_threads(question["threads"])
    start = time.perf_counter()
    task = Task(question["folder"])
    run = Training(task)
    run.model.initialize(question["seed"])
    run.model.train()
    losses = []
    for rate in task.config["rates"]:
        for group in run.optimizer.param_groups:
            group["lr"] = rate
        losses.append(run.step())
    return {"losses": losses, "validation": held_out_loss(run.model, task), "seconds": time.perf_counter() - start}


@torch.inference_mode()
def held_out_loss(model, task):
    model.eval()
    shape = [task.config["training"]["batch"], task.config["model"]["context"]]
    x, y = task.read("held-out-x.bin", "<i4", shape), task.read("held-out-y.bin", "<i4", shape)
    losses = [model(each.long(), after.long()).item() for each, after in zip(x, y)]
    return sum(losses) / len(losses)


answer_all({"open": open_task, "steps": steps, "write": write, "learn": learn})
