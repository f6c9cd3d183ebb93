"""The emoji for the demo's classes and its scenery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from scenes.painting import pick

FONT = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
# The only size at which the font has bitmaps.
FONT_SIZE = 109


@dataclass(frozen=True)
class Category:
    """A class of objects: its COCO name and id, its height relative to a person's, and its glyphs.

    `hues` is the range of hue shifts (1 is the whole colour wheel): cars have every colour, dogs do
    not. `plain` glyphs keep their own colours whatever `hues` says (a taxi stays yellow).
    """

    id: int
    name: str
    supercategory: str
    height: float
    glyphs: tuple[str, ...]
    plain: tuple[str, ...] = ()
    hues: float = 0.02


def _people() -> tuple[str, ...]:
    tones = ("", "\U0001f3fb", "\U0001f3fc", "\U0001f3fd", "\U0001f3fe", "\U0001f3ff")
    genders = ("", "\u200d\u2640\ufe0f", "\u200d\u2642\ufe0f")
    return tuple(pose + tone + gender for pose in "🚶🧍🏃" for tone in tones for gender in genders)


# Ids, names and supercategories as in COCO 2017's annotations.
CATEGORIES = (
    Category(1, "person", "person", 1.0, _people()),
    Category(2, "bicycle", "vehicle", 0.72, ("🚲",), hues=1),
    Category(3, "car", "vehicle", 0.74, ("🚗", "🚙", "🚘"), ("🚕", "🚓", "🚖"), hues=1),
    Category(6, "bus", "vehicle", 1.1, ("🚌", "🚎", "🚍"), hues=1),
    Category(8, "truck", "vehicle", 1.05, ("🚚", "🚛", "🛻"), ("🚒",), hues=1),
    Category(9, "boat", "vehicle", 1.1, ("⛵", "🚤"), hues=1),
    Category(10, "traffic light", "outdoor", 0.8, (), ("🚦", "🚥")),
    Category(16, "bird", "animal", 0.48, ("🐦", "🦆", "🦅", "🕊", "🦜", "🐓", "🦩")),
    Category(17, "cat", "animal", 0.55, ("🐈", "🐈\u200d⬛")),
    Category(18, "dog", "animal", 0.65, ("🐕", "🐩", "🦮", "🐕\u200d🦺")),
    Category(19, "horse", "animal", 1.05, ("🐎",), hues=0.05),
    Category(20, "sheep", "animal", 0.72, ("🐑", "🐏")),
)
BY_NAME = {category.name: category for category in CATEGORIES}
FLYING = ("🦅", "🕊")
# The upper part of a glyph that is used: the glyph of the parasol includes sand.
KEPT = {"⛱": 0.86}


@cache
def render(text: str) -> Image.Image:
    """A glyph of the font, RGBA, cropped to its visible part (about 128 pixels)."""
    image = Image.new("RGBA", (200, 200))
    font = ImageFont.truetype(str(FONT), FONT_SIZE)
    ImageDraw.Draw(image).text((20, 20), text, font=font, embedded_color=True)
    box = image.getbbox()
    if box is None:
        raise ValueError(f"Cannot render {text!r}: {FONT} has no such glyph")
    left, top, right, bottom = box
    return image.crop((left, top, right, top + round((bottom - top) * KEPT.get(text, 1))))


def paint(rng: np.random.Generator, category: Category) -> tuple[str, Image.Image]:
    """A random glyph of `category` in random colours: its text and its picture."""
    text = pick(rng, category.glyphs + category.plain)
    hues = 0.0 if text in category.plain else category.hues
    return text, recolour(rng, render(text), hues)


def recolour(rng: np.random.Generator, glyph: Image.Image, hues: float) -> Image.Image:
    """Shifts the hue by up to half of `hues`, and changes saturation and brightness slightly."""
    hue, saturation, value = glyph.convert("RGB").convert("HSV").split()
    turn = int(rng.uniform(-0.5, 0.5) * hues * 255)
    hue = hue.point(lambda h: (h + turn) % 256)
    colour = Image.merge("HSV", (hue, saturation, value)).convert("RGB")
    colour = ImageEnhance.Color(colour).enhance(rng.uniform(0.85, 1.15))
    colour = ImageEnhance.Brightness(colour).enhance(rng.uniform(0.82, 1.08))
    return Image.merge("RGBA", (*colour.split(), glyph.getchannel("A")))


def upright(rng: np.random.Generator, glyph: Image.Image, height: float) -> Image.Image:
    """Scales a glyph to `height` pixels and mirrors it in half of the cases."""
    width = glyph.width * height / glyph.height * rng.uniform(0.9, 1.1)
    size = (max(2, round(width)), max(2, round(height)))
    image = glyph.resize(size, Image.Resampling.LANCZOS)
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if rng.random() < 0.5 else image


def pose(rng: np.random.Generator, glyph: Image.Image, height: float, tilt: float) -> Image.Image:
    """As `upright`, then seen slightly from the side and rotated by about `tilt` degrees (standard
    deviation)."""
    image = _from_the_side(rng, upright(rng, glyph, height))
    image = image.rotate(rng.normal(0, tilt), Image.Resampling.BICUBIC, expand=True)
    return image.crop(image.getbbox())


def _from_the_side(rng: np.random.Generator, glyph: Image.Image) -> Image.Image:
    margin = round(0.1 * max(glyph.size))
    image = ImageOps.expand(glyph, margin, (0, 0, 0, 0))
    width, height = image.size
    left, right = rng.permutation([0.0, rng.uniform(0, 0.1)]) * glyph.height
    lean = rng.normal(0, 0.03) * glyph.width
    corners = (-lean, -left, lean, height, width + lean, height, width - lean, -right)
    return image.transform(image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
