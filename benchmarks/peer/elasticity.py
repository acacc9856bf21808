"""Inner products of gradients by all weights at pairs of images in PyTorch, in several ways.

Request: `weights` (.npz of a state dict of LeNet), `images` (.npz, `x` [n, 1, 32, 32]), `rows` (how many of the images,
from the first on, are rows; the others are columns). Answer: `seconds` by way, the shortest of two runs, and the first
`entries` of the kernel.

Ways: `vmap` takes gradients of all images at once and multiplies them; `vmap, by layer` adds up products of each layer, which
needs no copy; `loop` takes one image after the other, measured on a few and scaled up.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch
from serve import Answer, Request, serve
from torch import Tensor, nn
from with_torch import library

from architectures import published

Gradients = list[Tensor]
# Images whose gradients are taken at once: all of them need gigabytes on the way.
chunk = 250
few = 50


def network(weights: str) -> nn.Module:
    with np.load(weights) as arrays:
        state = {key: torch.from_numpy(arrays[key]) for key in arrays.files}
    model = published["lenet"](outputs=2)
    model.load_state_dict(state)
    return model.eval()


def vmapped(model: nn.Module, images: Tensor) -> Gradients:
    """[n, ...] of each parameter."""
    import functorch

    function, parameters = functorch.make_functional(model)

    def output(weights: tuple[Tensor, ...], x: Tensor) -> Tensor:
        return function(weights, x[None])[0, 0]

    each = functorch.vmap(functorch.grad(output), (None, 0))
    parts = [each(parameters, some) for some in images.split(chunk)]
    return [torch.cat(of_one).flatten(1) for of_one in zip(*parts)]


def looped(model: nn.Module, images: Tensor) -> Gradients:
    parameters = list(model.parameters())
    each = [torch.autograd.grad(model(x)[0, 0], parameters) for x in images.split(1)]
    return [torch.stack(of_one).flatten(1) for of_one in zip(*each)]


def whole(gradients: Gradients, rows: int) -> Tensor:
    matrix = torch.cat([one.detach() for one in gradients], 1)
    return matrix[:rows] @ matrix[rows:].T


def by_layer(gradients: Gradients, rows: int) -> Tensor:
    return sum(one.detach()[:rows] @ one.detach()[rows:].T for one in gradients)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def answer(request: Request) -> Answer:
    model, rows = network(request["weights"]), request["rows"]
    with np.load(request["images"]) as arrays:
        images = torch.from_numpy(arrays["x"])
    gradients = looped(model, torch.cat([images[:1], images[rows : rows + few]]))
    one = timed(lambda: looped(model, images[:few])) / few
    seconds = {"loop": len(images) * one}
    kernel = by_layer(gradients, 1)
    try:
        taken = min(timed(lambda: vmapped(model, images)) for _ in range(2))
    except ImportError:
        return {"seconds": seconds, "entries": kernel[0, :8].tolist()}
    gradients = vmapped(model, images)
    seconds["vmap"] = taken + timed(lambda: whole(gradients, rows))
    seconds["vmap, by layer"] = taken + timed(lambda: by_layer(gradients, rows))
    return {"seconds": seconds, "entries": kernel[0, :8].tolist()}


if __name__ == "__main__":
    serve(answer, library)
