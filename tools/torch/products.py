"""Networks that go beyond inner products, in plain PyTorch: neural similarity learning (Liu et al., NeurIPS 2019) and Pi-nets
(Chrysos et al., 2020). They take images of 32x32 pixels.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from architectures import BasicBlock, ResNet
from torch import Tensor, nn


class DynamicSimilarity(nn.Module):
    """A 3x3 convolution whose places are weighted for each pixel by d = 1 + m2(m1(x))."""

    def __init__(self, inputs: int, filters: int, hidden: int = 64) -> None:
        super().__init__()
        self.m1 = nn.Conv2d(inputs, hidden, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(hidden, eps=1e-3)
        self.m2 = nn.Conv2d(hidden, 9, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(9, eps=1e-3)
        self.pointwise = nn.Conv2d(9 * inputs, filters, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        d = 1 + self.bn2(self.m2(F.relu(self.bn1(self.m1(x) / self._patch_norm(x)))))
        height, width = x.shape[2:]
        padded = F.pad(x, (1, 1, 1, 1))
        places = [padded[:, :, i : i + height, j : j + width] for i in range(3) for j in range(3)]
        scaled = [place * d[:, k : k + 1] for k, place in enumerate(places)]
        return self.pointwise(torch.cat(scaled, 1))

    @staticmethod
    def _patch_norm(x: Tensor) -> Tensor:
        squares = x.square().sum(1, keepdim=True)
        return (9 * F.avg_pool2d(squares, 3, 1, padding=1) + 1e-4).sqrt()


class SimilarityNet(nn.Module):
    """A convolution and two layers of dynamic similarity, a max-pooling behind each of these."""

    def __init__(self, channels: int = 1, outputs: int = 1) -> None:
        super().__init__()
        self.conv0 = nn.Conv2d(channels, 16, 3, padding=1, bias=False)
        self.conv1 = DynamicSimilarity(16, 16)
        self.conv2 = DynamicSimilarity(16, 32)
        self.norms = nn.ModuleList(nn.BatchNorm2d(filters) for filters in (16, 16, 32))
        self.fc = nn.Linear(32 * 8 * 8, outputs)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.norms[0](self.conv0(x)))
        x = F.max_pool2d(F.relu(self.norms[1](self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.norms[2](self.conv2(x))), 2)
        return self.fc(x.flatten(1))


class ProductBlock(BasicBlock):
    """F + s + BN(F * s) of the two ways F and s of a residual block, without activations."""

    def __init__(self, inputs: int, filters: int, stride: int) -> None:
        super().__init__(inputs, filters, stride)
        self.bn3 = nn.BatchNorm2d(filters)

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(self.bn1(self.conv1(x))))
        shortcut = self.downsample(x)
        return y + shortcut + self.bn3(y * shortcut)


class PiResNet18(ResNet):
    """ResNet-18 of product blocks, without activations."""

    @staticmethod
    def _stage(inputs: int, filters: int, blocks: int, stride: int) -> nn.Sequential:
        first = ProductBlock(inputs, filters, stride)
        return nn.Sequential(first, *(ProductBlock(filters, filters, stride=1) for _ in range(1, blocks)))

    def forward(self, x: Tensor) -> Tensor:
        x = self.bn1(self.conv1(x))
        for name in self.stages:
            x = self.get_submodule(name)(x)
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))
