"""The demo's places: what each looks like, where things can stand in it, and which things do.

A place is painted afresh for every scene. Its zones are bands of ground, water or air. Inside one,
a thing's size follows from how far down the picture it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from scenes.painting import HEIGHT, WIDTH, Canvas, Colour, mix, pick, ridge, smooth_noise, vary


@dataclass(frozen=True)
class Zone:
    """A band in which things stand with their feet between y = `far` and `near`.

    A person is `small` pixels high at `far` and `large` at `near`. `weights` says how often which
    class is seen here. Things that fly have no shadow.
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
    """Scenery that may hide objects but is none: a glyph, its foot's place, its height in pixels."""

    glyph: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Backdrop:
    """A painted place. `light` multiplies the colours (RGB) of everything that stands in it."""

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
SUNSETS: tuple[tuple[Colour, ...], ...] = (
    ((66, 84, 158), (232, 132, 120), (254, 206, 132)),
    ((96, 90, 170), (246, 160, 140), (255, 222, 160)),
)
AIR = {"bird": 1.0}


def meadow(rng: np.random.Generator) -> Backdrop:
    canvas = Canvas()
    horizon = rng.uniform(165, 225)
    _sky(canvas, rng, horizon + 30, pick(rng, SKIES))
    green = vary(
        rng, pick(rng, [(118, 182, 72), (136, 190, 84), (154, 182, 78), (96, 166, 80)]), 10
    )
    haze = vary(rng, (150, 184, 206), 12)
    for layer in range(3):
        base = horizon - 42 + 17 * layer
        colour = mix(haze, green, 0.2 + 0.3 * layer)
        canvas.below(ridge(rng, base, 46 - 10 * layer, rng.uniform(0.6, 1.4)), colour)
    canvas.gradient(
        horizon + 20, HEIGHT, [mix(green, (240, 240, 150), 0.15), mix(green, (20, 70, 20), 0.35)]
    )
    canvas.below(ridge(rng, horizon + 14, 14, 0.8), mix(green, (240, 240, 150), 0.15))
    canvas.gradient(
        horizon + 24, HEIGHT, [mix(green, (240, 240, 150), 0.15), mix(green, (24, 84, 24), 0.3)]
    )
    if rng.random() < 0.4:
        _path(canvas, rng, horizon + 22)
    canvas.grain(horizon, smooth_noise(rng, 14, 30), 0.07)
    _tufts(canvas, rng, horizon + 30, mix(green, (20, 80, 20), 0.45), 260)
    _flowers(canvas, rng, horizon + 40)
    trees = _scattered(rng, "🌳🌳🌲🌳", rng.integers(2, 7), horizon + 12, horizon + 60, 58, 140)
    ground = Zone(
        horizon + 28,
        468,
        34,
        190,
        {
            "horse": 2.4,
            "sheep": 2.4,
            "dog": 2,
            "person": 2.2,
            "bird": 1.1,
            "cat": 0.9,
            "bicycle": 0.9,
            "car": 0.4,
            "truck": 0.5,
        },
    )
    air = Zone(40, horizon - 20, 60, 90, AIR, share=0.14, flying=True)
    return Backdrop(canvas.finished(), (ground, air), trees)


def beach(rng: np.random.Generator) -> Backdrop:
    canvas = Canvas()
    horizon = rng.uniform(130, 185)
    shore = horizon + rng.uniform(70, 110)
    evening = rng.random() < 0.3
    _sky(canvas, rng, horizon, pick(rng, SUNSETS if evening else SKIES))
    deep = vary(
        rng,
        (44, 96, 150) if evening else pick(rng, [(20, 124, 176), (30, 140, 190), (36, 110, 170)]),
        10,
    )
    shallow = vary(rng, (196, 150, 160) if evening else (120, 208, 212), 12)
    canvas.gradient(horizon, shore + 20, [deep, mix(deep, shallow, 0.5), shallow])
    for _ in range(46):
        x, y = rng.uniform(0, WIDTH), rng.uniform(horizon + 4, shore - 6)
        reach = 6 + 26 * (y - horizon) / (shore - horizon)
        canvas.line([(x - reach, y), (x, y - 1), (x + reach, y)], (255, 255, 255), 1, 0.35)
    sand = vary(rng, pick(rng, [(238, 214, 164), (230, 202, 150), (244, 224, 184)]), 8)
    coast = ridge(rng, shore, 22, rng.uniform(0.5, 1.3))
    canvas.below([(x, y - 7) for x, y in coast], (255, 255, 255), 0.75)
    canvas.below(coast, mix(sand, (150, 110, 70), 0.35))
    canvas.below([(x, y + 11 + 4 * np.sin(x / 60)) for x, y in coast], sand)
    canvas.grain(shore - 10, smooth_noise(rng, 40, 120), 0.035)
    canvas.grain(shore - 10, smooth_noise(rng, 9, 26), 0.05)
    scenery = (
        *_scattered(rng, "🌴", rng.integers(0, 4), shore + 24, shore + 60, 120, 200),
        *_scattered(rng, "⛱", rng.integers(0, 3), shore + 30, 420, 70, 150),
        *_scattered(rng, "🐚🦀🏐🐚", rng.integers(0, 4), shore + 60, 470, 14, 34),
    )
    beach_zone = Zone(
        shore + 26,
        468,
        70,
        195,
        {
            "person": 3.2,
            "dog": 2,
            "bird": 1.6,
            "bicycle": 0.9,
            "horse": 0.7,
            "cat": 0.5,
            "car": 0.4,
            "truck": 0.2,
        },
    )
    sea = Zone(horizon + 8, shore - 12, 32, 82, {"boat": 1.0}, share=0.4)
    air = Zone(36, horizon - 16, 60, 100, AIR, share=0.2, flying=True)
    light = (1.0, 0.93, 0.88) if evening else (1.0, 1.0, 1.0)
    return Backdrop(canvas.finished(), (beach_zone, sea, air), scenery, light)


def snow(rng: np.random.Generator) -> Backdrop:
    canvas = Canvas()
    horizon = rng.uniform(190, 240)
    _sky(
        canvas,
        rng,
        horizon + 40,
        pick(
            rng,
            [
                ((146, 180, 214), (226, 236, 244)),
                ((176, 190, 206), (234, 238, 242)),
                ((110, 166, 220), (220, 236, 248)),
                ((150, 156, 200), (250, 220, 214)),
            ],
        ),
    )
    for _ in range(int(rng.integers(2, 5))):
        _mountain(canvas, rng, horizon)
    white = (240, 245, 251)
    for layer in range(3):
        shade = mix((190, 208, 230), white, 0.3 + 0.3 * layer)
        canvas.below(ridge(rng, horizon - 8 + 24 * layer, 26, rng.uniform(0.5, 1.2)), shade)
    canvas.gradient(
        horizon + 52, HEIGHT, [mix((190, 208, 230), white, 0.9), white, (216, 226, 240)]
    )
    canvas.grain(horizon + 40, smooth_noise(rng, 7, 18), 0.03)
    scenery = (
        *_scattered(rng, "🌲", rng.integers(3, 9), horizon + 12, horizon + 64, 54, 130),
        *_scattered(rng, "⛄", rng.integers(0, 2), horizon + 70, 430, 70, 130),
    )
    ground = Zone(
        horizon + 30,
        468,
        38,
        190,
        {
            "person": 3,
            "dog": 2.2,
            "bird": 1.1,
            "horse": 1,
            "cat": 0.7,
            "sheep": 0.8,
            "car": 1.1,
            "truck": 0.8,
            "bus": 0.5,
        },
    )
    air = Zone(40, horizon - 30, 60, 90, AIR, share=0.08, flying=True)
    return Backdrop(canvas.finished(), (ground, air), scenery, (0.96, 0.98, 1.02), 0.25)


def indoor(rng: np.random.Generator) -> Backdrop:
    canvas = Canvas()
    edge = rng.uniform(270, 320)
    wall = vary(
        rng,
        pick(
            rng,
            [
                (226, 214, 196),
                (196, 214, 206),
                (214, 200, 216),
                (236, 206, 178),
                (178, 200, 220),
                (222, 222, 214),
            ],
        ),
        8,
    )
    canvas.gradient(0, edge, [mix(wall, (255, 255, 255), 0.12), mix(wall, (90, 80, 80), 0.12)])
    if rng.random() < 0.5:
        stripe = mix(wall, (255, 255, 255), 0.3)
        for x in range(0, WIDTH, 40):
            canvas.rectangle(x, 0, x + 14, edge, stripe, 0.5)
    _floor(canvas, rng, edge)
    canvas.rectangle(-4, edge - 12, WIDTH + 4, edge, mix(wall, (255, 255, 255), 0.6))
    if rng.random() < 0.75:
        _window(canvas, rng, rng.uniform(50, 310), edge - rng.uniform(215, 235))
    if rng.random() < 0.7:
        rug = vary(
            rng, pick(rng, [(176, 70, 70), (70, 104, 150), (196, 150, 80), (110, 140, 100)]), 14
        )
        x, y = rng.uniform(200, 440), rng.uniform(edge + 70, 420)
        for inset, colour in ((0, rug), (14, mix(rug, (255, 240, 220), 0.55)), (24, rug)):
            canvas.ellipse(x, y, 190 - inset, 56 - inset * 0.6, colour)
    furniture = (
        *_scattered(rng, "🛋", rng.integers(0, 2), edge + 18, edge + 40, 150, 190),
        *_door(rng, edge),
        *_scattered(rng, "🪴🪑📺🪴", rng.integers(1, 4), edge + 12, edge + 50, 80, 130),
        *_scattered(rng, "🖼", rng.integers(0, 3), edge - 150, edge - 110, 56, 84),
        *_scattered(rng, "🧸⚽", rng.integers(0, 3), edge + 60, 468, 34, 60),
    )
    room = Zone(
        edge + 26,
        470,
        140,
        225,
        {
            "cat": 3,
            "dog": 3,
            "person": 2.6,
            "bird": 1.2,
            "bicycle": 0.9,
            "sheep": 0.15,
            "horse": 0.15,
        },
    )
    shade = rng.uniform(0.9, 1)
    return Backdrop(canvas.finished(), (room,), furniture, (shade, shade, shade * 0.97))


def _sky(
    canvas: Canvas, rng: np.random.Generator, bottom: float, colours: tuple[Colour, ...]
) -> None:
    canvas.gradient(0, bottom + 4, [vary(rng, colour, 6) for colour in colours])
    if rng.random() < 0.5:
        x, y = rng.uniform(60, 580), rng.uniform(34, 90)
        canvas.glow(x, y, rng.uniform(90, 160), (255, 250, 220), 0.7)
        canvas.ellipse(x, y, 20, 20, (255, 246, 200))
    for _ in range(int(rng.integers(0, 5))):
        x, y = rng.uniform(20, 620), rng.uniform(30, max(40, bottom - 60))
        canvas.cloud(rng, x, y, rng.uniform(80, 190), (255, 255, 255), rng.uniform(0.5, 0.9))


def _path(canvas: Canvas, rng: np.random.Generator, top: float) -> None:
    x, end = rng.uniform(240, 400), rng.uniform(60, 580)
    bend = rng.uniform(-90, 90)
    t = np.linspace(0, 1, 40)
    centre = x + (end - x) * t + bend * np.sin(np.pi * t) * (1 - t)
    y = top + (HEIGHT + 4 - top) * t
    half = 3 + 62 * t**1.4
    sides = [*zip(centre - half, y), *zip((centre + half)[::-1], y[::-1])]
    canvas.polygon(sides, vary(rng, (206, 180, 134), 10))


def _tufts(
    canvas: Canvas, rng: np.random.Generator, top: float, colour: Colour, count: int
) -> None:
    for _ in range(count):
        x, t = rng.uniform(0, WIDTH), rng.uniform(0, 1) ** 0.7
        y = top + (HEIGHT - top) * t
        size = 2 + 8 * t
        for lean in (-0.5, 0.0, 0.5):
            canvas.line([(x, y), (x + lean * size, y - size)], vary(rng, colour, 8), 0.6 + t, 0.6)


def _flowers(canvas: Canvas, rng: np.random.Generator, top: float) -> None:
    colours = [(250, 246, 240), (248, 214, 70), (214, 90, 110), (170, 130, 210)]
    for _ in range(int(rng.integers(0, 90))):
        t = rng.uniform(0, 1)
        size = 1 + 2.2 * t
        canvas.ellipse(
            rng.uniform(0, WIDTH), top + (HEIGHT - top) * t, size, size * 0.8, pick(rng, colours)
        )


def _mountain(canvas: Canvas, rng: np.random.Generator, foot: float) -> None:
    x, half, height = rng.uniform(20, 620), rng.uniform(110, 200), rng.uniform(80, 150)
    rock = vary(rng, (128, 144, 170), 12)
    peak = (x, foot - height)
    canvas.polygon([(x - half, foot + 10), peak, (x + half, foot + 10)], rock)
    canvas.polygon(
        [peak, (x + half, foot + 10), (x + half * 0.2, foot + 10)], mix(rock, (60, 70, 100), 0.25)
    )
    depth = rng.uniform(0.3, 0.45)
    steps = np.linspace(-1, 1, 7)
    hem = [
        (x + s * half * depth, peak[1] + height * depth * (1 + 0.35 * (-1) ** i * (abs(s) < 1)))
        for i, s in enumerate(steps)
    ]
    canvas.polygon([peak, *hem[::-1]], (246, 249, 253))


def _floor(canvas: Canvas, rng: np.random.Generator, edge: float) -> None:
    wood = vary(
        rng, pick(rng, [(178, 130, 84), (150, 104, 68), (200, 160, 112), (160, 140, 124)]), 10
    )
    canvas.gradient(edge, HEIGHT, [mix(wood, (40, 20, 10), 0.15), mix(wood, (255, 230, 190), 0.1)])
    seam = mix(wood, (40, 20, 10), 0.4)
    for board in np.linspace(-900, 900, 37):
        canvas.line([(320 + board * 0.55, edge), (320 + board * 1.25, HEIGHT)], seam, 0.8, 0.6)
    canvas.grain(edge, smooth_noise(rng, 60, 12), 0.06)


def _window(canvas: Canvas, rng: np.random.Generator, x: float, y: float) -> None:
    frame = (250, 248, 244)
    width, height = rng.uniform(110, 150), rng.uniform(110, 140)
    canvas.rectangle(x - 7, y - 7, x + width + 7, y + height + 7, frame, radius=3)
    top, bottom = pick(
        rng,
        [
            ((120, 184, 234), (220, 238, 250)),
            ((30, 40, 84), (70, 80, 130)),
            ((246, 180, 140), (254, 226, 180)),
        ],
    )
    for row in range(24):
        inside = y + height * row / 24
        canvas.rectangle(x, inside, x + width, inside + height / 24, mix(top, bottom, row / 23))
    canvas.rectangle(x + width / 2 - 3, y, x + width / 2 + 3, y + height, frame)
    canvas.rectangle(x, y + height / 2 - 3, x + width, y + height / 2 + 3, frame)
    canvas.rectangle(
        x - 14, y + height + 5, x + width + 14, y + height + 14, mix(frame, (120, 110, 100), 0.2)
    )


def _door(rng: np.random.Generator, foot: float) -> tuple[Decoration, ...]:
    return (Decoration("🚪", rng.uniform(510, 590), foot, 222),) if rng.random() < 0.5 else ()


def _scattered(
    rng: np.random.Generator,
    glyphs: str,
    count: int,
    far: float,
    near: float,
    small: float,
    large: float,
) -> tuple[Decoration, ...]:
    """`count` decorations, the larger the nearer."""
    things = []
    for _ in range(int(count)):
        depth = rng.uniform(0, 1)
        height = (small + (large - small) * depth) * rng.uniform(0.9, 1.1)
        x = rng.uniform(10, WIDTH - 10)
        things.append(Decoration(pick(rng, glyphs), x, far + (near - far) * depth, height))
    return tuple(things)
