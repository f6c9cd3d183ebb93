"""Shows data frames of predictions as pictures."""

from __future__ import annotations

import io
import os
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from IPython.display import HTML
from IPython.display import Image as ShownImage
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BinaryType, StructType

from seeql.drawing import Found, Picture, grid
from seeql.maps import Explained, overlays

EDGES = ("x_min", "y_min", "x_max", "y_max")
PATHS = ("path", "file_name")
CONTENT = "content"
MAP = "map"


def show(
    frame: DataFrame,
    n: int = 12,
    image_dir: str | os.PathLike[str] | None = None,
    columns: int = 4,
    width: int = 300,
) -> ShownImage | HTML:
    """Shows the first pictures of a frame in a grid, with boxes, labels and scores.

    The frame has a column ``path`` or ``file_name``, or the files' bytes in ``content``. It has
    either one detection per row (``label``, ``score``, ``x_min``, ``y_min``, ``x_max``,
    ``y_max``), as from TO RUN, or an array of detections, as from ``detect()``. Without detections
    only the pictures are shown. One detection per row is grouped by picture, which computes the
    whole frame. With arrays, only ``n`` rows are computed.

    A frame with a binary column ``map``, the result of TO EXPLAIN, is shown as one picture per
    row: its map is above the picture, and a slider changes the opacity of all maps.

    :param n: the number of pictures
    :param image_dir: the local folder of relative paths
    :param columns: the number of pictures per row
    :param width: the width of a picture, in pixels
    :raises ValueError: if no column of the frame identifies the picture of a row
    :raises FileNotFoundError: if a picture is not in the folder
    """
    if _is_binary(frame, MAP) and "label" in frame.columns:
        return HTML(overlays(_explained(frame, n, image_dir), columns, width))
    pictures = read(frame, n, image_dir)
    if not pictures:
        raise ValueError("Cannot show pictures: the frame has no row")
    sheet = grid(pictures, min(columns, len(pictures)), width)
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=82, optimize=True)
    names = ", ".join(picture.name for picture in pictures)
    return ShownImage(written.getvalue(), format="jpeg", alt=f"Pictures with boxes: {names}")


def read(frame: DataFrame, n: int, image_dir: str | os.PathLike[str] | None) -> list[Picture]:
    """The first pictures of a frame; see :func:`show`."""
    kept = _kept(frame)
    found = _found(frame)
    if found is None and {"label", *EDGES} <= set(frame.columns):
        rows = _grouped(frame, kept).limit(n).collect()
    else:
        listed = F.col(found) if found else F.array()
        rows = frame.select(*kept, listed.alias("found")).limit(n).collect()
    folder = Path(image_dir) if image_dir is not None else None
    return [_picture(row.asDict(), number, folder) for number, row in enumerate(rows, 1)]


def _kept(frame: DataFrame) -> list[Any]:
    """The columns that identify a picture."""
    path = next((name for name in PATHS if name in frame.columns), None)
    has_content = _is_binary(frame, CONTENT)
    if path is None and not has_content:
        raise ValueError(
            "Cannot show pictures: the frame has no column path, file_name or content (binary);"
            f" it has {', '.join(frame.columns)}"
        )
    kept = [F.col(path).alias("path")] if path else []
    return kept + ([F.col(CONTENT)] if has_content else [])


def _is_binary(frame: DataFrame, column: str) -> bool:
    return any(f.name == column and isinstance(f.dataType, BinaryType) for f in frame.schema)


def _explained(
    frame: DataFrame, n: int, image_dir: str | os.PathLike[str] | None
) -> list[Explained]:
    """The first rows of TO EXPLAIN's result, each as a picture of its own."""
    parts = [name for name in ("label", "score", *EDGES, MAP) if name in frame.columns]
    rows = frame.select(*_kept(frame), *parts).limit(n).collect()
    if not rows:
        raise ValueError("Cannot show pictures: the frame has no row")
    folder = Path(image_dir) if image_dir is not None else None
    explained = []
    for number, row in enumerate(rows, 1):
        values = row.asDict()
        has_box = all(values.get(edge) is not None for edge in EDGES)
        picture = _picture({**values, "found": [values] if has_box else []}, number, folder)
        score = values.get("score")
        words = values["label"] if score is None else f"{values['label']} {score:.2f}"
        explained.append(Explained(picture, words, bytes(values[MAP])))
    return explained


def _found(frame: DataFrame) -> str | None:
    """The name of the column with an array of detections."""
    for field in frame.schema:
        kind = field.dataType
        if isinstance(kind, ArrayType) and isinstance(kind.elementType, StructType):
            names = set(kind.elementType.names)
            if "label" in names and ("box" in names or set(EDGES) <= names):
                return field.name
    return None


def _grouped(frame: DataFrame, kept: list[Any]) -> DataFrame:
    """Groups the detections: one row per picture, in the order of the frame."""
    parts = ["label", *(["score"] if "score" in frame.columns else []), *EDGES]
    rows = frame.select(
        *kept, F.struct(*parts).alias("one"), F.monotonically_increasing_id().alias("position")
    )
    by, *others = [name for name in ("path", CONTENT) if name in rows.columns]
    return (
        rows.groupBy(by)
        .agg(
            F.collect_list("one").alias("found"),
            F.min("position").alias("position"),
            *(F.first(name).alias(name) for name in others),
        )
        .orderBy("position")
    )


def _picture(row: dict[str, Any], number: int, folder: Path | None) -> Picture:
    path = row.get("path") or ""
    content = row.get(CONTENT)
    return Picture(
        PurePath(path).name or f"picture {number}",
        str(_local(path, folder)) if content is None else bytes(content),
        tuple(_detection(one) for one in row["found"] or ()),
    )


def _local(path: str, folder: Path | None) -> Path:
    place = urlsplit(path)
    if place.scheme and place.scheme != "file":
        raise FileNotFoundError(
            f"Cannot show {path}: it is not a local file; also select the column content"
            " (binary) of spark.read.format('binaryFile')"
        )
    local = Path(unquote(place.path)) if place.scheme else Path(path)
    local = folder / local if folder is not None else local
    if not local.is_file():
        is_whole = local.is_absolute() or folder is not None
        cure = "" if is_whole else "; set image_dir=… to the folder of relative paths"
        raise FileNotFoundError(f"Cannot show {local}: it does not exist{cure}")
    return local


def _detection(one: Any) -> Found:
    box = one["box"] if "box" in one else one
    left, upper, right, lower = (float(box[name]) for name in EDGES)
    score = one["score"] if "score" in one else None
    return Found(one["label"], score, (left, upper, right, lower))
