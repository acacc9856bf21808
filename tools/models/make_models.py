#!/usr/bin/env python3
"""Makes the ONNX files of models/ with PyTorch: see README.md beside this file."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.onnx import TrainingMode

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "torch"))

from architectures import (  # noqa: E402
    DenseNet,
    LeNet,
    LogisticRegression,
    ResNet,
    Vgg11,
    large_stem,
    small_stem,
)


@dataclass(frozen=True)
class Recipe:
    """How one file is made."""

    network: Callable[[], nn.Module]
    channels: int = 1
    # Weights become ConstantOfShape nodes, so that the file is tiny.
    light: bool = True
    # Batch-norm with statistics and scales of its own, folded into the convolutions before it.
    folded: bool = False
    output: str = "logit"


recipes = {
    "logistic-regression": Recipe(LogisticRegression),
    "lenet": Recipe(lambda: LeNet(outputs=2), light=False, output="logits"),
    "vgg11-1x32x32": Recipe(Vgg11),
    "vgg11bn-1x32x32": Recipe(lambda: Vgg11(batch_norm=True)),
    "vgg11bn-narrow": Recipe(
        lambda: Vgg11(channels=3, outputs=10, width=16, hidden=(64,), batch_norm=True),
        channels=3,
        light=False,
        folded=True,
        output="logits",
    ),
    "resnet18-1x32x32": Recipe(ResNet),
    "densenet121-1x32x32": Recipe(lambda: DenseNet(small_stem)),
    "densenet-g12": Recipe(
        lambda: DenseNet(large_stem, channels=3, outputs=10, growth=12, blocks=(6, 6, 6, 6)),
        channels=3,
        light=False,
        folded=True,
        output="logits",
    ),
}


def main() -> None:
    arguments = parse_arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or recipes:
        file = arguments.out / f"{name}.onnx"
        make(recipes[name], file)
        print(f"{file}: {file.stat().st_size} bytes")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Makes the ONNX files of models/.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(recipes)}")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in recipes]
    if unknown:
        parser.error(f"no recipe for {', '.join(unknown)}")
    return arguments


def make(recipe: Recipe, file: Path) -> None:
    """Makes one file; the same every time, since each network is drawn from its own seed 0."""
    torch.manual_seed(0)
    network = recipe.network()
    if recipe.folded:
        network.apply(randomise_statistics)
    if not recipe.light:
        export(network, recipe, file)
        return
    with tempfile.TemporaryDirectory() as folder:
        heavy = Path(folder) / file.name
        export(network, recipe, heavy)
        script = ["--import", here.parent / "typescript" / "register.mjs", here / "lighten.ts"]
        subprocess.run(["node", *script, heavy, file], check=True)


def randomise_statistics(module: nn.Module) -> None:
    """Gives batch-norm something to do, as training would."""
    if not isinstance(module, nn.BatchNorm2d):
        return
    nn.init.uniform_(module.weight, 0.5, 1.5)
    nn.init.normal_(module.bias, 0, 0.1)
    nn.init.normal_(module.running_mean, 0, 0.1)
    nn.init.uniform_(module.running_var, 0.5, 1.5)


def export(network: nn.Module, recipe: Recipe, file: Path) -> None:
    """Writes a network for evaluation, its batch axis free, opset 13."""
    network.eval()
    torch.onnx.export(
        network,
        torch.zeros(2, recipe.channels, 32, 32),
        str(file),
        # The exporter folds batch-norm unless it is told to leave the network's mode alone.
        training=TrainingMode.EVAL if recipe.folded else TrainingMode.PRESERVE,
        do_constant_folding=recipe.folded,
        opset_version=13,
        input_names=["input"],
        output_names=[recipe.output],
        dynamic_axes={"input": {0: "N"}, recipe.output: {0: "N"}},
    )


if __name__ == "__main__":
    main()
