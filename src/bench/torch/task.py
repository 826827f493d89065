"""What the other side wrote into a folder: task.json, first weights, batches."""

import json
import math
import os

import numpy
import torch


class Task:
    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "task.json"), encoding="utf-8") as file:
            task = json.load(file)
        self.name, self.config, self.count = task["name"], task["config"], task["count"]
        numbers = numpy.fromfile(os.path.join(folder, "weights.bin"), dtype="<f4")
        self.weights, start = {}, 0
        for weight in task["weights"]:
            size = math.prod(weight["shape"])
            array = numbers[start : start + size].reshape(weight["shape"]).copy()
            self.weights[weight["name"]] = torch.from_numpy(array)
            start += size
        kind = "<i4" if task["x"]["dtype"] == "int32" else "<f4"
        self.x = self.read("x.bin", kind, task["x"]["shape"])
        self.y = self.read("y.bin", "<i4", task["y"]["shape"])

    def read(self, name, dtype, shape):
        numbers = numpy.fromfile(os.path.join(self.folder, name), dtype=dtype)
        return torch.from_numpy(numbers.reshape([-1, *shape]))

    def batch(self, step):
        """Of any step, from 0; the batches come round."""
        x, y = self.x[step % self.count], self.y[step % self.count]
        return (x.long() if x.dtype == torch.int32 else x), y.long()
