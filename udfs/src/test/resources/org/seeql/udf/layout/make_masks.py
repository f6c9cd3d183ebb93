"""Computes masks with OpenCV's resize, and encodes them with pycocotools.

usage: make_masks.py > masks.json        (needs numpy, opencv-python-headless, pycocotools)

A case is the prototypes of one image, a box in pixels of the image, the coefficients of its mask, and the expected
COCO run lengths. The method is that of process_mask_native in Ultralytics 8.4.
"""
import json

import cv2
import numpy
from pycocotools import mask as coco

# pixels of the input
CELL = 4
# columns and lines of the prototypes, width and height of the image
SIZES = {
    "as_large_as_the_input": (16, 16, 64, 64),
    "padded_above": (16, 16, 128, 64),
    "padded_at_the_sides": (16, 16, 48, 96),
    "enlarged": (16, 16, 20, 40),
    "wide_input": (24, 12, 320, 160),
}
# neighbouring cells differ, and the box is the image, so that the cells next to the padding matter
ROUGH = {"box_up_to_the_padding": (16, 16, 128, 64), "box_up_to_the_padding_at_the_sides": (16, 16, 48, 96)}
STRETCHED = {"stretched": (16, 16, 100, 40)}
# as high as the input, so that 32 columns on each side are not in it
CROPPED = {"cropped_at_the_sides": (16, 16, 128, 64)}
UNALIGNED = {
    "padding_ends_in_a_cell": (16, 16, 131, 83),
    "padding_of_odd_pixels": (16, 16, 90, 67),
}


def resized(logits, width, height):
    return cv2.resize(logits, (width, height), interpolation=cv2.INTER_LINEAR)


def native_logits(logits, width, height):
    """Cuts off the padding of the letterbox; cells that it divides are enlarged to 2 x 2 or 4 x 4 before."""
    lines, columns = logits.shape
    scale = min(CELL * columns / width, CELL * lines / height)
    inner = [max(1, round(side * scale)) for side in (width, height)]
    left, top = (round((CELL * cells - side) / 2 - 0.1) for cells, side in zip((columns, lines), inner))
    edges = (left, left + inner[0], top, top + inner[1])
    part = next(size for size in (4, 2, 1) if all(edge % size == 0 for edge in edges))
    enlarged = resized(logits, columns * CELL // part, lines * CELL // part)
    x_min, x_max, y_min, y_max = (edge // part for edge in edges)
    return resized(numpy.ascontiguousarray(enlarged[y_min:y_max, x_min:x_max]), width, height)


def stretched_logits(logits, width, height):
    return resized(logits, width, height)


def cropped_logits(logits, width, height):
    """The logits at the centre of the image; those in the padding are not used."""
    logits = resized(logits, height, height)
    margin = (width - height) // 2
    return numpy.pad(logits, ((0, 0), (margin, width - height - margin)), constant_values=1)


def decimals(values, count):
    return values.astype(float).round(count).tolist()


def case(name, size, placement, all_logits, seed):
    """None if a logit is so close to 0 that rounding decides."""
    random = numpy.random.default_rng(seed)
    columns, lines, width, height = size
    is_rough = name in ROUGH
    coarse = random.normal(size=(3, lines, columns) if is_rough else (3, 4, 4)).astype(numpy.float32)
    prototypes = numpy.stack([resized(plane, columns, lines) for plane in coarse]).round(3)
    coefficients = random.normal(size=3).astype(numpy.float32).round(3)
    logits = numpy.tensordot(coefficients, prototypes, 1).astype(numpy.float32)
    x = numpy.sort(random.uniform(0, width, 2)).astype(numpy.float32).round(2)
    y = numpy.sort(random.uniform(0, height, 2)).astype(numpy.float32).round(2)
    if is_rough:
        x, y = numpy.float32([0, width]), numpy.float32([0, height])
    native = all_logits(logits, width, height)
    if placement == "center_crop":
        x = numpy.clip(x, (width - height) // 2, width - (width - height) // 2)
    column, line = numpy.meshgrid(numpy.arange(width), numpy.arange(height))
    inside = (column >= x[0]) & (column < x[1]) & (line >= y[0]) & (line < y[1])
    share = (native > 0)[inside].mean() if inside.any() else 0
    if not 0.2 < share < 0.8 or inside.sum() < 0.2 * width * height or abs(native).min() < 1e-4:
        return None
    encoded = coco.encode(numpy.asfortranarray((native > 0) & inside, dtype=numpy.uint8))
    return {
        "name": name, "placement": placement, "image": [width, height], "input": [CELL * columns, CELL * lines],
        "prototypes": decimals(prototypes, 3), "coefficients": decimals(coefficients, 3),
        "box": decimals(numpy.array([x[0], y[0], x[1], y[1]]), 2),
        "counts": encoded["counts"].decode()}


def first(sizes, placement="centered", all_logits=native_logits):
    """For each size, the first case whose mask is neither nearly empty nor nearly full."""
    return [next(found for seed in range(1000) if (found := case(name, size, placement, all_logits, seed)))
            for name, size in sizes.items()]


print(json.dumps({
    "exact": first(SIZES) + first(ROUGH) + first(STRETCHED, "stretch", stretched_logits)
    + first(CROPPED, "center_crop", cropped_logits),
    "close": first(UNALIGNED),
}, separators=(",", ":")))
