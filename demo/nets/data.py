"""Training pictures: decoded once, then letterboxed with small changes for every batch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from nets.loss import Targets

PADDING = 114
# The fraction of a box that must be in the picture. Other boxes are ignored.
MIN_INSIDE = 0.35


@dataclass(frozen=True)
class Sample:
    """One picture's truth: boxes [K, 4] as left, top, right, bottom in its own pixels."""

    boxes: np.ndarray
    names: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class TrainingSet:
    """`pixels` is uint8 [N, H, W, 3], RGB."""

    pixels: np.ndarray
    samples: tuple[Sample, ...]


@dataclass(frozen=True)
class Batch:
    """`inputs` is uint8 [B, S, S, 3], RGB; `places` [B] has indices into the place labels."""

    inputs: Tensor
    targets: Targets
    places: Tensor


def load(folder: Path, limit: int | None = None) -> TrainingSet:
    """Reads annotations.json and images/ under `folder`; keeps the decoded pixels in pixels.npy."""
    truth = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    names = {category["id"]: category["name"] for category in truth["categories"]}
    by_image: dict[int, list[dict]] = {image["id"]: [] for image in truth["images"]}
    for annotation in truth["annotations"]:
        by_image[annotation["image_id"]].append(annotation)
    samples = [_sample(by_image[image["id"]], names, image["scene"]) for image in truth["images"]]
    pixels = _pixels(folder, truth["images"])
    return TrainingSet(pixels[:limit], tuple(samples[:limit]))


def batches(
    rng: np.random.Generator,
    data: TrainingSet,
    classes: tuple[str, ...],
    places: tuple[str, ...],
    input_size: int,
    batch_size: int,
) -> Iterator[Batch]:
    """One epoch in random order; an incomplete last batch is left out."""
    order = rng.permutation(len(data.samples))
    for start in range(0, len(order) - batch_size + 1, batch_size):
        chosen = order[start : start + batch_size]
        views = [_view(rng, data.pixels[i], data.samples[i], classes, input_size) for i in chosen]
        inputs = torch.from_numpy(np.stack([view[0] for view in views]))
        labels = torch.tensor([places.index(data.samples[i].place) for i in chosen])
        yield Batch(inputs, _padded([view[1:] for view in views]), labels)


def _sample(annotations: list[dict], names: dict[int, str], place: str) -> Sample:
    boxes = np.array([a["bbox"] for a in annotations], dtype=np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    return Sample(boxes, tuple(names[a["category_id"]] for a in annotations), place)


def _pixels(folder: Path, images: list[dict]) -> np.ndarray:
    store = folder / "pixels.npy"
    shape = (len(images), images[0]["height"], images[0]["width"], 3)
    if not store.exists() or np.load(store, mmap_mode="r").shape != shape:
        pixels = np.lib.format.open_memmap(store, "w+", np.uint8, shape)
        for index, image in enumerate(images):
            bgr = cv2.imread(str(folder / "images" / image["file_name"]))
            pixels[index] = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
        pixels.flush()
    return np.load(store, mmap_mode="r")


def _view(
    rng: np.random.Generator,
    pixels: np.ndarray,
    sample: Sample,
    classes: tuple[str, ...],
    input_size: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A picture in a square [S, S, 3], with its boxes [K, 4] and class indices [K]."""
    matrix = _random_letterbox(rng, pixels.shape[1], pixels.shape[0], input_size)
    square = cv2.warpAffine(
        pixels,
        _pixel_centred(matrix),
        (input_size, input_size),
        flags=cv2.INTER_LINEAR,
        borderValue=(PADDING,) * 3,
    )
    wanted = np.array([name in classes for name in sample.names], dtype=bool)
    labels = np.array([classes.index(name) for name in sample.names if name in classes], np.int64)
    boxes, kept = _transformed(sample.boxes[wanted], matrix, input_size)
    return _exposed(rng, square), boxes[kept], labels[kept]


def _random_letterbox(
    rng: np.random.Generator, width: int, height: int, input_size: int
) -> np.ndarray:
    """An affine map [2, 3] from a picture to the square: centred and whole in a third of the cases,
    else up to a third smaller or larger, shifted; mirrored in half of the cases."""
    scale, shift = input_size / max(width, height), np.zeros(2)
    if rng.random() > 1 / 3:
        scale *= np.exp(rng.uniform(-0.3, 0.3))
        shift = rng.uniform(-0.12, 0.12, 2) * input_size
    mirror = -1 if rng.random() < 0.5 else 1
    centre = input_size / 2 + shift
    return np.array(
        [
            [mirror * scale, 0, centre[0] - mirror * scale * width / 2],
            [0, scale, centre[1] - scale * height / 2],
        ]
    )


def _pixel_centred(matrix: np.ndarray) -> np.ndarray:
    """The same map for OpenCV, whose coordinate 0 is the centre of the first pixel."""
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    return shifted


def _transformed(
    boxes: np.ndarray, matrix: np.ndarray, input_size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Boxes [K, 4] in the square, cut at its edges, and which of them [K] remain."""
    x = boxes[:, 0::2] * matrix[0, 0] + matrix[0, 2]
    y = boxes[:, 1::2] * matrix[1, 1] + matrix[1, 2]
    whole = np.stack([x.min(1), y.min(1), x.max(1), y.max(1)], axis=1)
    inside = whole.clip(0, input_size)
    area = np.prod(whole[:, 2:] - whole[:, :2], axis=1)
    kept = np.prod(inside[:, 2:] - inside[:, :2], axis=1) > MIN_INSIDE * area
    return inside.astype(np.float32), kept


def _exposed(rng: np.random.Generator, square: np.ndarray) -> np.ndarray:
    """Changes brightness and contrast a little."""
    if rng.random() < 0.5:
        return square
    return cv2.convertScaleAbs(square, alpha=rng.uniform(0.85, 1.15), beta=rng.uniform(-12, 12))


def _padded(truths: list[tuple[np.ndarray, np.ndarray]]) -> Targets:
    most = max(1, max(len(labels) for _, labels in truths))
    boxes = torch.zeros(len(truths), most, 4)
    indices = torch.zeros(len(truths), most, dtype=torch.int64)
    present = torch.zeros(len(truths), most, dtype=torch.bool)
    for row, (corners, labels) in enumerate(truths):
        boxes[row, : len(labels)] = torch.from_numpy(corners)
        indices[row, : len(labels)] = torch.from_numpy(labels)
        present[row, : len(labels)] = True
    return Targets(boxes, indices, present)
