"""Primitives for painting backdrops.

Painters draw in scene units (640 x 480) on a canvas that is twice as large, which is reduced at the
end, so that edges come out smooth.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 640, 480
OVERSAMPLING = 2

Colour = tuple[int, int, int]
Point = tuple[float, float]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour a `share` (0..1) of the way from `first` to `second`."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second))


def vary(rng: np.random.Generator, colour: Colour, spread: int) -> Colour:
    """`colour` with every channel moved by up to `spread`."""
    return tuple(int(np.clip(c + rng.integers(-spread, spread + 1), 0, 255)) for c in colour)


def pick(rng: np.random.Generator, choices: Sequence):
    """One of `choices`, all equally likely; unlike `rng.choice` it keeps the element's type."""
    return choices[int(rng.integers(len(choices)))]


def ridge(rng: np.random.Generator, base: float, amplitude: float, waves: float) -> list[Point]:
    """A hilly line from the left edge to the right one, around y = `base`, as a sum of sines."""
    x = np.linspace(-8, WIDTH + 8, 160)
    y = np.full_like(x, base)
    for octave in range(4):
        frequency = waves * 2**octave
        phase = rng.uniform(0, 2 * np.pi)
        y += amplitude / 2**octave * np.sin(2 * np.pi * frequency * x / WIDTH + phase) / 2
    return list(zip(x.tolist(), y.tolist()))


def smooth_noise(rng: np.random.Generator, columns: int, rows: int) -> np.ndarray:
    """Blotches of about 1/`columns` of the width: float32 [HEIGHT, WIDTH] around 0, about -1..1."""
    coarse = Image.fromarray(rng.uniform(-1, 1, (rows, columns)).astype(np.float32))
    return np.asarray(coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))


class Canvas:
    """An RGB picture under construction. All coordinates are scene units, not pixels."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING))

    def gradient(self, top: float, bottom: float, colours: Sequence[Colour]) -> None:
        """Fills the rows from `top` to `bottom` with colours that flow into one another."""
        first, last = round(top * OVERSAMPLING), round(bottom * OVERSAMPLING)
        stops = np.linspace(0, 1, len(colours))
        position = np.linspace(0, 1, last - first)
        column = np.stack(
            [np.interp(position, stops, [c[i] for c in colours]) for i in range(3)], axis=1
        )
        strip = Image.fromarray(column.round().astype(np.uint8)[:, None, :])
        self._image.paste(strip.resize((self._image.width, last - first)), (0, first))

    def polygon(self, points: Sequence[Point], fill: Colour, opacity: float = 1) -> None:
        self._draw(opacity).polygon(self._scaled(points), fill=self._ink(fill, opacity))

    def below(self, line: Sequence[Point], fill: Colour, opacity: float = 1) -> None:
        """Fills everything under a line that runs from the left edge to the right one."""
        self.polygon([*line, (WIDTH + 8, HEIGHT), (-8, HEIGHT)], fill, opacity)

    def rectangle(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: Colour,
        opacity: float = 1,
        radius: float = 0,
    ) -> None:
        self._draw(opacity).rounded_rectangle(
            self._scaled([(left, top), (right, bottom)]),
            radius * OVERSAMPLING,
            fill=self._ink(fill, opacity),
        )

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: Colour, opacity: float = 1
    ) -> None:
        self._draw(opacity).ellipse(
            self._scaled([(x - rx, y - ry), (x + rx, y + ry)]), fill=self._ink(fill, opacity)
        )

    def line(self, points: Sequence[Point], fill: Colour, width: float, opacity: float = 1) -> None:
        self._draw(opacity).line(
            self._scaled(points),
            fill=self._ink(fill, opacity),
            width=max(1, round(width * OVERSAMPLING)),
            joint="curve",
        )

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Adds light that fades out over `radius` (a lamp, the sun's halo)."""
        reach = round(radius * OVERSAMPLING)
        axis = np.linspace(-1, 1, 2 * reach)
        distance = np.sqrt(axis[:, None] ** 2 + axis[None, :] ** 2)
        falloff = np.clip(1 - distance, 0, 1) ** 2 * strength * 255
        mask = Image.fromarray(falloff.round().astype(np.uint8))
        corner = (round(x * OVERSAMPLING) - reach, round(y * OVERSAMPLING) - reach)
        self._image.paste(Image.new("RGB", mask.size, colour), corner, mask)

    def cloud(
        self,
        rng: np.random.Generator,
        x: float,
        y: float,
        width: float,
        colour: Colour,
        opacity: float,
    ) -> None:
        """A heap of soft puffs with a flat base."""
        mask = Image.new("L", self._image.size)
        draw = ImageDraw.Draw(mask)
        for _ in range(9):
            offset = rng.uniform(-0.5, 0.5)
            rx = width * rng.uniform(0.14, 0.24)
            ry = rx * rng.uniform(0.5, 0.75) * (1.25 - 1.4 * abs(offset))
            centre = (x + offset * width * 0.8, y - ry * rng.uniform(0.3, 0.8))
            draw.ellipse(
                self._scaled([(centre[0] - rx, centre[1] - ry), (centre[0] + rx, centre[1] + ry)]),
                fill=255,
            )
        draw.rectangle(self._scaled([(0, y), (WIDTH, HEIGHT)]), fill=0)
        mask = mask.filter(ImageFilter.GaussianBlur(2.5 * OVERSAMPLING))
        mask = mask.point(lambda value: round(value * opacity))
        self._image.paste(Image.new("RGB", mask.size, colour), (0, 0), mask)

    def grain(self, top: float, noise: np.ndarray, amount: float) -> None:
        """Lightens and darkens everything under `top` by `noise` (float [HEIGHT, WIDTH], -1..1)."""
        first = round(top * OVERSAMPLING)
        large = Image.fromarray(noise).resize(self._image.size, Image.Resampling.BILINEAR)
        factor = 1 + amount * np.asarray(large)[first:, :, None]
        pixels = np.asarray(self._image, dtype=np.float32)[first:] * factor
        strip = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
        self._image.paste(strip, (0, first))

    def finished(self) -> Image.Image:
        """The picture at its final size, RGB, 640 x 480."""
        return self._image.reduce(OVERSAMPLING)

    def _draw(self, opacity: float) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self._image, "RGBA" if opacity < 1 else "RGB")

    @staticmethod
    def _ink(colour: Colour, opacity: float) -> tuple[int, ...]:
        return (*colour, round(opacity * 255)) if opacity < 1 else colour

    @staticmethod
    def _scaled(points: Sequence[Point]) -> list[Point]:
        return [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
