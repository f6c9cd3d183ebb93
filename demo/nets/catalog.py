"""The demo's models. They differ in their classes, their cost and their accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

ANIMALS = ("bird", "cat", "dog", "horse", "sheep")
VEHICLES = ("bicycle", "car", "bus", "truck", "boat", "traffic light")
EVERYTHING = (
    "person", "bicycle", "car", "bus", "truck", "boat", "traffic light", *ANIMALS,
)  # fmt: skip
PLACES = ("meadow", "street", "beach", "snow", "night", "indoor")


class Layout(Enum):
    """How an exported network writes its output.

    YOLOV5: [B, N, 5 + C] with centre x, centre y, width, height in pixels of the input, objectness
    and class scores. YOLOV8: [B, 4 + C, N] with the same boxes and class scores. SOFTMAX: [B, C].
    """

    YOLOV5 = "yolov5"
    YOLOV8 = "yolov8"
    SOFTMAX = "softmax"


@dataclass(frozen=True)
class Shape:
    """Channels and residual blocks at strides 2, 4, 8, 16 and 32, and channels of the head."""

    widths: tuple[int, int, int, int, int]
    blocks: tuple[int, int, int, int, int]
    head: int


SMALL = Shape((8, 16, 24, 48, 64), (0, 0, 1, 1, 1), 32)
MEDIUM = Shape((12, 24, 40, 80, 112), (0, 1, 2, 2, 1), 48)
LARGE = Shape((16, 32, 64, 112, 128), (1, 2, 3, 2, 1), 64)
CLASSIFIER = Shape((8, 16, 24, 32, 48), (0, 0, 1, 1, 1), 0)


@dataclass(frozen=True)
class Phase:
    """A phase of training at one input size (pixels, a multiple of 32)."""

    input_size: int
    epochs: float
    learning_rate: float = 8e-3


@dataclass(frozen=True)
class ModelSpec:
    """A model. Its weights start from those of `starts_from` where names and shapes agree."""

    name: str
    classes: tuple[str, ...]
    shape: Shape
    layout: Layout
    phases: tuple[Phase, ...]
    starts_from: str | None = None

    @property
    def input_size(self) -> int:
        """Side of the square input in pixels, which is that of the last phase."""
        return self.phases[-1].input_size


# In the order of training: a model comes after the model whose weights it starts from.
MODELS = (
    ModelSpec("places", PLACES, CLASSIFIER, Layout.SOFTMAX, (Phase(128, 6),)),
    ModelSpec("scout", EVERYTHING, SMALL, Layout.YOLOV8, (Phase(160, 24),)),
    ModelSpec("ranger", EVERYTHING, MEDIUM, Layout.YOLOV5, (Phase(256, 20),)),
    ModelSpec("animals", ANIMALS, MEDIUM, Layout.YOLOV5, (Phase(256, 8, 4e-3),), "ranger"),
    ModelSpec("vehicles", VEHICLES, MEDIUM, Layout.YOLOV8, (Phase(320, 8, 4e-3),), "ranger"),
    ModelSpec("people", ("person",), MEDIUM, Layout.YOLOV5, (Phase(224, 6, 4e-3),), "ranger"),
    ModelSpec("sentinel", EVERYTHING, LARGE, Layout.YOLOV8, (Phase(256, 14), Phase(416, 8, 4e-3))),
)
