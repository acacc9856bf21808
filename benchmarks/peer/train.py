"""Training steps of a fresh network in PyTorch.

Request: `network`, `batch`, `seconds` (how long to measure). Answer: `seconds_per_step`, with momentum 0.9,
weight decay 5e-4 and gradients cut to a norm of 0.5.

Request: `network`, `batch`, `images`, `epochs`. Answer: `seconds` of a whole published training on so many images
of D(v), and of testing on as many others; making the images counts on both sides.
"""

from __future__ import annotations

import time
from functools import cache, partial

import torch
from serve import Answer, Request, serve
from torch import nn
from with_torch import library

from architectures import Vgg11, published
from products import PiResNet18, SimilarityNet

networks = {
    **published,
    "vgg11-bn": partial(Vgg11, batch_norm=True),
    "nsl-dynamic": SimilarityNet,
    "pi-resnet18": PiResNet18,
}


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


def separable(images: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Images of D(v) along the first diagonal of pixels, sigma 3, epsilon 2."""
    v = torch.eye(32).flatten() / 32**0.5
    y = 1 - 2 * (torch.arange(images) % 2)
    w = 3 * torch.randn(images, 1024)
    x = w + (y - w @ v)[:, None] * v
    return x.reshape(-1, 1, 32, 32), (y < 0).long()


def whole(request: Request) -> Answer:
    started = time.perf_counter()
    model = two_outputs(networks[request["network"]]()).train()
    x, y = separable(request["images"])
    batch, epochs = request["batch"], request["epochs"]
    steps = epochs * -(-len(x) // batch)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: 1 - k / steps)
    for _ in range(epochs):
        for part in torch.randperm(len(x)).split(batch):
            step(model, optimizer, x[part], y[part])
            schedule.step()
    model.eval()
    x, y = separable(request["images"])
    with torch.no_grad():
        right = sum((model(a).argmax(1) == b).sum().item() for a, b in zip(x.split(256), y.split(256)))
    return {"seconds": time.perf_counter() - started, "accuracy": right / len(x)}


def answer(request: Request) -> Answer:
    if "epochs" in request:
        return whole(request)
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
    serve(answer, library)
