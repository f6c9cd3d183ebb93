"""Draws pictures with their detections."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont, ImageOps

_PAPER, _INK, _QUIET = "#fbfbf9", "#1b1f24", "#59616b"
# distinguishable for most people, and on most photos
_COLOURS = (
    "#ffd23f", "#3ec6ff", "#ff5d73", "#7bd95c", "#c792ff", "#ff9a3c",
    "#2fd6b5", "#ff8ad1", "#a8c0ff", "#d9e021", "#e0a878", "#ffffff",
)  # fmt: skip
_GAP = 10
_CAPTION = 22
_FONT_SIZE = 11


@dataclass(frozen=True)
class Found:
    """A detection.

    :param box: left, upper, right, lower edge, in pixels of the original picture
    """

    label: str
    score: float | None
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Picture:
    """A picture and its detections.

    :param name: the caption
    :param file: a path, or the content of the file
    """

    name: str
    file: str | bytes
    found: tuple[Found, ...]


def grid(pictures: list[Picture], columns: int, width: int) -> Image.Image:
    """Draws pictures on one sheet with its own background."""
    labels = sorted({found.label for picture in pictures for found in picture.found})
    colours = {label: _COLOURS[i % len(_COLOURS)] for i, label in enumerate(labels)}
    drawn = [drawing(picture, colours, width) for picture in pictures]
    rows = [drawn[i : i + columns] for i in range(0, len(drawn), columns)]
    heights = [max(tile.height for tile in row) + _CAPTION + _GAP for row in rows]
    sheet = Image.new("RGB", (columns * (width + _GAP) + _GAP, sum(heights) + _GAP), _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = _font()
    for i, tile in enumerate(drawn):
        x = _GAP + i % columns * (width + _GAP)
        y = _GAP + sum(heights[: i // columns])
        sheet.paste(tile, (x, y))
        objects = len(pictures[i].found)
        pen.text((x, y + tile.height + 4), pictures[i].name, _INK, font)
        if objects:
            counted = f"{objects} object{'s' if objects > 1 else ''}"
            pen.text((x + width, y + tile.height + 4), counted, _QUIET, font, anchor="ra")
    return sheet


def drawing(picture: Picture, colours: dict[str, str], width: int) -> Image.Image:
    """Draws a picture at a reduced size, with its boxes."""
    source = io.BytesIO(picture.file) if isinstance(picture.file, bytes) else picture.file
    with Image.open(source) as opened:
        # boxes refer to the picture after its EXIF rotation
        image = ImageOps.exif_transpose(opened).convert("RGB")
    scale = width / image.width
    image = image.resize((width, max(1, round(image.height * scale))), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(image)
    best_last = sorted(picture.found, key=lambda found: found.score or 0)
    for found in best_last:
        box = [edge * scale for edge in found.box]
        pen.rectangle([box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1], outline="#000000")
        pen.rectangle(box, outline=colours[found.label], width=2)
    taken: list[_Place] = []
    for found in reversed(best_last):
        words = found.label if found.score is None else f"{found.label} {found.score:.2f}"
        size = (pen.textlength(words, _font()) + 4, _FONT_SIZE + 3)
        place = _free(_around(found, scale, size, image.size), taken)
        taken.append(place)
        pen.rectangle(place, fill=colours[found.label])
        pen.text((place[0] + 2, place[1] + 1), words, "#000000", _font())
    return image


_Place = tuple[float, float, float, float]


def _font() -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(_FONT_SIZE)


def _around(
    found: Found, scale: float, size: tuple[float, float], image: tuple[int, int]
) -> list[_Place]:
    """The possible positions of a label: above its box, below it, inside it."""
    left, upper, _, lower = (edge * scale for edge in found.box)
    x = min(max(0.0, left), max(0.0, image[0] - size[0]))
    rows = (upper - size[1], lower, upper)
    inside = [max(0.0, y) for y in rows if y >= 0 and y + size[1] <= image[1]] or [max(0.0, upper)]
    return [(x, y, x + size[0], y + size[1]) for y in inside]


def _free(places: list[_Place], taken: list[_Place]) -> _Place:
    """The first position that hides no other label, or else the first position."""

    def hides(a: _Place, b: _Place) -> bool:
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

    return next((p for p in places if not any(hides(p, t) for t in taken)), places[0])
