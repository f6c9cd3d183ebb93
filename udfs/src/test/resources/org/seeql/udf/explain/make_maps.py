#!/usr/bin/env python3
"""Computes saliency maps by the definition of RISE, for a model that is a formula.

Writes maps.json next to this file. Needs numpy. It shares no code with SeeQL: masks are whole
images here, which are enlarged and cropped as in section 3.2 of arXiv 1806.07421.

The image is white, 192 x 64 pixels. The model's input is 192 x 192 with grey padding (114 of 255),
so the image fills rows 64 to 127 of the input. The model's score is the mean brightness of a
rectangle of its input. What is hidden has the colour of the padding. The centre of each cell of a
map of 64 x 64 cells is the centre of a pixel.
"""

import json
import math
import zlib
from pathlib import Path

import numpy as np

INPUT = 192
TOP, HEIGHT = 64, 64  # of the image in the input
HIDDEN = 114 / 255
X_MIN, Y_MIN, X_MAX, Y_MAX = 108, 68, 144, 92  # of the rectangle in the input
WORD = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed & WORD

    def uniform(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & WORD
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
        z ^= z >> 31
        return (z >> 11) * 2.0**-53


def enlarged(cells, size):
    """Bilinear interpolation to (s + 1) cells of the image along an axis."""
    s = cells.shape[0]
    cell = math.ceil(size / s)
    at = (np.arange((s + 1) * cell) + 0.5) * s / ((s + 1) * cell) - 0.5
    at = np.clip(at, 0, s - 1)
    first = np.floor(at).astype(int)
    share = (at - first).reshape((-1,) + (1,) * (cells.ndim - 1))
    return cells[first] * (1 - share) + cells[np.minimum(first + 1, s - 1)] * share


def masks(seed, image_id, grid, probability, count):
    random = SplitMix64((seed << 32) + zlib.crc32(image_id.encode()))
    for _ in range(count // 2):
        cells = [[random.uniform() < probability for _ in range(grid)] for _ in range(grid)]
        across = int(random.uniform() * math.ceil(INPUT / grid))
        down = int(random.uniform() * math.ceil(HEIGHT / grid))
        rows = enlarged(np.array(cells, dtype=float), HEIGHT)
        whole = enlarged(rows.T, INPUT).T
        mask = whole[down : down + HEIGHT, across : across + INPUT]
        yield mask
        yield 1 - mask


def score(mask):
    picture = np.full((INPUT, INPUT), HIDDEN)
    picture[TOP : TOP + HEIGHT] = HIDDEN + mask * (1 - HIDDEN)
    return picture[Y_MIN:Y_MAX, X_MIN:X_MAX].mean()


def saliency_map(seed, image_id, grid, probability, count):
    weighted = np.zeros((2, HEIGHT, INPUT))
    shown = np.zeros((2, HEIGHT, INPUT))
    used = 0
    for number, mask in enumerate(masks(seed, image_id, grid, probability, count)):
        half = number // 2 % 2
        weighted[half] += score(mask) * mask
        shown[half] += mask
        used += 1
    whole = (weighted.sum(0) / shown.sum(0))[:, 1::3]
    halves = [(w / s)[:, 1::3] for w, s in zip(weighted, shown)]
    return {
        "seed": seed,
        "id": image_id,
        "grid": grid,
        "probability": probability,
        "masks": used,
        "stability": float(np.corrcoef(halves[0].ravel(), halves[1].ravel())[0, 1]),
        "map": ((whole - whole.min()) / (whole.max() - whole.min())).round(6).ravel().tolist(),
    }


cases = [
    saliency_map(1, "7", 7, 0.5, 180),
    saliency_map(2, "street/a b.jpg", 16, 0.5, 150),
    saliency_map(3, "ü", 4, 0.3, 60),
]
Path(__file__).with_name("maps.json").write_text(json.dumps(cases) + "\n", encoding="utf-8")
