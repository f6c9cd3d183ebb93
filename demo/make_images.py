"""Draws the demo's pictures and writes their ground truth as COCO JSON.

    python demo/make_images.py                    the committed splits: profile and show
    python demo/make_images.py --split training   the training split, which is not committed
    python demo/make_images.py --scenes 2000 --folder FOLDER   larger splits of other scenes

The same seed gives the same scenes. Their exact bytes also depend on the versions of Pillow, NumPy
and the font (see README.md).
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenes.composition import PLACES, Scene, compose
from scenes.glyphs import CATEGORIES
from scenes.painting import HEIGHT, WIDTH

DEMO = Path(__file__).resolve().parent
SEED = 20260
JPEG_QUALITY = 82


@dataclass(frozen=True)
class Split:
    """A set of scenes with the image ids from `first_id` on."""

    name: str
    first_id: int
    scenes: int
    images: Path
    annotations: Path


SPLITS = {
    split.name: split
    for split in (
        Split("profile", 1, 100, DEMO / "images/profile", DEMO / "annotations/profile.json"),
        Split("show", 101, 100, DEMO / "images/show", DEMO / "annotations/show.json"),
        Split("training", 1001, 3000, DEMO / "training/images", DEMO / "training/annotations.json"),
    )
}


# beyond the ids of the splits above, so that no scene is in two splits
LARGER_FIRST_IDS = {"profile": 10_001, "show": 20_001}
LARGER_SCENES = 1_000
MOST_SCENES = 10_000


def larger(name: str, scenes: int, folder: Path) -> Split:
    """A split of other scenes than those above, in a folder with the demo's layout."""
    if name not in LARGER_FIRST_IDS:
        raise SystemExit(f"--folder needs --split {' or '.join(LARGER_FIRST_IDS)}, not {name}")
    if not 1 <= scenes <= MOST_SCENES:
        raise SystemExit(f"--scenes must be from 1 to {MOST_SCENES}, not {scenes}")
    return Split(
        name,
        LARGER_FIRST_IDS[name],
        scenes,
        folder / "images" / name,
        folder / "annotations" / f"{name}.json",
    )


def make_split(split: Split) -> None:
    """Draws all scenes of a split, with the places in turns."""
    split.images.mkdir(parents=True, exist_ok=True)
    split.annotations.parent.mkdir(parents=True, exist_ok=True)
    images: list[dict] = []
    annotations: list[dict] = []
    places = list(PLACES)
    for image_id in range(split.first_id, split.first_id + split.scenes):
        place = places[image_id % len(places)]
        scene = compose(np.random.default_rng([SEED, image_id]), place)
        file_name = f"{place}-{image_id:04d}.jpg"
        scene.image.save(split.images / file_name, quality=JPEG_QUALITY, optimize=True)
        images.append(
            {
                "id": image_id,
                "file_name": file_name,
                "width": WIDTH,
                "height": HEIGHT,
                "scene": place,
            }
        )
        annotations += _annotations(scene, image_id)
    split.annotations.write_text(_coco_json(split, images, annotations), encoding="utf-8")
    print(f"{split.name}: {len(images)} images, {len(annotations)} objects in {split.images}")


def _annotations(scene: Scene, image_id: int) -> list[dict]:
    return [
        {
            "id": image_id * 100 + number,
            "image_id": image_id,
            "category_id": thing.category.id,
            "bbox": list(thing.box),
            "area": thing.area,
            "iscrowd": 0,
        }
        for number, thing in enumerate(scene.objects, start=1)
    ]


def _coco_json(split: Split, images: list[dict], annotations: list[dict]) -> str:
    """COCO JSON with one record per line, which is readable for people and in diffs."""
    parts = {
        "info": [json.dumps({"description": f"SeeQL demo, {split.name} split", "version": "1"})],
        "licenses": [json.dumps({"id": 1, "name": "Apache License 2.0"})],
        "categories": [
            json.dumps({"id": c.id, "name": c.name, "supercategory": c.supercategory})
            for c in CATEGORIES
        ],
        "images": [json.dumps(image) for image in images],
        "annotations": [json.dumps(annotation) for annotation in annotations],
    }
    info = parts.pop("info")[0]
    lists = [f'"{key}": [\n  ' + ",\n  ".join(rows) + "\n]" for key, rows in parts.items()]
    return "{\n" + ",\n".join([f'"info": {info}', *lists]) + "\n}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", choices=SPLITS, action="append", help="default: profile, show")
    parser.add_argument("--scenes", type=int, help="only with --folder; default: 1000")
    parser.add_argument("--folder", type=Path, help="where to write larger splits of other scenes")
    options = parser.parse_args()
    if options.scenes is not None and options.folder is None:
        parser.error("--scenes needs --folder: the committed splits have a fixed number of scenes")
    scenes = LARGER_SCENES if options.scenes is None else options.scenes
    for name in options.split or ("profile", "show"):
        folder = options.folder
        make_split(larger(name, scenes, folder) if folder else SPLITS[name])


if __name__ == "__main__":
    main()
