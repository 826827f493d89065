"""PyTorch's side of the benchmark of the compiler.

{"do": "open", "folder", "threads", "how"}      -> {"seconds"}: what torch.compile took, its first step included
{"do": "steps", "count": N}                     -> {"seconds": [each], "losses": [each], "memory"}

The networks are those of gpt.ts, recurrent.ts and convolutional.ts, as one writes them in PyTorch. "how" is "eager",
"compile" (torch.compile) or "library": the recurrent network by nn.LSTM, whose loop over the positions is C++.
"""

import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

# Behind the libraries, so that none of our files takes the place of one.
sys.path.append(str(Path(__file__).parent.parent / "torch"))

from answers import answer_all, memory
from gpt import GPT, make_optimizer
from task import Task


class UnrolledLSTM(nn.Module):
    def __init__(self, config, weights):
        super().__init__()
        self.C = config["C"]
        self.tokens, self.head = nn.Parameter(weights["tokens"]), nn.Parameter(weights["head"])
        self.gates = nn.Parameter(weights["gates"])

    def forward(self, x, y):
        h = c = torch.zeros(x.shape[0], self.C)
        states = []
        for position in F.embedding(x, self.tokens).unbind(1):
            i, f, g, o = (torch.cat([position, h], 1) @ self.gates).chunk(4, 1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
            states.append(h)
        return F.cross_entropy((torch.stack(states, 1) @ self.head).flatten(0, 1), y.flatten())


class LibraryLSTM(nn.Module):
    def __init__(self, config, weights):
        super().__init__()
        C = config["C"]
        self.tokens, self.head = nn.Parameter(weights["tokens"]), nn.Parameter(weights["head"])
        self.lstm = nn.LSTM(C, C, bias=False, batch_first=True)
        gates = weights["gates"]
        with torch.no_grad():
            self.lstm.weight_ih_l0.copy_(gates[:C].t())
            self.lstm.weight_hh_l0.copy_(gates[C:].t())

    def forward(self, x, y):
        states, _ = self.lstm(F.embedding(x, self.tokens))
        return F.cross_entropy((states @ self.head).flatten(0, 1), y.flatten())


class CNN(nn.Module):
    """PyTorch's pictures have their channels first; the head's rows are put in that order."""

    def __init__(self, config, weights):
        super().__init__()
        self.filter1 = nn.Parameter(weights["filter1"].permute(3, 2, 0, 1).contiguous())
        self.filter2 = nn.Parameter(weights["filter2"].permute(3, 2, 0, 1).contiguous())
        self.bias1, self.bias2 = nn.Parameter(weights["bias1"]), nn.Parameter(weights["bias2"])
        head = weights["head"].view(7, 7, 32, -1).permute(2, 0, 1, 3)
        self.head = nn.Parameter(head.reshape(7 * 7 * 32, -1).contiguous())

    def forward(self, x, y):
        h = x.permute(0, 3, 1, 2)
        h = F.max_pool2d(F.relu(F.conv2d(h, self.filter1, self.bias1, padding=1)), 2)
        h = F.max_pool2d(F.relu(F.conv2d(h, self.filter2, self.bias2, padding=1)), 2)
        return F.cross_entropy(h.flatten(1) @ self.head, y)


class Training:
    def __init__(self, folder, how):
        self.task = Task(folder)
        config, weights = self.task.config, self.task.weights
        if self.task.name == "gpt":
            self.model = GPT(config["model"]).load(weights)
            self.optimizer = make_optimizer(self.model, config["training"])
        else:
            lstm = LibraryLSTM if how == "library" else UnrolledLSTM
            self.model = {"lstm": lstm, "cnn": CNN}[self.task.name](config, weights)
            self.optimizer = torch.optim.SGD(self.model.parameters(), lr=config["rate"])
        self.loss = torch.compile(self.model) if how == "compile" else self.model
        self.done = 0
        start = time.perf_counter()
        if how == "compile":
            # The first call compiles, forward and backward; without a step of the optimizer it changes nothing.
            self.loss(*self.task.batch(0)).backward()
            self.optimizer.zero_grad(set_to_none=True)
        self.seconds = time.perf_counter() - start

    def steps(self, count):
        seconds, losses = [], []
        for _ in range(count):
            start = time.perf_counter()
            loss = self.loss(*self.task.batch(self.done))
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item())
            seconds.append(time.perf_counter() - start)
            self.done += 1
        return {"seconds": seconds, "losses": losses, "memory": memory()}


training = None


def open_task(question):
    global training
    torch.set_num_threads(question["threads"])
    training = Training(question["folder"], question["how"])
    return {"seconds": training.seconds}


answer_all({"open": open_task, "steps": lambda question: training.steps(question["count"])})
