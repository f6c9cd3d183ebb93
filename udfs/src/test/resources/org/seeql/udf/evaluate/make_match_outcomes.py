#!/usr/bin/env python3
"""Writes match_outcomes.json: what became of each detection and object of coco_scores.json.

Matches by COCO's rules in plain Python, without pycocotools, and compares its counts with those that
pycocotools gave in coco_scores.json. In what it writes, every fifth detection of the file has the next
class, so that some detections are of the wrong class. Needs Python 3.11 only.
"""

import json
import pathlib

CONFIDENCE, MATCH_IOU, BACKGROUND = 0.3, 0.5, 0.1
FOLDER = pathlib.Path(__file__).parent


def iou(a: list[float], b: list[float], crowd: bool) -> float:
    """Of two boxes as x, y, width, height; in a crowd, the share of the first inside the second."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    area = a[2] * a[3]
    return wide * high / (area if crowd else area + b[2] * b[3] - wide * high)


def image_outcomes(objects: list[list], detections: list[list]) -> list[list]:
    """Rows of detection, object, outcome, cause, overlap and whether it counts; -1 for none."""
    owner: dict[int, int] = {}
    taken: set[int] = set()
    by_class: dict[int, list[int]] = {}
    for d, row in enumerate(detections):
        by_class.setdefault(row[1], []).append(d)
    for group in by_class.values():
        group.sort(key=lambda d: -detections[d][6])
        for d in group[:100]:
            owner[d] = take(detections[d], objects, taken)
    rows = []
    found = set()
    for d in sorted(owner):
        score, o = detections[d][6], owner[d]
        if o >= 0 and objects[o][7]:
            rows.append([d, o, "ignored", None, overlap(detections[d], objects[o]), False])
        elif o >= 0:
            rows.append([d, o, "true positive", None, overlap(detections[d], objects[o]), score >= CONFIDENCE])
            if score >= CONFIDENCE:
                found.add(o)
        else:
            rows.append(wrong(d, detections[d], objects))
    for o, row in enumerate(objects):
        if row[7]:
            rows.append([-1, o, "ignored", None, None, False])
        elif o not in found:
            rows.append([-1, o, "missed", None, None, True])
    return rows


def overlap(detection: list, labelled: list) -> float:
    return iou(detection[2:6], labelled[2:6], bool(labelled[7]))


def take(detection: list, objects: list[list], taken: set[int]) -> int:
    """The free object with the greatest overlap, of equals the last; else a crowd."""
    free = [o for o in range(len(objects)) if objects[o][1] == detection[1] and o not in taken]
    for crowd in (0, 1):
        reached = [
            (overlap(detection, objects[o]), o)
            for o in free
            if objects[o][7] == crowd and overlap(detection, objects[o]) >= MATCH_IOU
        ]
        if reached:
            best = max(reached)[1]
            if not crowd:
                taken.add(best)
            return best
    return -1


def wrong(d: int, detection: list, objects: list[list]) -> list:
    own = most(detection, objects, lambda labelled: labelled[1] == detection[1])
    other = most(detection, objects, lambda labelled: labelled[1] != detection[1])
    counts = detection[6] >= CONFIDENCE
    if own[0] >= MATCH_IOU:
        return [d, own[1], "false positive", "duplicate", own[0], counts]
    if other[0] >= MATCH_IOU:
        return [d, other[1], "false positive", "wrong class", other[0], counts]
    if own[0] >= BACKGROUND:
        return [d, own[1], "false positive", "poor overlap", own[0], counts]
    return [d, -1, "false positive", "background", None, counts]


def most(detection: list, objects: list[list], accepts) -> tuple[float, int]:
    """The greatest overlap with an object, of equals the first."""
    best = (-1.0, -1)
    for o, labelled in enumerate(objects):
        if accepts(labelled) and not labelled[7] and overlap(detection, labelled) > best[0]:
            best = (overlap(detection, labelled), o)
    return best


def verify(document: dict, rows: list[list]) -> None:
    """Compares the counts at the threshold with those of pycocotools."""
    for category, expected in enumerate(document["classes"]):
        counted = [row for row in rows if row[-1] and row[-2] == category]
        right = sum(row[3] == "true positive" for row in counted)
        missed = sum(row[3] == "missed" for row in counted)
        wrong_ones = sum(row[3] == "false positive" for row in counted)
        assert (right, wrong_ones, right + missed) == (
            expected["right"], expected["wrong"], expected["objects"]), category  # fmt: skip


def outcomes(document: dict) -> tuple[list[list], list[list]]:
    """The rows of all images, and the same rows with the class before the last column."""
    rows, checked = [], []
    for image in range(1, 31):
        objects = [row for row in document["objects"] if row[0] == image]
        detections = [row for row in document["detections"] if row[0] == image]
        for row in image_outcomes(objects, detections):
            rows.append([image, *row])
            category = detections[row[0]][1] if row[0] >= 0 else objects[row[1]][1]
            checked.append([image, *row[:5], category, row[5]])
    return rows, checked


def main() -> None:
    document = json.loads((FOLDER / "coco_scores.json").read_text())
    verify(document, outcomes(document)[1])
    for row in document["detections"][::5]:
        row[1] = (row[1] + 1) % len(document["classes"])
    rows, _ = outcomes(document)
    lines = ",\n".join(json.dumps(row) for row in rows)
    (FOLDER / "match_outcomes.json").write_text("[\n" + lines + "\n]\n")


if __name__ == "__main__":
    main()
