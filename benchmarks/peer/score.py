"""NASWOT of a fresh network in PyTorch (Mellor et al. 2021), by the procedure of the published code and without its detours.

Request: `network`, "resnet18" or a cell of NAS-Bench-201, `batch` (images of 3x32x32) and `published`. The published code
takes the gradient of all outputs by the images first, which its hooks use to tell layers that matter; then a forward pass, in
which each ReLU adds c c^T + (1 - c)(1 - c)^T to a kernel in numpy, and the logarithm of its determinant. Otherwise only the forward
pass, with both products in PyTorch. Answer: `seconds`, without making the network.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np
import torch
from serve import Answer, Request, serve
from torch import Tensor, nn
from with_torch import library

from architectures import ResNet


def convolution(inputs: int, filters: int, kernel: int, stride: int = 1) -> nn.Module:
    """ReLU, convolution, batch normalisation."""
    conv = nn.Conv2d(inputs, filters, kernel, stride, padding=kernel // 2, bias=False)
    return nn.Sequential(nn.ReLU(), conv, nn.BatchNorm2d(filters))


def operation(name: str, filters: int) -> nn.Module:
    if name == "avg_pool_3x3":
        return nn.AvgPool2d(3, 1, padding=1, count_include_pad=False)
    return nn.Identity() if name == "skip_connect" else convolution(filters, filters, int(name[-1]))


class Cell(nn.Module):
    """Nodes 1 to 3 are sums over edges from nodes before them; edges that are none are left out."""

    def __init__(self, text: str, filters: int) -> None:
        super().__init__()
        nodes = [node.strip("|").split("|") for node in text.split("+")]
        self.edges = [
            (to, int(edge.split("~")[1]), edge.split("~")[0])
            for to, edges in enumerate(nodes, start=1)
            for edge in edges
            if not edge.startswith("none")
        ]
        self.layers = nn.ModuleList(operation(name, filters) for _, _, name in self.edges)

    def forward(self, x: Tensor) -> Tensor:
        values = [x, None, None, None]
        for (to, origin, _), layer in zip(self.edges, self.layers):
            if values[origin] is not None:
                term = layer(values[origin])
                values[to] = term if values[to] is None else values[to] + term
        return torch.zeros_like(x) if values[3] is None else values[3]


class Reduction(nn.Module):
    """Two convolutions beside a mean and a projection; half the height and width."""

    def __init__(self, inputs: int, filters: int) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            convolution(inputs, filters, 3, 2), convolution(filters, filters, 3)
        )
        self.shortcut = nn.Sequential(
            nn.AvgPool2d(2), nn.Conv2d(inputs, filters, 1, bias=False)
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.convolutions(x) + self.shortcut(x)


def cell_network(text: str, outputs: int = 10) -> nn.Module:
    """Three stages of five cells (Dong & Yang 2020)."""
    stem = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)]
    stages = [Cell(text, 16) for _ in range(5)]
    for filters in (32, 64):
        stages += [Reduction(filters // 2, filters), *(Cell(text, filters) for _ in range(5))]
    head = [nn.BatchNorm2d(64), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, outputs)]
    return nn.Sequential(*stem, *stages, *head)


@contextmanager
def rectifying(count: Callable[[Tensor], None]) -> Iterator[None]:
    """Calls `count` with the input of every ReLU; module and function come through the same place."""
    plain = nn.functional.relu

    def counted(x: Tensor, inplace: bool = False) -> Tensor:
        count(x.detach())
        return plain(x)

    nn.functional.relu = counted
    try:
        yield
    finally:
        nn.functional.relu = plain


def logarithm(kernel: np.ndarray) -> float:
    return float(np.linalg.slogdet(kernel)[1])


def published(model: nn.Module, images: Tensor) -> float:
    """Gradients by images, then codes with both products in PyTorch and sums in numpy."""
    images.requires_grad_(True)
    outputs = model(images)
    outputs.backward(torch.ones_like(outputs))
    kernel = np.zeros((len(images), len(images)))

    def count(x: Tensor) -> None:
        nonlocal kernel
        on = (x.view(len(x), -1) > 0).float()
        kernel = kernel + (on @ on.t()).numpy() + ((1 - on) @ (1 - on.t())).numpy()

    with rectifying(count):
        model(images)
    return logarithm(kernel)


@torch.no_grad()
def direct(model: nn.Module, images: Tensor) -> float:
    """One forward pass; one product for each ReLU, since N - n_i - n_j + 2 n_ij units agree."""
    kernel = torch.zeros(len(images), len(images))

    def count(x: Tensor) -> None:
        on = (x.view(len(x), -1) > 0).float()
        sums = on.sum(1)
        kernel.add_(on.shape[1] - sums[:, None] - sums + 2 * on @ on.t())

    with rectifying(count):
        model(images)
    return logarithm(kernel.numpy())


@cache
def network(name: str) -> nn.Module:
    torch.manual_seed(0)
    return (ResNet(channels=3, outputs=10) if name == "resnet18" else cell_network(name)).train()


def answer(request: Request) -> Answer:
    model = network(request["network"])
    images = torch.randn(request["batch"], 3, 32, 32)
    score = published if request["published"] else direct
    started = time.perf_counter()
    value = score(model, images)
    return {"seconds": time.perf_counter() - started, "score": value}


if __name__ == "__main__":
    serve(answer, library)
