"""PyTorch's side of the benchmark of the compiler: one JSON question a line, one JSON answer a line.

{"do": "versions"}                              -> {"python", "torch"}
{"do": "compiler"}                              -> {"missing"}: the C++ compiler that torch.compile would call, or null
{"do": "open", "folder", "threads", "how"}      -> {"seconds"}: what torch.compile took, its first step included
{"do": "steps", "count": N}                     -> {"seconds": [each], "losses": [each], "memory"}

The networks are those of gpt.ts, recurrent.ts and convolutional.ts, as one writes them in PyTorch. "how" is "eager",
"compile" (torch.compile) or "library": the recurrent network by nn.LSTM, whose loop over the positions is C++.
"""

import json
import math
import os
import platform
import resource
import shutil
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self, heads, weights):
        super().__init__()
        self.heads = heads
        self.ln1, self.qkv, self.proj, self.ln2, self.fc, self.out = map(nn.Parameter, weights)

    def forward(self, x):
        B, T, C = x.shape
        qkv = F.layer_norm(x, (C,), self.ln1) @ self.qkv
        q, k, v = (z.view(B, T, self.heads, -1).transpose(1, 2) for z in qkv.split(C, dim=2))
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + mixed.transpose(1, 2).reshape(B, T, C) @ self.proj
        return x + F.gelu(F.layer_norm(x, (C,), self.ln2) @ self.fc) @ self.out


class GPT(nn.Module):
    def __init__(self, config, weights):
        super().__init__()
        names = ("ln1", "qkv", "proj", "ln2", "fc", "out")
        self.wte, self.wpe = nn.Parameter(weights["wte"]), nn.Parameter(weights["wpe"])
        blocks = ([weights[f"{name}.{i}"] for name in names] for i in range(config["L"]))
        self.blocks = nn.ModuleList(Block(config["H"], block) for block in blocks)
        self.lnf = nn.Parameter(weights["lnf"])

    def forward(self, x, y):
        h = F.embedding(x, self.wte) + self.wpe
        for block in self.blocks:
            h = block(h)
        logits = F.layer_norm(h, self.lnf.shape, self.lnf) @ self.wte.t()
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), y.view(-1))


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


def read(folder, name, dtype, shape):
    numbers = numpy.fromfile(os.path.join(folder, name), dtype=dtype)
    return torch.from_numpy(numbers.reshape(shape))


class Training:
    def __init__(self, folder, threads, how):
        torch.set_num_threads(threads)
        with open(os.path.join(folder, "task.json"), encoding="utf-8") as file:
            task = json.load(file)
        self.config = task["config"]
        numbers = numpy.fromfile(os.path.join(folder, "weights.bin"), dtype="<f4")
        weights, start = {}, 0
        for weight in task["weights"]:
            size = math.prod(weight["shape"])
            array = numbers[start : start + size].reshape(weight["shape"]).copy()
            weights[weight["name"]] = torch.from_numpy(array)
            start += size
        count = task["count"]
        kind = "<i4" if task["x"]["dtype"] == "int32" else "<f4"
        self.x = read(folder, "x.bin", kind, [count, *task["x"]["shape"]])
        self.y = read(folder, "y.bin", "<i4", [count, *task["y"]["shape"]])
        lstm = LibraryLSTM if how == "library" else UnrolledLSTM
        self.model = {"gpt": GPT, "lstm": lstm, "cnn": CNN}[task["name"]](self.config, weights)
        self.optimizer = self.make_optimizer()
        self.loss = torch.compile(self.model) if how == "compile" else self.model
        self.done = 0
        start = time.perf_counter()
        if how == "compile":
            # The first call compiles, forward and backward; without a step of the optimizer it changes nothing.
            self.loss(*self.batch(0)).backward()
            self.optimizer.zero_grad(set_to_none=True)
        self.seconds = time.perf_counter() - start

    def make_optimizer(self):
        config = self.config
        parameters = list(self.model.parameters())
        if "beta1" not in config:
            return torch.optim.SGD(parameters, lr=config["rate"])
        groups = [
            {"params": [p for p in parameters if p.dim() > 1], "weight_decay": config["weightDecay"]},
            {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
        ]
        betas = (config["beta1"], config["beta2"])
        return torch.optim.AdamW(groups, lr=config["rate"], betas=betas)

    def batch(self, step):
        place = step % len(self.x)
        x = self.x[place]
        return (x.long() if x.dtype == torch.int32 else x), self.y[place].long()

    def steps(self, count):
        seconds, losses = [], []
        for _ in range(count):
            start = time.perf_counter()
            loss = self.loss(*self.batch(self.done))
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item())
            seconds.append(time.perf_counter() - start)
            self.done += 1
        unit = 1 if sys.platform == "darwin" else 1024  # Apple counts bytes, Linux kilobytes
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
        return {"seconds": seconds, "losses": losses, "memory": memory}


def missing_compiler():
    """The program that torch.compile calls on this system (torch/_inductor/config.py), when it is not there."""
    program = os.environ.get("CXX", "clang++" if sys.platform == "darwin" else "g++")
    return None if shutil.which(program) else program


training = None


def answer(question):
    global training
    do = question["do"]
    if do == "versions":
        return {"python": platform.python_version(), "torch": torch.__version__}
    if do == "compiler":
        return {"missing": missing_compiler()}
    if do == "open":
        training = Training(question["folder"], question["threads"], question["how"])
        return {"seconds": training.seconds}
    if do == "steps":
        return training.steps(question["count"])
    return {"error": f"expected versions, compiler, open or steps, got {do}"}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # said by the other side, which knows what was asked
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
