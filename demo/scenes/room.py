"""The place indoors: a living room."""

from __future__ import annotations

import numpy as np

from scenes.backdrop import Backdrop, Decoration, Zone, scattered
from scenes.painting import HEIGHT, WIDTH, Canvas, mix, pick, smooth_noise, vary


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
        *scattered(rng, "🛋", rng.integers(0, 2), edge + 18, edge + 40, 150, 190),
        *_door(rng, edge),
        *scattered(rng, "🪴🪑📺🪴", rng.integers(1, 4), edge + 12, edge + 50, 80, 130),
        *scattered(rng, "🖼", rng.integers(0, 3), edge - 150, edge - 110, 56, 84),
        *scattered(rng, "🧸⚽", rng.integers(0, 3), edge + 60, 468, 34, 60),
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
