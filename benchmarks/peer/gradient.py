"""Gradients of a fresh network's output in PyTorch.

Request: `network`, `batch`, `seconds` (how long to measure), `wrt` ("input" or "parameters"). Answer:
`seconds_per_image`.
"""

from __future__ import annotations

import time
from functools import cache

import torch
from serve import Answer, Request, serve
from torch import Tensor, nn
from with_torch import library

from architectures import published


@cache
def network(name: str) -> nn.Module:
    torch.manual_seed(0)
    return published[name]().eval()


def gradients(model: nn.Module, images: Tensor, wrt: str) -> None:
    if wrt == "input":
        images.requires_grad_(True)
        model.requires_grad_(False)
        torch.autograd.grad(model(images).sum(), images)
    else:
        model.requires_grad_(True)
        torch.autograd.grad(model(images).sum(), list(model.parameters()))


def answer(request: Request) -> Answer:
    model = network(request["network"])
    images = torch.randn(request["batch"], 1, 32, 32)
    gradients(model, images, request["wrt"])
    runs = 0
    started = time.perf_counter()
    while (elapsed := time.perf_counter() - started) < request["seconds"] or runs == 0:
        gradients(model, images, request["wrt"])
        runs += 1
    return {"seconds_per_image": elapsed / (runs * request["batch"])}


if __name__ == "__main__":
    serve(answer, library)
