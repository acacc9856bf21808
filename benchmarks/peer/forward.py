"""Forward passes of a fresh network in PyTorch.

Request: `network`, `batch`, `seconds` (how long to measure). Answer: `seconds_per_image`.
"""

from __future__ import annotations

import time
from functools import cache

import torch
from serve import Answer, Request, serve
from torch import nn
from with_torch import library

from architectures import published


@cache
def network(name: str) -> nn.Module:
    torch.manual_seed(0)
    return published[name]().eval()


@torch.no_grad()
def answer(request: Request) -> Answer:
    model = network(request["network"])
    images = torch.randn(request["batch"], 1, 32, 32)
    model(images)
    runs = 0
    started = time.perf_counter()
    while (elapsed := time.perf_counter() - started) < request["seconds"] or runs == 0:
        model(images)
        runs += 1
    return {"seconds_per_image": elapsed / (runs * request["batch"])}


if __name__ == "__main__":
    serve(answer, library)
