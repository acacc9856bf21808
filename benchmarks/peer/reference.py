"""The published estimator of neural anisotropy directions in PyTorch.

For each network: draw fresh weights, take central differences of its output with step 100 along every
pixel, add g gT to the covariance (Ortiz-Jimenez et al., NeurIPS 2020).

Request: `network`, `batch` (directions at a time), `networks`, `directions` (how many of the 1024 to
take). Answer: seconds per network for `drawing` the weights and adding to the covariance, and for
`probing`.
"""

from __future__ import annotations

import time

import torch
from serve import Answer, Request, serve
from torch import Tensor, nn
from with_torch import library

from architectures import published

step = 100.0
pixels = 32 * 32
point = torch.randn(1, 32, 32, generator=torch.Generator().manual_seed(0))
unit_images = torch.eye(pixels).view(pixels, 1, 32, 32)
covariance = torch.zeros(pixels, pixels)


def secants(model: nn.Module, batch: int, directions: int) -> Tensor:
    """(f(x0 + h e_i) - f(x0 - h e_i)) / 2h for the first pixels; zero for the others. [1024]"""
    g = torch.zeros(pixels)
    for first in range(0, directions, batch):
        offsets = step * unit_images[first : first + batch]
        difference = model(point + offsets) - model(point - offsets)
        g[first : first + batch] = difference[:, 0] / (2 * step)
    return g


@torch.no_grad()
def answer(request: Request) -> Answer:
    drawing = probing = 0.0
    for _ in range(request["networks"]):
        started = time.perf_counter()
        model = published[request["network"]]().eval()
        drawn = time.perf_counter()
        g = secants(model, request["batch"], request["directions"])
        probed = time.perf_counter()
        covariance.addr_(g, g)
        drawing += time.perf_counter() - probed + drawn - started
        probing += probed - drawn
    return {"drawing": drawing / request["networks"], "probing": probing / request["networks"]}


if __name__ == "__main__":
    serve(answer, library)
