"""The parts of a painted place: zones in which objects can stand, and scenery.

Zones are bands of ground, water or air. In a zone, the size of an object depends on how far down
the picture it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from scenes.painting import WIDTH, Colour, pick


@dataclass(frozen=True)
class Zone:
    """A band in which things stand with their feet between y = `far` and `near`.

    A person is `small` pixels high at `far` and `large` at `near`. `weights` says how often which
    class is seen here, `share` how often things are here rather than in the place's other zones.
    Things that fly have no shadow.
    """

    far: float
    near: float
    small: float
    large: float
    weights: Mapping[str, float]
    share: float = 1.0
    flying: bool = False

    def person_height(self, y: float) -> float:
        return self.small + (self.large - self.small) * (y - self.far) / (self.near - self.far)


@dataclass(frozen=True)
class Decoration:
    """Scenery, which may hide objects: a glyph, where its foot is, its height in pixels."""

    glyph: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Backdrop:
    """A painted place. `light` multiplies the colours (RGB) of everything that stands in it;
    `shadow` is the opacity of shadows."""

    image: Image.Image
    zones: tuple[Zone, ...]
    decorations: tuple[Decoration, ...] = ()
    light: tuple[float, float, float] = (1.0, 1.0, 1.0)
    shadow: float = 0.35


SKIES: tuple[tuple[Colour, ...], ...] = (
    ((84, 160, 226), (178, 218, 244)),
    ((104, 178, 232), (222, 240, 250)),
    ((126, 158, 214), (250, 214, 180)),
    ((150, 172, 196), (214, 222, 228)),
    ((70, 140, 214), (150, 204, 240), (236, 244, 246)),
)
AIR = {"bird": 1.0}


def scattered(
    rng: np.random.Generator,
    glyphs: str,
    count: int,
    far: float,
    near: float,
    small: float,
    large: float,
) -> tuple[Decoration, ...]:
    """`count` decorations. Nearer ones are larger."""
    things = []
    for _ in range(int(count)):
        depth = rng.uniform(0, 1)
        height = (small + (large - small) * depth) * rng.uniform(0.9, 1.1)
        x = rng.uniform(10, WIDTH - 10)
        things.append(Decoration(pick(rng, glyphs), x, far + (near - far) * depth, height))
    return tuple(things)
