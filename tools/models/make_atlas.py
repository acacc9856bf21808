#!/usr/bin/env python3
"""Exports torchvision's classification architectures for experiments/atlas: see README.md beside this file."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.onnx import TrainingMode
from torchvision import models

here = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Recipe:
    """How one architecture is built."""

    size: int = 32
    options: dict[str, Any] = field(default_factory=dict)
    # Feature maps are this wide before the classifier, whatever the size of the image.
    widened: int | None = None


def plain(*names: str, **options: Any) -> dict[str, Recipe]:
    return {name: Recipe(options=options) for name in names}


recipes: dict[str, Recipe] = {
    **plain("resnet18", "resnet34", "resnet50", "resnet101", "resnext50_32x4d", "wide_resnet50_2"),
    **{
        name: Recipe(widened=7)
        for name in ("vgg11", "vgg11_bn", "vgg13", "vgg13_bn", "vgg16", "vgg16_bn")
    },
    "alexnet": Recipe(size=64, widened=6),
    **plain("densenet121", "densenet169"),
    **plain("googlenet", aux_logits=False, init_weights=False),
    **plain("squeezenet1_0", "squeezenet1_1"),
    **plain("mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large"),
    **plain("mnasnet0_5", "mnasnet1_0"),
    **plain("shufflenet_v2_x0_5", "shufflenet_v2_x1_0"),
    **plain("efficientnet_b0", "efficientnet_b1", "efficientnet_v2_s"),
    **plain("regnet_x_400mf", "regnet_x_800mf", "regnet_y_400mf", "regnet_y_800mf"),
    **plain("convnext_tiny"),
    **plain("swin_t"),
    **plain("vit_b_16", "vit_b_32", image_size=32),
}

larger = "a larger one of a family that is there"
left_out: dict[str, str] = {
    "inception_v3": "takes no image below 75×75",
    "swin_v2_t": "PyTorch 1.13 does not export aten::zero",
    "maxvit_t": "its partitions of 7×7 divide images of 224×224 only",
    **dict.fromkeys(
        (
            "convnext_base convnext_large convnext_small densenet161 densenet201 efficientnet_b2"
            " efficientnet_b3 efficientnet_b4 efficientnet_b5 efficientnet_b6 efficientnet_b7"
            " efficientnet_v2_l efficientnet_v2_m mnasnet0_75 mnasnet1_3 regnet_x_16gf"
            " regnet_x_1_6gf regnet_x_32gf regnet_x_3_2gf regnet_x_8gf regnet_y_128gf"
            " regnet_y_16gf regnet_y_1_6gf regnet_y_32gf regnet_y_3_2gf regnet_y_8gf resnet152"
            " resnext101_32x8d resnext101_64x4d shufflenet_v2_x1_5 shufflenet_v2_x2_0 swin_b"
            " swin_s swin_v2_b swin_v2_s vgg19 vgg19_bn vit_h_14 vit_l_16 vit_l_32"
            " wide_resnet101_2"
        ).split(),
        larger,
    ),
}


def main() -> None:
    arguments = parse_arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or models.list_models(models):
        if name in left_out:
            print(f"{name}: left out: {left_out[name]}")
            continue
        file = arguments.out / f"{name.replace('_', '-')}.onnx"
        make(name, recipes[name], file)
        print(f"{name}: {file}: {file.stat().st_size} bytes", flush=True)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Exports torchvision's architectures, without weights.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument("names", nargs="*", metavar="NAME", help="torchvision's names; all otherwise")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in recipes | left_out]
    if unknown:
        parser.error(f"no recipe for {', '.join(unknown)}")
    unlisted = [name for name in models.list_models(models) if name not in recipes | left_out]
    if unlisted:
        parser.error(f"torchvision has {', '.join(unlisted)}, which need a recipe or a reason")
    return arguments


def make(name: str, recipe: Recipe, file: Path) -> None:
    """Exports one architecture with 10 outputs and makes its weights ConstantOfShape nodes."""
    torch.manual_seed(0)
    network = models.get_model(name, weights=None, num_classes=10, **recipe.options)
    if recipe.widened:
        require_one_pixel(network, recipe.size)
        # the pool as exporters cannot write it: the mean of one pixel, as often as the classifier reads it
        network.avgpool = nn.Upsample(scale_factor=recipe.widened, mode="nearest")
    with tempfile.TemporaryDirectory() as folder:
        heavy = Path(folder) / file.name
        export(network.eval(), recipe.size, heavy)
        script = ["--import", here.parent / "typescript" / "register.mjs", here / "lighten.ts"]
        subprocess.run(["node", *script, "--short", heavy, file], check=True)


def require_one_pixel(network: nn.Module, size: int) -> None:
    features = network.features(torch.zeros(1, 3, size, size))
    if features.shape[2:] != (1, 1):
        raise ValueError(f"features of {tuple(features.shape[2:])} pixels, expected one")


def export(network: nn.Module, size: int, file: Path) -> None:
    """Writes a network for evaluation, its batch axis free, opset 17."""
    torch.onnx.export(
        network,
        torch.randn(2, 3, size, size),
        str(file),
        # the exporter folds batch-norm unless it is told to leave the network's mode alone
        training=TrainingMode.PRESERVE,
        do_constant_folding=False,
        opset_version=17,
        input_names=["x"],
        output_names=["logits"],
        dynamic_axes={"x": {0: "n"}, "logits": {0: "n"}},
    )


if __name__ == "__main__":
    main()
