#!/usr/bin/env python3
"""Writes coco_scores.json: made-up objects and detections, and what pycocotools says of them.

Among them are crowds, objects of every range of areas, equal scores and overlaps, images that only
have objects or only detections, a class without objects and one without detections, and an image with
more detections of a class than count. Needs numpy and pycocotools (made with 2.0.11).
"""

import contextlib
import io
import json
import pathlib
import random

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

IMAGES = 30
CLASSES = 5  # the last but one has no object, the last one no detection
CONFIDENCE, MATCH_IOU = 0.3, 0.5


def make() -> tuple[list[dict], list[dict]]:
    dice = random.Random(20261122)
    objects, detections = [], []
    for image in range(1, IMAGES + 1):
        for category in range(CLASSES):
            for _ in range(0 if category == 3 else dice.choice((0, 0, 1, 1, 2, 5))):
                side = dice.choice((12, 24, 60, 90, 150, 300))
                box = [dice.randint(0, 400), dice.randint(0, 300), side, dice.randint(side // 2, side)]
                objects.append({
                    "id": len(objects) + 1,
                    "image_id": image,
                    "category_id": category,
                    "bbox": box,
                    "area": round(box[2] * box[3] * dice.uniform(0.6, 1)),
                    "iscrowd": int(dice.random() < 0.15),
                })  # fmt: skip
                for _ in range(dice.choice((0, 1, 1, 2, 4)) if category != 4 else 0):
                    blur = side * dice.choice((0.02, 0.08, 0.2))
                    moved = [round(edge + dice.uniform(-blur, blur), 2) for edge in box]
                    detections.append(detection(image, category, moved, dice))
            if category != 4 and dice.random() < 0.4:
                stray = [dice.randint(0, 400), dice.randint(0, 300), dice.randint(5, 200), 40]
                detections.append(detection(image, category, stray, dice))
    for _ in range(120):
        box = [dice.randint(0, 60), dice.randint(0, 60), dice.randint(60, 90), dice.randint(60, 90)]
        detections.append(detection(7, 1, box, dice))
    # a detection between two objects, and one that overlaps its object by exactly a half
    for box in ([0, 400, 100, 40], [20, 400, 100, 40], [300, 400, 20, 20]):
        number, area = len(objects) + 1, box[2] * box[3]
        objects.append({"id": number, "image_id": IMAGES, "category_id": 2, "bbox": box, "area": area, "iscrowd": 0})  # fmt: skip
    for score, box in ((0.99, [10, 400, 100, 40]), (0.98, [-5, 400, 100, 40]), (0.97, [300, 400, 20, 40])):  # fmt: skip
        detections.append({"image_id": IMAGES, "category_id": 2, "bbox": box, "score": score})
    return objects, detections


def detection(image: int, category: int, box: list[float], dice: random.Random) -> dict:
    # two decimals, so that many scores are equal
    score = round(dice.random() ** 2, 2)
    return {"image_id": image, "category_id": category, "bbox": box, "score": score}


def scores(objects: list[dict], detections: list[dict]) -> list[dict]:
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {
            "images": [{"id": i} for i in range(1, IMAGES + 1)],
            "categories": [{"id": c, "name": str(c)} for c in range(CLASSES)],
            "annotations": objects,
        }
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(detections), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        found = truth.loadRes([d for d in detections if d["score"] >= CONFIDENCE])
        sure = COCOeval(truth, found, "bbox")
        sure.params.iouThrs = np.array([MATCH_IOU])
        sure.evaluate()
    precision = evaluation.eval["precision"]  # overlap, recall, class, area, detections
    return [
        {
            "ap50": mean(precision[0, :, c, 0, -1]),
            "ap": mean(precision[:, :, c, 0, -1]),
            "apSmall": mean(precision[:, :, c, 1, -1]),
            "apMedium": mean(precision[:, :, c, 2, -1]),
            "apLarge": mean(precision[:, :, c, 3, -1]),
            **counts(sure, c),
        }
        for c in range(CLASSES)
    ]


def mean(values: np.ndarray) -> float | None:
    return None if (values == -1).any() else float(values.mean())


def counts(evaluation: COCOeval, category: int) -> dict:
    right = wrong = objects = 0
    everything = evaluation.params.areaRng[0]
    for image in evaluation.evalImgs:
        if image and image["category_id"] == category and image["aRng"] == everything:
            counted = ~image["dtIgnore"][0].astype(bool)
            right += int(((image["dtMatches"][0] > 0) & counted).sum())
            wrong += int(((image["dtMatches"][0] == 0) & counted).sum())
            objects += int((image["gtIgnore"] == 0).sum())
    return {"right": right, "wrong": wrong, "objects": objects}


def main() -> None:
    objects, detections = make()
    document = {
        "classes": scores(objects, detections),
        "objects": [
            [o["image_id"], o["category_id"], *o["bbox"], o["area"], o["iscrowd"]] for o in objects
        ],
        "detections": [
            [d["image_id"], d["category_id"], *d["bbox"], d["score"]] for d in detections
        ],
    }
    lines = ",\n".join(
        f' "{name}": [\n  ' + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]"
        for name, rows in document.items()
    )
    pathlib.Path(__file__).with_name("coco_scores.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
