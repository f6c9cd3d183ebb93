"""The places out of town: a meadow, a beach and snow. Each is painted again for every scene."""

from __future__ import annotations

import numpy as np

from scenes.backdrop import AIR, SKIES, Backdrop, Zone, scattered
from scenes.painting import HEIGHT, WIDTH, Canvas, Colour, mix, pick, ridge, smooth_noise, vary

SUNSETS: tuple[tuple[Colour, ...], ...] = (
    ((66, 84, 158), (232, 132, 120), (254, 206, 132)),
    ((96, 90, 170), (246, 160, 140), (255, 222, 160)),
)


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
    trees = scattered(rng, "🌳🌳🌲🌳", rng.integers(2, 7), horizon + 12, horizon + 60, 58, 140)
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
        *scattered(rng, "🌴", rng.integers(0, 4), shore + 24, shore + 60, 120, 200),
        *scattered(rng, "⛱", rng.integers(0, 3), shore + 30, 420, 70, 150),
        *scattered(rng, "🐚🦀🏐🐚", rng.integers(0, 4), shore + 60, 470, 14, 34),
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
        *scattered(rng, "🌲", rng.integers(3, 9), horizon + 12, horizon + 64, 54, 130),
        *scattered(rng, "⛄", rng.integers(0, 2), horizon + 70, 430, 70, 130),
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
