"""Training steps of a fresh network in PyTorch.

Request: `network`, `batch`, `seconds` (how long to measure). Answer: `seconds_per_step`, with momentum 0.9,
weight decay 5e-4 and gradients cut to a norm of 0.5.
"""

from __future__ import annotations

import time
from functools import cache, partial

import torch
from serve import Answer, Request, serve
from torch import nn

from architectures import Vgg11, published

networks = {**published, "vgg11-bn": partial(Vgg11, batch_norm=True)}


@cache
def prepared(name: str) -> tuple[nn.Module, torch.optim.Optimizer]:
    torch.manual_seed(0)
    model = networks[name](outputs=2) if name == "vgg11-bn" else two_outputs(networks[name]())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
    return model.train(), optimizer


def two_outputs(model: nn.Module) -> nn.Module:
    """The published networks have one output; classes need two."""
    name, last = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
    setattr(model.get_submodule(name.rpartition(".")[0]), name.rpartition(".")[2], nn.Linear(last.in_features, 2))
    return model


def step(model: nn.Module, optimizer: torch.optim.Optimizer, x: torch.Tensor, y: torch.Tensor) -> None:
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), y).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
    optimizer.step()


def answer(request: Request) -> Answer:
    model, optimizer = prepared(request["network"])
    x = torch.randn(request["batch"], 1, 32, 32)
    y = torch.arange(request["batch"]) % 2
    step(model, optimizer, x, y)
    steps = 0
    started = time.perf_counter()
    while (elapsed := time.perf_counter() - started) < request["seconds"] or steps == 0:
        step(model, optimizer, x, y)
        steps += 1
    return {"seconds_per_step": elapsed / steps}


if __name__ == "__main__":
    serve(answer)
