"""Margins within subspaces in PyTorch, one image and one subspace at a time, as in the published code.

Request: `network`, `weights` (.npz of a state dict), `images` (.npy [n, C, H, W]), `subspaces` (.npy [s, b, H * W],
orthonormal rows, taken in every channel), `overshoot`, `iterations`. Answer: `seconds` for all of them, and `norms`
[n][s], null where no other decision was found.
"""

from __future__ import annotations

import time
from functools import cache, partial

import numpy as np
import torch
from serve import Answer, Request, serve
from torch import Tensor, nn
from with_torch import library

from architectures import ResNet, published

networks = {**published, "resnet20": partial(ResNet, filters=(16, 32, 64), blocks=3)}


@cache
def network(name: str, weights: str) -> nn.Module:
    with np.load(weights) as arrays:
        state = {key: torch.from_numpy(arrays[key]) for key in arrays.files}
    model = networks[name](channels=3, outputs=10)
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any(not key.endswith("num_batches_tracked") for key in missing):
        raise ValueError(f"{weights}: {missing} missing, {unexpected} unexpected")
    return model.eval().requires_grad_(False)


def projected(gradient: Tensor, rows: Tensor) -> Tensor:
    return (gradient.flatten(2) @ rows.T @ rows).reshape(gradient.shape)


def deepfool(model: nn.Module, image: Tensor, rows: Tensor, overshoot: float, iterations: int) -> float | None:
    """The norm of the perturbation (Moosavi-Dezfooli et al. 2016) with gradients projected onto the rows."""
    order = model(image)[0].argsort(descending=True)
    label, others = order[0], order[1:]
    total = torch.zeros_like(image)
    for _ in range(iterations):
        x = (image + (1 + overshoot) * total).requires_grad_(True)
        outputs = model(x)[0]
        own = torch.autograd.grad(outputs[label], x, retain_graph=True)[0]
        nearest, step = float("inf"), None
        for k in others:
            slope = projected(torch.autograd.grad(outputs[k], x, retain_graph=True)[0] - own, rows)
            norm = slope.norm()
            distance = (outputs[k] - outputs[label]).abs().detach() / norm
            if distance < nearest:
                nearest, step = distance, distance * slope / norm
        if step is None:
            return None
        total = total + step
        if model(image + (1 + overshoot) * total)[0].argmax() != label:
            return ((1 + overshoot) * total).norm().item()
    return None


def answer(request: Request) -> Answer:
    model = network(request["network"], request["weights"])
    images = torch.from_numpy(np.load(request["images"]))
    subspaces = torch.from_numpy(np.load(request["subspaces"]))
    started = time.perf_counter()
    norms = [
        [deepfool(model, x, rows, request["overshoot"], request["iterations"]) for rows in subspaces]
        for x in images.split(1)
    ]
    return {"seconds": time.perf_counter() - started, "norms": norms}


if __name__ == "__main__":
    serve(answer, library)
