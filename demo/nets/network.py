"""A small convolutional backbone with a pyramid and an anchor-free detection head, or a classifier.

Inputs are float32 NCHW, RGB, 0..1, square.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from nets.catalog import Layout, ModelSpec, Shape

STRIDES = (8, 16, 32)
# Side of a box, in strides, that the untrained head predicts.
PRIOR_SIDE = 4.0
# Objectness that the untrained head predicts, as a logit (about 0.01).
PRIOR_OBJECTNESS = -4.6
# Largest logarithm of a side over its prior; keeps early training finite.
MAX_LOG_SIDE = 3.0


class ConvUnit(nn.Sequential):
    """Convolution, batch normalisation, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class Residual(nn.Module):
    """A 1x1 convolution to half of the channels and a 3x3 one back, added to the input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze = ConvUnit(channels, channels // 2, kernel=1)
        self.spread = ConvUnit(channels // 2, channels)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.spread(self.squeeze(x))


class Backbone(nn.Module):
    """Five stages, each of which halves the resolution."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        inputs = (3, *shape.widths[:-1])
        self.stages = nn.ModuleList(
            nn.Sequential(ConvUnit(i, o, stride=2), *(Residual(o) for _ in range(blocks)))
            for i, o, blocks in zip(inputs, shape.widths, shape.blocks)
        )

    def forward(self, x: Tensor) -> list[Tensor]:
        """[B, 3, S, S] to the features at strides 8, 16 and 32."""
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return features[2:]


class Pyramid(nn.Module):
    """Adds coarse features to the finer ones. All have the same number of channels."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.laterals = nn.ModuleList(
            ConvUnit(width, shape.head, kernel=1) for width in shape.widths[2:]
        )
        self.smooth = nn.ModuleList(ConvUnit(shape.head, shape.head) for _ in shape.widths[2:])

    def forward(self, features: list[Tensor]) -> list[Tensor]:
        merged = [lateral(feature) for lateral, feature in zip(self.laterals, features)]
        for level in range(len(merged) - 2, -1, -1):
            coarse = functional.interpolate(merged[level + 1], scale_factor=2.0, mode="nearest")
            merged[level] = merged[level] + coarse
        return [smooth(feature) for smooth, feature in zip(self.smooth, merged)]


class Detector(nn.Module):
    """Predicts one box for every cell of three grids (strides 8, 16 and 32)."""

    def __init__(self, shape: Shape, classes: int, input_size: int) -> None:
        super().__init__()
        self.backbone = Backbone(shape)
        self.pyramid = Pyramid(shape)
        self.tower = ConvUnit(shape.head, shape.head)
        self.predict = nn.Conv2d(shape.head, 5 + classes, 1)
        nn.init.zeros_(self.predict.bias)
        nn.init.constant_(self.predict.bias[4], PRIOR_OBJECTNESS)
        centres, strides = _grid(input_size)
        self.register_buffer("centres", centres, persistent=False)
        self.register_buffer("strides", strides, persistent=False)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """[B, 3, S, S] to boxes [B, N, 4] (centre x, centre y, width, height in pixels) and logits
        [B, N, 1 + C] of objectness and classes."""
        levels = self.pyramid(self.backbone(x))
        flat = torch.cat([self.predict(self.tower(f)).flatten(2) for f in levels], dim=2)
        raw = flat.permute(0, 2, 1).float()
        centre = self.centres + raw[..., :2] * self.strides
        side = raw[..., 2:4].clamp(-MAX_LOG_SIDE, MAX_LOG_SIDE).exp() * PRIOR_SIDE * self.strides
        return torch.cat([centre, side], dim=2), raw[..., 4:]


class Classifier(nn.Module):
    """Classifies the place that a picture shows."""

    def __init__(self, shape: Shape, classes: int) -> None:
        super().__init__()
        self.backbone = Backbone(shape)
        self.predict = nn.Linear(shape.widths[-1], classes)

    def forward(self, x: Tensor) -> Tensor:
        """[B, 3, S, S] to logits [B, C]."""
        return self.predict(self.backbone(x)[-1].mean(dim=(2, 3)))


class Exported(nn.Module):
    """A trained network with its output in one of the layouts; see `Layout`."""

    def __init__(self, network: nn.Module, layout: Layout) -> None:
        super().__init__()
        self.network = network
        self.layout = layout

    def forward(self, x: Tensor) -> Tensor:
        if self.layout is Layout.SOFTMAX:
            return self.network(x).softmax(dim=1)
        boxes, logits = self.network(x)
        scores = logits.sigmoid()
        if self.layout is Layout.YOLOV5:
            return torch.cat([boxes, scores], dim=2)
        scores = scores[..., :1] * scores[..., 1:]
        return torch.cat([boxes, scores], dim=2).permute(0, 2, 1)


def build(spec: ModelSpec, input_size: int) -> nn.Module:
    """The network of `spec`, with random weights."""
    if spec.layout is Layout.SOFTMAX:
        return Classifier(spec.shape, len(spec.classes))
    return Detector(spec.shape, len(spec.classes), input_size)


def _grid(input_size: int) -> tuple[Tensor, Tensor]:
    """Centres of all cells [N, 2] in pixels and their strides [N, 1]."""
    centres, strides = [], []
    for stride in STRIDES:
        axis = (torch.arange(input_size // stride) + 0.5) * stride
        y, x = torch.meshgrid(axis, axis, indexing="ij")
        centres.append(torch.stack([x.flatten(), y.flatten()], dim=1))
        strides.append(torch.full((len(axis) ** 2, 1), float(stride)))
    return torch.cat(centres), torch.cat(strides)
