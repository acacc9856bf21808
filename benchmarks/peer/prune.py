"""Taylor importance of all filters of a network in PyTorch (Molchanov et al. 2019): a forward and a backward pass for each batch.

Request: `images`, `batch`. Answer: `seconds` for (dL/dg)^2 of a gate behind every normalisation of a ResNet-20,
which is (gamma dL/dgamma + beta dL/dbeta)^2, averaged over batches.
"""

from __future__ import annotations

import time
from functools import cache

import torch
from serve import Answer, Request, serve
from torch import nn
from with_torch import library

from architectures import ResNet


@cache
def network() -> nn.Module:
    torch.manual_seed(0)
    return ResNet(channels=3, outputs=10, filters=(16, 32, 64), blocks=3).eval()


def importance(model: nn.Module, x: torch.Tensor, y: torch.Tensor, batch: int) -> list[torch.Tensor]:
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    sums = [torch.zeros_like(norm.weight) for norm in norms]
    for images, labels in zip(x.split(batch), y.split(batch)):
        model.zero_grad()
        nn.functional.cross_entropy(model(images), labels).backward()
        for total, norm in zip(sums, norms):
            total += (norm.weight * norm.weight.grad + norm.bias * norm.bias.grad).detach() ** 2
    return sums


def answer(request: Request) -> Answer:
    model, images, batch = network(), request["images"], request["batch"]
    x, y = torch.randn(images, 3, 32, 32), torch.arange(images) % 10
    importance(model, x[:batch], y[:batch], batch)
    started = time.perf_counter()
    importance(model, x, y, batch)
    return {"seconds": time.perf_counter() - started}


if __name__ == "__main__":
    serve(answer, library)
