"""The two places of the town: a street by day and by night."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.backdrop import AIR, SKIES, Backdrop, Decoration, Zone
from scenes.painting import HEIGHT, WIDTH, Canvas, Colour, mix, pick, smooth_noise, vary

FACADES: tuple[Colour, ...] = (
    (214, 150, 118),
    (226, 194, 140),
    (170, 186, 196),
    (196, 120, 104),
    (186, 204, 178),
    (234, 218, 196),
    (150, 160, 184),
    (210, 172, 178),
)


@dataclass(frozen=True)
class Layout:
    """Where the bands of a street begin, as y."""

    facade: float
    road: float
    kerb: float

    @property
    def middle(self) -> float:
        return (self.road + self.kerb) / 2


def street(rng: np.random.Generator) -> Backdrop:
    canvas = Canvas()
    layout = _layout(rng)
    canvas.gradient(0, layout.facade, [vary(rng, colour, 6) for colour in pick(rng, SKIES)])
    for _ in range(int(rng.integers(0, 4))):
        canvas.cloud(
            rng,
            rng.uniform(20, 620),
            rng.uniform(30, 90),
            rng.uniform(80, 170),
            (255, 255, 255),
            0.8,
        )
    _skyline(canvas, rng, layout.facade, (176, 196, 214))
    _houses(canvas, rng, layout.facade, night=False)
    _ground(canvas, rng, layout, (196, 190, 182), (104, 106, 112))
    return Backdrop(canvas.finished(), _zones(layout), _greenery(rng, layout))


def night(rng: np.random.Generator) -> Backdrop:
    canvas = Canvas()
    layout = _layout(rng)
    dusk = pick(
        rng,
        [
            ((12, 16, 44), (48, 50, 104)),
            ((16, 18, 40), (70, 52, 100)),
            ((8, 20, 44), (36, 70, 108)),
        ],
    )
    canvas.gradient(0, layout.facade, dusk)
    for _ in range(70):
        canvas.ellipse(rng.uniform(0, WIDTH), rng.uniform(0, 160), 0.8, 0.8, (255, 255, 240), 0.7)
    moon = (rng.uniform(60, 580), rng.uniform(34, 80))
    canvas.glow(*moon, 90, (220, 226, 255), 0.5)
    canvas.ellipse(*moon, 17, 17, (246, 244, 224))
    _skyline(canvas, rng, layout.facade, (38, 40, 82))
    _houses(canvas, rng, layout.facade, night=True)
    _ground(canvas, rng, layout, (84, 82, 98), (48, 49, 62))
    for x in np.arange(rng.uniform(20, 140), WIDTH, rng.uniform(150, 230)):
        _lamp(canvas, x, layout)
    zones = _zones(layout)
    return Backdrop(canvas.finished(), zones, _greenery(rng, layout), (0.7, 0.7, 0.84), 0.5)


def _layout(rng: np.random.Generator) -> Layout:
    facade = rng.uniform(232, 282)
    road = facade + rng.uniform(18, 30)
    return Layout(facade, road, min(432.0, road + rng.uniform(116, 140)))


def _skyline(canvas: Canvas, rng: np.random.Generator, foot: float, colour: Colour) -> None:
    x = -10.0
    while x < WIDTH:
        width = rng.uniform(36, 90)
        top = foot - rng.uniform(120, 215)
        canvas.rectangle(x, top, x + width, foot, vary(rng, colour, 8))
        x += width


def _houses(canvas: Canvas, rng: np.random.Generator, foot: float, night: bool) -> None:
    x = -rng.uniform(0, 60)
    while x < WIDTH:
        width = rng.uniform(84, 150)
        if rng.random() < 0.85:
            _house(canvas, rng, x, foot, width, night)
        else:
            _park(canvas, rng, x, foot, width, night)
        x += width + rng.uniform(0, 5)


def _house(
    canvas: Canvas, rng: np.random.Generator, x: float, foot: float, width: float, night: bool
) -> None:
    wall = vary(rng, pick(rng, FACADES), 12)
    wall = mix(wall, (24, 24, 58), 0.68) if night else wall
    top = foot - rng.uniform(105, 190)
    canvas.rectangle(x, top, x + width, foot, wall)
    canvas.rectangle(x - 2, top - 6, x + width + 2, top + 3, mix(wall, (30, 20, 30), 0.35))
    columns = int(rng.integers(3, 5))
    pane = width / (columns * 2 + 1)
    storey = rng.uniform(31, 38)
    glass = mix(wall, (60, 90, 130), 0.55)
    for y in np.arange(top + 13, foot - 62, storey):
        for column in range(columns):
            left = x + pane * (2 * column + 1)
            lit = night and rng.random() < 0.5
            colour = vary(rng, (252, 214, 130), 14) if lit else glass
            canvas.rectangle(
                left - 1.5, y - 1.5, left + pane + 1.5, y + 21, mix(wall, (255, 255, 255), 0.35)
            )
            canvas.rectangle(left, y, left + pane, y + 19, colour)
    _shop(canvas, rng, x, foot, width, wall, night)


def _shop(
    canvas: Canvas,
    rng: np.random.Generator,
    x: float,
    foot: float,
    width: float,
    wall: Colour,
    night: bool,
) -> None:
    glass = (
        vary(rng, (250, 220, 150), 12)
        if night and rng.random() < 0.7
        else mix(wall, (90, 120, 150), 0.6)
    )
    canvas.rectangle(x + 8, foot - 34, x + width * 0.66, foot - 5, glass)
    canvas.rectangle(
        x + width * 0.74, foot - 36, x + width * 0.9, foot, mix(wall, (60, 36, 30), 0.6)
    )
    colour = vary(
        rng, pick(rng, [(196, 60, 60), (50, 120, 110), (60, 90, 160), (220, 160, 60)]), 14
    )
    colour = mix(colour, (24, 24, 58), 0.4) if night else colour
    stripes = np.linspace(x + 4, x + width * 0.7, 9)
    for index, (left, right) in enumerate(zip(stripes, stripes[1:])):
        ink = colour if index % 2 == 0 else mix(colour, (255, 255, 255), 0.8 if not night else 0.3)
        canvas.polygon(
            [(left, foot - 46), (right, foot - 46), (right, foot - 33), (left, foot - 33)], ink
        )


def _park(
    canvas: Canvas, rng: np.random.Generator, x: float, foot: float, width: float, night: bool
) -> None:
    green = (30, 62, 52) if night else (112, 164, 84)
    for _ in range(14):
        size = rng.uniform(14, 30)
        canvas.ellipse(
            x + rng.uniform(0, width), foot - rng.uniform(4, 34), size, size, vary(rng, green, 14)
        )


def _ground(
    canvas: Canvas, rng: np.random.Generator, layout: Layout, paving: Colour, asphalt: Colour
) -> None:
    paving, asphalt = vary(rng, paving, 8), vary(rng, asphalt, 8)
    canvas.gradient(layout.facade, layout.road, [mix(paving, (0, 0, 0), 0.12), paving])
    canvas.gradient(
        layout.road,
        layout.kerb,
        [mix(asphalt, (0, 0, 0), 0.1), mix(asphalt, (255, 255, 255), 0.06)],
    )
    canvas.gradient(layout.kerb, HEIGHT, [mix(paving, (255, 255, 255), 0.12), paving])
    canvas.rectangle(0, layout.road - 3, WIDTH, layout.road, mix(paving, (255, 255, 255), 0.4))
    canvas.rectangle(0, layout.kerb, WIDTH, layout.kerb + 5, mix(paving, (255, 255, 255), 0.4))
    paint = mix(asphalt, (255, 255, 255), 0.7)
    if rng.random() < 0.35:
        _crossing(canvas, layout, rng.uniform(60, 480), paint)
    for x in np.arange(rng.uniform(-60, 0), WIDTH, 78):
        canvas.rectangle(x, layout.middle - 2, x + 40, layout.middle + 2, paint)
    for x in np.arange(-400, WIDTH + 400, 54):
        canvas.line(
            [(320 + (x - 320) * 0.9, layout.kerb + 5), (320 + (x - 320) * 1.1, HEIGHT)],
            mix(paving, (0, 0, 0), 0.2),
            0.7,
        )
    canvas.grain(layout.facade, smooth_noise(rng, 110, 80), 0.04)


def _crossing(canvas: Canvas, layout: Layout, x: float, paint: Colour) -> None:
    for y in np.arange(layout.road + 5, layout.kerb - 8, 17):
        slant = 0.35 * (y - layout.road)
        canvas.polygon(
            [(x - slant, y), (x + 74 - slant, y), (x + 70 - slant, y + 9), (x - 4 - slant, y + 9)],
            paint,
        )


def _lamp(canvas: Canvas, x: float, layout: Layout) -> None:
    top = layout.facade - 96
    canvas.rectangle(x - 1.5, top, x + 1.5, layout.road - 4, (26, 26, 36))
    canvas.glow(x, top, 70, (255, 214, 140), 0.75)
    canvas.ellipse(x, top, 6, 6, (255, 244, 206))
    canvas.glow(x, layout.road + 30, 90, (255, 206, 130), 0.28)


def _greenery(rng: np.random.Generator, layout: Layout) -> tuple[Decoration, ...]:
    return tuple(
        Decoration("🌳", rng.uniform(0, WIDTH), layout.road - 4, rng.uniform(96, 130))
        for _ in range(int(rng.integers(0, 4)))
    )


def _zones(layout: Layout) -> tuple[Zone, ...]:
    walkers = {
        "person": 3.2,
        "dog": 1.1,
        "cat": 0.6,
        "bird": 0.7,
        "traffic light": 2.4,
        "bicycle": 0.7,
    }
    traffic = {"car": 3.4, "bus": 1.3, "truck": 1.4, "bicycle": 1.2, "person": 0.3, "horse": 0.2}
    return (
        Zone(layout.facade + 6, layout.road - 2, 62, 74, walkers, share=0.7),
        Zone(layout.road + 22, layout.middle - 4, 80, 96, traffic, share=0.9),
        Zone(layout.middle + 20, layout.kerb - 4, 112, 142, traffic, share=0.9),
        Zone(layout.kerb + 10, 472, 148, 190, walkers, share=0.8),
        Zone(40, layout.facade - 130, 50, 80, AIR, share=0.1, flying=True),
    )
