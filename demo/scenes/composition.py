"""Places objects in a scene, and determines where they are visible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from scenes.backdrop import Backdrop, Decoration, Zone
from scenes.countryside import beach, meadow, snow
from scenes.glyphs import (
    BY_NAME,
    CATEGORIES,
    FLYING,
    Category,
    paint,
    pose,
    recolour,
    render,
    upright,
)
from scenes.painting import HEIGHT, WIDTH, pick
from scenes.room import indoor
from scenes.town import night, street

PLACES: dict[str, Callable[[np.random.Generator], Backdrop]] = {
    "meadow": meadow,
    "street": street,
    "beach": beach,
    "snow": snow,
    "night": night,
    "indoor": indoor,
}

# How often a scene gets 0, 1, 2, … objects. Some of them will not fit.
COUNTS = (0.02, 0.07, 0.11, 0.17, 0.19, 0.17, 0.12, 0.07, 0.05, 0.03)
# An object may hide this fraction of another one. An object that would hide more is not placed.
MAX_HIDDEN = 0.55
# The minimum visible size of an object inside the picture, in pixels.
MIN_VISIBLE_PIXELS = 90
# Standard deviation of an object's tilt, in degrees: most stand upright, some do not.
TILT, STRONG_TILT = 2.5, 10.0
STRONGLY_TILTED = 0.15
# How often an object has a class that does not fit the place: a sheep in the living room.
SURPRISE = 0.06
# Alpha from which a pixel counts as covered.
OPAQUE = 100


@dataclass(frozen=True)
class Placed:
    """A picture cut out by its alpha channel, with its top left corner in the scene."""

    category: Category | None
    image: Image.Image
    left: int
    top: int
    foot: float
    shadow: bool

    def mask(self) -> np.ndarray:
        """Where it covers the scene: bool [HEIGHT, WIDTH]."""
        scene = Image.new("L", (WIDTH, HEIGHT))
        scene.paste(self.image.getchannel("A"), (self.left, self.top))
        return np.asarray(scene) > OPAQUE


@dataclass(frozen=True)
class SceneObject:
    """The visible part of an object: its box (x, y, width, height in pixels) and its area."""

    category: Category
    box: tuple[int, int, int, int]
    area: int


@dataclass(frozen=True)
class Scene:
    place: str
    image: Image.Image
    objects: tuple[SceneObject, ...]


def compose(rng: np.random.Generator, place: str) -> Scene:
    """Draws a scene; the same generator state gives the same scene."""
    backdrop = PLACES[place](rng)
    things = [_decoration(rng, decoration) for decoration in backdrop.decorations]
    things += _populate(rng, backdrop)
    things.sort(key=lambda thing: thing.foot)
    shown, visible = _resolve_occlusion(things)
    image = backdrop.image.copy()
    for thing in shown:
        _paste(image, thing, backdrop)
    return Scene(place, _photograph(rng, image, place), tuple(_annotate(shown, visible)))


def _populate(rng: np.random.Generator, backdrop: Backdrop) -> list[Placed]:
    count = int(rng.choice(10, p=COUNTS))
    shares = np.array([zone.share for zone in backdrop.zones])
    things: list[Placed] = []
    for zone_index in rng.choice(len(shares), count, p=shares / shares.sum()):
        things += _place(rng, backdrop.zones[zone_index])
    return things


def _place(rng: np.random.Generator, zone: Zone) -> list[Placed]:
    names = list(zone.weights)
    odds = np.array([zone.weights[name] for name in names])
    category = BY_NAME[names[int(rng.choice(len(names), p=odds / odds.sum()))]]
    if not zone.flying and rng.random() < SURPRISE:
        category = pick(rng, [c for c in CATEGORIES if c.name != "boat"])
    text, glyph = paint(rng, category)
    while zone.flying != (text in FLYING) and category.name == "bird":
        text, glyph = paint(rng, category)
    foot = rng.uniform(zone.far, zone.near)
    size = zone.person_height(foot) * category.height * rng.uniform(0.85, 1.15)
    wide = glyph.width > 1.6 * glyph.height
    tilt = STRONG_TILT if zone.flying or rng.random() < STRONGLY_TILTED else TILT
    image = pose(rng, glyph, size * (0.62 if wide else 1), tilt)
    x = rng.uniform(0.01, 0.99) * WIDTH
    if category.name != "traffic light":
        return [_stand(category, image, x, foot, shadow=not zone.flying)]
    pole = _pole(size * (1.5 if wide else 1.15), max(3, round(size * 0.07)))
    return [
        _stand(None, pole, x, foot, shadow=True),
        _stand(category, image, x, foot + 0.01, shadow=False, lift=pole.height - 2),
    ]


def _stand(
    category: Category | None,
    image: Image.Image,
    x: float,
    foot: float,
    shadow: bool,
    lift: int = 0,
) -> Placed:
    left, top = round(x - image.width / 2), round(foot - image.height - lift)
    return Placed(category, image, left, top, foot, shadow)


def _decoration(rng: np.random.Generator, decoration: Decoration) -> Placed:
    glyph = recolour(rng, render(decoration.glyph), 0.03)
    image = upright(rng, glyph, decoration.height)
    return _stand(None, image, decoration.x, decoration.y, shadow=decoration.glyph not in "🖼🚪")


def _pole(height: float, width: int) -> Image.Image:
    pole = Image.new("RGBA", (width * 3, round(height)))
    draw = ImageDraw.Draw(pole)
    draw.rectangle((width, 0, 2 * width - 1, pole.height), fill=(74, 78, 84, 255))
    draw.rectangle((width, 0, width + width // 3, pole.height), fill=(112, 116, 122, 255))
    draw.rectangle((0, pole.height - width, 3 * width, pole.height), fill=(58, 60, 66, 255))
    return pole


def _resolve_occlusion(things: list[Placed]) -> tuple[list[Placed], list[np.ndarray | None]]:
    """Drops objects that would hide too much of an object behind them, or are hardly visible.

    `things` come far ones first. Returns the remaining ones with, for objects, what is to be seen
    of each: bool [HEIGHT, WIDTH].
    """
    shown: list[Placed] = []
    visible: list[np.ndarray | None] = []
    whole: list[int] = []
    for thing in things:
        mask = thing.mask()
        extent = int((np.asarray(thing.image.getchannel("A")) > OPAQUE).sum())
        is_object = thing.category is not None
        if is_object and mask.sum() < max(MIN_VISIBLE_PIXELS, (1 - MAX_HIDDEN) * extent):
            continue
        if any(
            seen is not None and (seen & ~mask).sum() < (1 - MAX_HIDDEN) * size
            for seen, size in zip(visible, whole)
        ):
            continue
        visible = [None if seen is None else seen & ~mask for seen in visible]
        shown.append(thing)
        visible.append(mask if is_object else None)
        whole.append(extent)
    return shown, visible


def _paste(image: Image.Image, thing: Placed, backdrop: Backdrop) -> None:
    if thing.shadow:
        _shadow(image, thing, backdrop.shadow)
    channels = thing.image.split()
    lit = [
        channel.point(lambda value, factor=factor: min(255, round(value * factor)))
        for channel, factor in zip(channels, backdrop.light)
    ]
    image.paste(Image.merge("RGB", lit), (thing.left, thing.top), channels[3])


def _shadow(image: Image.Image, thing: Placed, strength: float) -> None:
    width = thing.image.width
    height = max(4, round(min(width, thing.image.height) * 0.14))
    blur = max(1, height // 4)
    margin = 2 * blur
    mask = Image.new("L", (width + 2 * margin, height + 2 * margin))
    ImageDraw.Draw(mask).ellipse(
        (margin, margin, margin + width, margin + height), fill=round(255 * strength)
    )
    mask = mask.filter(ImageFilter.GaussianBlur(blur))
    top = thing.top + thing.image.height - height // 2
    image.paste((20, 22, 30), (thing.left - margin, top - margin - height // 8), mask)


def _photograph(rng: np.random.Generator, image: Image.Image, place: str) -> Image.Image:
    """The effects of a camera: exposure, vignette, a little blur and noise; and falling snow."""
    if place == "snow" and rng.random() < 0.6:
        image = _snowfall(rng, image)
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.1)))
    pixels = np.asarray(image, dtype=np.float32)
    y, x = np.ogrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    vignette = 1 - rng.uniform(0, 0.16) * (x**2 + y**2)
    cast = rng.uniform(0.96, 1.04, 3)
    pixels = pixels * (vignette[..., None] * cast * rng.uniform(0.92, 1.1))
    noise = rng.uniform(4, 11) if rng.random() < 0.2 else rng.uniform(0, 2)
    pixels = pixels + rng.normal(0, noise, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _snowfall(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    mask = Image.new("L", image.size)
    draw = ImageDraw.Draw(mask)
    for _ in range(int(rng.integers(40, 170))):
        x, y, radius = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(0.8, 2.6)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=215)
    mask = mask.filter(ImageFilter.GaussianBlur(0.7))
    return Image.composite(Image.new("RGB", image.size, (252, 253, 255)), image, mask)


def _annotate(shown: list[Placed], visible: list[np.ndarray | None]) -> list[SceneObject]:
    objects = []
    for thing, seen in zip(shown, visible):
        if thing.category is None or seen is None:
            continue
        columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
        left, top = int(columns[0]), int(rows[0])
        width, height = int(columns[-1]) - left + 1, int(rows[-1]) - top + 1
        objects.append(SceneObject(thing.category, (left, top, width, height), int(seen.sum())))
    return objects
