"""The GPT of models/gpt.ts as one writes it in PyTorch, its optimizer, and reading token by token with a cache."""

import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, channels, heads, bias, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(channels, 3 * channels, bias=bias)
        self.out = nn.Linear(channels, channels, bias=bias)

    def split(self, x):
        B, T, C = x.shape
        return (z.view(B, T, self.heads, C // self.heads).transpose(1, 2) for z in self.qkv(x).split(C, dim=2))

    def join(self, mixed):
        return self.out(mixed.transpose(1, 2).flatten(2))

    def forward(self, x):
        q, k, v = self.split(x)
        dropout = self.dropout if self.training else 0.0
        return self.join(F.scaled_dot_product_attention(q, k, v, is_causal=True, dropout_p=dropout))

    def prefill(self, x, keys, values):
        q, k, v = self.split(x)
        keys[:, :, : x.shape[1]], values[:, :, : x.shape[1]] = k, v
        return self.join(F.scaled_dot_product_attention(q, k, v, is_causal=True))

    def next(self, x, keys, values, place, mask):
        """x (B, 1, C) at `place`; without a mask the cache is cut off behind it."""
        q, k, v = self.split(x)
        if mask is None:
            keys[:, :, place : place + 1], values[:, :, place : place + 1] = k, v
            seen = (keys[:, :, : place + 1], values[:, :, : place + 1])
        else:
            seen = (keys.index_copy_(2, place, k), values.index_copy_(2, place, v))
        return self.join(F.scaled_dot_product_attention(q, *seen, attn_mask=mask))


class FeedForward(nn.Module):
    def __init__(self, channels, bias, activation):
        super().__init__()
        self.up = nn.Linear(channels, 4 * channels, bias=bias)
        self.down = nn.Linear(4 * channels, channels, bias=bias)
        self.activation = nn.GELU(approximate="tanh" if activation == "gelu-tanh" else "none")

    def forward(self, x):
        return self.down(self.activation(self.up(x)))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        channels, bias = config["channels"], config["bias"]
        self.before = config["norm"] == "before"
        self.norm1 = nn.LayerNorm(channels, bias=bias)
        self.attention = Attention(channels, config["heads"], bias, config["dropout"])
        self.norm2 = nn.LayerNorm(channels, bias=bias)
        self.feedForward = FeedForward(channels, bias, config["activation"])
        self.drop = nn.Dropout(config["dropout"])

    def forward(self, x, attention=None):
        attention = attention or self.attention
        if self.before:
            x = x + self.drop(attention(self.norm1(x)))
            return x + self.drop(self.feedForward(self.norm2(x)))
        x = self.norm1(x + self.drop(attention(x)))
        return self.norm2(x + self.drop(self.feedForward(x)))


class GPT(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config["vocabulary"], config["channels"])
        self.positions = nn.Embedding(config["context"], config["channels"])
        self.drop = nn.Dropout(config["dropout"])
        self.blocks = nn.ModuleList(Block(config) for _ in range(config["layers"]))
        before = config["norm"] == "before"
        self.norm = nn.LayerNorm(config["channels"], bias=config["bias"]) if before else nn.Identity()

    def load(self, weights):
        """Weights by their paths in models/gpt.ts, matrices (inputs, outputs)."""
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                if name in ("tokens.weight", "positions.weight"):
                    parameter.copy_(weights[name[: -len(".weight")]])
                elif parameter.dim() == 1 and name.endswith("weight"):
                    parameter.copy_(weights[name[: -len("weight")] + "gain"])
                else:
                    parameter.copy_(weights[name].t())
        return self

    def initialize(self, seed):
        """First weights as models/gpt.ts draws them, from PyTorch's own numbers."""
        torch.manual_seed(seed)
        deviation = self.config["deviation"]
        added = deviation / (2 * self.config["layers"]) ** 0.5
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                is_added = name.endswith(("attention.out.weight", "feedForward.down.weight"))
                nn.init.normal_(parameter, std=added if is_added else deviation)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)
        return self

    def embed(self, ids, places):
        return self.drop(self.tokens(ids) + self.positions(places))

    def head(self, h):
        return F.linear(self.norm(h), self.tokens.weight)

    def forward(self, x, y):
        h = self.embed(x, torch.arange(x.shape[1]))
        for block in self.blocks:
            h = block(h)
        return F.cross_entropy(self.head(h).flatten(0, 1), y.flatten())

    def new_cache(self, rows):
        size = self.config["channels"] // self.config["heads"]
        shape = (2, self.config["layers"], rows, self.config["heads"], self.config["context"], size)
        return torch.zeros(shape)

    def prefill(self, ids, cache):
        """ids (B, T) -> the logits after the last (B, V); writes into the cache."""
        h = self.embed(ids, torch.arange(ids.shape[1]))
        for block, keys, values in zip(self.blocks, *cache):
            h = block(h, lambda x: block.attention.prefill(x, keys, values))
        return self.head(h[:, -1])

    def next(self, ids, place, cache, mask=None):
        """ids (B) at one place, a number, or with a mask (1, context) of truth values a tensor of one -> logits (B, V)."""
        at = torch.tensor([place]) if mask is None else place
        h = self.embed(ids[:, None], at)
        for block, keys, values in zip(self.blocks, *cache):
            h = block(h, lambda x: block.attention.next(x, keys, values, place, mask))
        return self.head(h[:, 0])


def make_optimizer(model, training):
    """AdamW in one kernel for all weights, PyTorch's fastest; matrices decay, vectors do not."""
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": training["weightDecay"]},
        {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    betas = (training["beta1"], training["beta2"])
    return torch.optim.AdamW(groups, lr=training["learningRate"], betas=betas, fused=True)
