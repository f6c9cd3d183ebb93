"""Draws the maps of explanations over their pictures."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass

from PIL import Image

from seeql.drawing import Picture, drawing

_COLOUR = "#3ec6ff"
_OPACITY = 0.6
_SLIDER = (
    '<label>opacity of the maps <input type="range" min="0" max="1" step="0.05"'
    f' value="{_OPACITY}"'
    " oninput=\"this.closest('.seeql-maps').style.setProperty('--heat', this.value)\"></label>"
)


@dataclass(frozen=True)
class Explained:
    """A picture with the map of one answer.

    :param answer: the label and the score
    :param map: a PNG image with 8 bits for each pixel; white is where the answer depends most
    """

    picture: Picture
    answer: str
    map: bytes


def overlays(explained: list[Explained], columns: int, width: int) -> str:
    """HTML with a grid of pictures below their maps, and a slider for the opacity of the maps."""
    cells = "".join(_cell(one, width) for one in explained)
    across = min(columns, len(explained))
    return (
        f'<div class="seeql-maps" style="--heat: {_OPACITY}">{_SLIDER}'
        f'<div style="display: grid; gap: 10px; grid-template-columns: repeat({across},'
        f' {width}px); margin-top: 8px">{cells}</div></div>'
    )


def _cell(explained: Explained, width: int) -> str:
    labels = {found.label: _COLOUR for found in explained.picture.found}
    picture = drawing(explained.picture, labels, width)
    name = html.escape(explained.picture.name)
    answer = html.escape(explained.answer)
    return (
        '<div><div style="position: relative">'
        f'<img src="{_data(picture, "JPEG")}" alt="{name}: {answer}" style="display: block;'
        ' width: 100%; margin: 0">'
        f'<img src="{_data(heat(explained.map), "PNG")}" alt="" style="position: absolute;'
        ' inset: 0; width: 100%; height: 100%; margin: 0; opacity: var(--heat)"></div>'
        f"<small>{name} · {answer}</small></div>"
    )


def heat(png: bytes) -> Image.Image:
    """A map in colours: from transparent through yellow to red."""
    with Image.open(io.BytesIO(png)) as opened:
        values = opened.convert("L")
    full = Image.new("L", values.size, 255)
    green = values.point(lambda value: min(255, 2 * (255 - value)))
    alpha = values.point(lambda value: value * value // 255)
    return Image.merge("RGBA", (full, green, Image.new("L", values.size, 0), alpha))


def _data(image: Image.Image, kind: str) -> str:
    written = io.BytesIO()
    image.save(written, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(written.getvalue()).decode()}"
