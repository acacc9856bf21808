#!/usr/bin/env python3
"""Exports torchvision's architectures to ONNX, with the input gradients that PyTorch has for them.

    python3 tools/torch/exports.py --out FOLDER                 # all
    python3 tools/torch/exports.py --out FOLDER resnet18 vgg11_bn
    NADS_EXPORTS=FOLDER npm run conformance                     # compares, see tools/conformance/exports.ts

It needs torchvision (tried with 0.14, of PyTorch 1.13, for opset 13 and 17). For each architecture and
opset the folder gets

    NAME-OPSET.onnx            random weights, evaluation mode, free batch axis
    NAME-OPSET.x.npy           float32 [2, 3, H, W], points
    NAME-OPSET.gradients.npy   float32 [2, 2, 3, H, W], gradients of outputs 0 and 1, computed in float64
    NAME-OPSET.json            "float32": relative Frobenius error of PyTorch's own gradients in float32

Weights are He-normal, since under PyTorch's defaults the outputs of deep mobile networks vanish; biases
and the statistics of batch-norm are drawn, too.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torchvision.models as zoo
from torch import Tensor, nn


@dataclass(frozen=True)
class Recipe:
    """An architecture and the height and width of its images."""

    network: Callable[[], nn.Module]
    size: int = 64


def plain(name: str, size: int = 64, **settings: object) -> Recipe:
    """torchvision's own architecture of this name, without weights from elsewhere."""
    return Recipe(lambda: getattr(zoo, name)(weights=None, num_classes=10, **settings), size)


def small_transformer() -> nn.Module:
    """ViT-B/16 for images of 64 by 64: all 12 layers of its full width."""
    return zoo.vit_b_16(weights=None, num_classes=10, image_size=64)


recipes = {
    # its pooling to 6 by 6 is exportable at this size only
    "alexnet": plain("alexnet", 224),
    "convnext_tiny": plain("convnext_tiny"),
    "densenet121": plain("densenet121"),
    "efficientnet_b0": plain("efficientnet_b0"),
    "googlenet": plain("googlenet", 96, aux_logits=False, transform_input=True, init_weights=False),
    "inception_v3": plain(
        "inception_v3", 96, aux_logits=False, transform_input=True, init_weights=False
    ),
    "mnasnet0_5": plain("mnasnet0_5"),
    "mobilenet_v2": plain("mobilenet_v2"),
    "mobilenet_v3_small": plain("mobilenet_v3_small"),
    "regnet_y_400mf": plain("regnet_y_400mf"),
    "resnet18": plain("resnet18"),
    "resnext50_32x4d": plain("resnext50_32x4d"),
    "shufflenet_v2_x0_5": plain("shufflenet_v2_x0_5"),
    "squeezenet1_1": plain("squeezenet1_1"),
    "swin_t": plain("swin_t"),
    "vgg11_bn": plain("vgg11_bn"),
    "vit_b_16": Recipe(small_transformer),
    "wide_resnet50_2": plain("wide_resnet50_2"),
}


def main() -> None:
    arguments = parse_arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or recipes:
        for opset in arguments.opsets:
            make(recipes[name], opset, arguments.out / f"{name}-{opset}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Exports torchvision's architectures to ONNX.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument("--opsets", type=int, nargs="+", default=[13, 17], metavar="N")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(recipes)}")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in recipes]
    if unknown:
        parser.error(f"no recipe for {', '.join(unknown)}")
    return arguments


def make(recipe: Recipe, opset: int, stem: Path) -> None:
    """Writes one architecture's files; an export that fails is said and left out."""
    torch.manual_seed(0)
    network = recipe.network().eval()
    network.apply(randomise)
    x, error = smooth_points(network, recipe.size)
    try:
        export(network, opset, x, Path(f"{stem}.onnx"))
    except Exception as error:  # noqa: BLE001
        Path(f"{stem}.onnx").unlink(missing_ok=True)
        print(f"{stem.name}: not exported: {str(error).splitlines()[0]}")
        return
    np.save(f"{stem}.x.npy", x.numpy())
    np.save(f"{stem}.gradients.npy", gradients(network.double(), x.double()).float().numpy())
    Path(f"{stem}.json").write_text(json.dumps({"float32": error}) + "\n")
    print(f"{stem.name}: exported; float32 is {error:.1e} from float64", flush=True)


def randomise(module: nn.Module) -> None:
    """Draws weights that keep activations of order 1, and gives batch-norm something to do."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.kaiming_normal_(module.weight)
        if module.bias is not None:
            nn.init.normal_(module.bias, 0, 0.1)
    if isinstance(module, nn.BatchNorm2d):
        nn.init.uniform_(module.weight, 0.5, 1.5)
        nn.init.normal_(module.bias, 0, 0.1)
        nn.init.normal_(module.running_mean, 0, 0.1)
        nn.init.uniform_(module.running_var, 0.5, 1.5)


def smooth_points(network: nn.Module, size: int) -> tuple[Tensor, float]:
    """Two images, and how far gradients in float32 are from those in float64.

    Rounding may put a unit on the other side of its kink, so of several draws the best one counts.
    """
    found = []
    for _ in range(8):
        x = torch.randn(2, 3, size, size)
        single = gradients(network, x)
        double = gradients(copy.deepcopy(network).double(), x.double())
        found.append((x, float((single - double).norm() / double.norm())))
        if found[-1][1] < 1e-5:
            break
    return min(found, key=lambda pair: pair[1])


def export(network: nn.Module, opset: int, x: Tensor, file: Path) -> None:
    torch.onnx.export(
        network,
        x,
        str(file),
        opset_version=opset,
        input_names=["input"],
        output_names=["logits"],
        dynamic_axes={"input": {0: "N"}, "logits": {0: "N"}},
    )


def gradients(network: nn.Module, points: Tensor) -> Tensor:
    """Of outputs 0 and 1 at each point: [points, 2, channels, H, W]."""
    rows = []
    for output in (0, 1):
        x = points.clone().requires_grad_()
        (row,) = torch.autograd.grad(network(x)[:, output].sum(), x)
        rows.append(row)
    return torch.stack(rows, dim=1)


if __name__ == "__main__":
    main()
