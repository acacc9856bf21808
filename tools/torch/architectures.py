"""Architectures of the project's models in plain PyTorch.

Layers carry torchvision's names. Fresh networks follow the published experiments on neural
anisotropy directions (Ortiz-Jimenez et al., NeurIPS 2020): PyTorch's default initialisation, except
for VGG's convolutions, which are normal with variance 2 / (kernel area * output channels).
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class LogisticRegression(nn.Module):
    """One linear layer over all pixels of an image."""

    def __init__(self, pixels: int = 1024, outputs: int = 1) -> None:
        super().__init__()
        self.fc = nn.Linear(pixels, outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(x.flatten(1))


class LeNet(nn.Module):
    """LeNet-5 with ReLU and max-pooling, for 32x32 images."""

    def __init__(self, channels: int = 1, outputs: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, outputs)

    def forward(self, x: Tensor) -> Tensor:
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc3(F.relu(self.fc2(x)))


class Vgg11(nn.Module):
    """VGG-11 (configuration A) for 32x32 images, which its five poolings reduce to 1x1.

    `width` is the number of filters of the first convolution, 64 in the original; `hidden` are the
    sizes of the hidden linear layers.
    """

    # Filters of each convolution in units of the first one's; "M" is a max-pooling.
    layout = (1, "M", 2, "M", 4, 4, "M", 8, 8, "M", 8, 8, "M")

    def __init__(
        self,
        channels: int = 1,
        outputs: int = 1,
        width: int = 64,
        hidden: Sequence[int] = (512, 512),
        batch_norm: bool = False,
    ) -> None:
        super().__init__()
        self.features = self._features(channels, width, batch_norm)
        self.classifier = self._classifier(8 * width, hidden, outputs)
        self.features.apply(he_fan_out)

    def forward(self, x: Tensor) -> Tensor:
        return self.classifier(self.features(x).flatten(1))

    def _features(self, channels: int, width: int, batch_norm: bool) -> nn.Sequential:
        layers: list[nn.Module] = []
        for entry in self.layout:
            if entry == "M":
                layers.append(nn.MaxPool2d(2))
                continue
            filters = entry * width
            layers.append(nn.Conv2d(channels, filters, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(filters))
            layers.append(nn.ReLU())
            channels = filters
        return nn.Sequential(*layers)

    @staticmethod
    def _classifier(inputs: int, hidden: Sequence[int], outputs: int) -> nn.Sequential:
        layers: list[nn.Module] = []
        for units in hidden:
            layers += [nn.Linear(inputs, units), nn.ReLU(), nn.Dropout()]
            inputs = units
        return nn.Sequential(*layers, nn.Linear(inputs, outputs))


def he_fan_out(module: nn.Module) -> None:
    """Draws a convolution's weights from N(0, 2 / fan-out) and clears its bias."""
    if not isinstance(module, nn.Conv2d):
        return
    fan_out = math.prod(module.kernel_size) * module.out_channels
    nn.init.normal_(module.weight, 0, math.sqrt(2 / fan_out))
    nn.init.zeros_(module.bias)


class BasicBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut."""

    def __init__(self, inputs: int, filters: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, filters, 3, stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.downsample = self._shortcut(inputs, filters, stride)

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.downsample(x))

    @staticmethod
    def _shortcut(inputs: int, filters: int, stride: int) -> nn.Sequential:
        if stride == 1 and inputs == filters:
            return nn.Sequential()
        conv = nn.Conv2d(inputs, filters, 1, stride, bias=False)
        return nn.Sequential(conv, nn.BatchNorm2d(filters))


class ResNet(nn.Module):
    """A ResNet of basic blocks for 32x32 images: a 3x3 stem of stride 1, no max-pooling.

    `filters` are those of each stage, `blocks` how many blocks a stage has; ResNet-18's unless said otherwise.
    """

    def __init__(
        self,
        channels: int = 1,
        outputs: int = 1,
        filters: Sequence[int] = (64, 128, 256, 512),
        blocks: int = 2,
    ) -> None:
        super().__init__()
        width = filters[0]
        self.conv1 = nn.Conv2d(channels, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.stages = [f"layer{i + 1}" for i in range(len(filters))]
        for i, (name, own) in enumerate(zip(self.stages, filters)):
            self.add_module(name, self._stage(width, own, blocks, stride=1 if i == 0 else 2))
            width = own
        self.fc = nn.Linear(width, outputs)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn1(self.conv1(x)))
        for name in self.stages:
            x = self.get_submodule(name)(x)
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))

    @staticmethod
    def _stage(inputs: int, filters: int, blocks: int, stride: int) -> nn.Sequential:
        first = BasicBlock(inputs, filters, stride)
        return nn.Sequential(first, *(BasicBlock(filters, filters, stride=1) for _ in range(1, blocks)))


class DenseLayer(nn.Module):
    """Appends `growth` channels, computed through a bottleneck of 4 * `growth`."""

    def __init__(self, inputs: int, growth: int) -> None:
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, 4 * growth, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv1(F.relu(self.norm1(x)))
        return torch.cat([x, self.conv2(F.relu(self.norm2(y)))], 1)


class Transition(nn.Module):
    """Halves the channels, then the height and width."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(inputs)
        self.conv = nn.Conv2d(inputs, inputs // 2, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return F.avg_pool2d(self.conv(F.relu(self.norm(x))), 2)


class DenseNet(nn.Module):
    """DenseNet with bottlenecks and halving transitions.

    `stem` makes the layers before the first block from the numbers of input and output channels.
    """

    def __init__(
        self,
        stem: Callable[[int, int], OrderedDict[str, nn.Module]],
        channels: int = 1,
        outputs: int = 1,
        growth: int = 32,
        blocks: Sequence[int] = (6, 12, 24, 16),
    ) -> None:
        super().__init__()
        width = 2 * growth
        self.features = nn.Sequential(stem(channels, width))
        for i, layers in enumerate(blocks, start=1):
            self.features.add_module(f"denseblock{i}", self._block(width, growth, layers))
            width += layers * growth
            if i < len(blocks):
                self.features.add_module(f"transition{i}", Transition(width))
                width //= 2
        self.features.add_module(f"norm{len(blocks) + 1}", nn.BatchNorm2d(width))
        self.classifier = nn.Linear(width, outputs)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.features(x))
        return self.classifier(F.adaptive_avg_pool2d(x, 1).flatten(1))

    @staticmethod
    def _block(inputs: int, growth: int, layers: int) -> nn.Sequential:
        named = [
            (f"denselayer{i + 1}", DenseLayer(inputs + i * growth, growth)) for i in range(layers)
        ]
        return nn.Sequential(OrderedDict(named))


def small_stem(channels: int, width: int) -> OrderedDict[str, nn.Module]:
    """One 3x3 convolution, as the published experiments have it for 32x32 images."""
    return OrderedDict(conv0=nn.Conv2d(channels, width, 3, padding=1, bias=False))


def large_stem(channels: int, width: int) -> OrderedDict[str, nn.Module]:
    """A 7x7 convolution and a pooling that leave a quarter of the height and width."""
    return OrderedDict(
        conv0=nn.Conv2d(channels, width, 7, stride=2, padding=3, bias=False),
        norm0=nn.BatchNorm2d(width),
        relu0=nn.ReLU(),
        pool0=nn.MaxPool2d(3, stride=2, padding=1),
    )


# The networks of the published experiments: one channel, 32x32 pixels, one output.
published: dict[str, Callable[[], nn.Module]] = {
    "logistic-regression": LogisticRegression,
    "lenet": LeNet,
    "vgg11": Vgg11,
    "resnet18": ResNet,
    "densenet121": lambda: DenseNet(small_stem),
}
