"""Measures the demo's models on the committed splits, independently of SeeQL.

    python demo/evaluate.py             prints the table
    python demo/evaluate.py --write     also writes it into README.md, between the markers

Letterboxing (OpenCV), inference (ONNX Runtime) and suppression are implemented here, independently
of the training code and of SeeQL. pycocotools computes the metrics.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
import torch
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

DEMO = Path(__file__).resolve().parent
SPLITS = ("profile", "show")
CONFIDENCE, IOU = 0.001, 0.45
PADDING = 114
WARM_UP_CALLS, TIMED_CALLS = 5, 60
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Model:
    """An exported model: its classes, and the side of its input in pixels."""

    name: str
    script: Path
    onnx: Path
    labels: tuple[str, ...]
    input_size: int
    is_classifier: bool
    parameters: int


@dataclass(frozen=True)
class Detections:
    """Boxes [K, 4] as left, top, right, bottom, scores [K] and class indices [K]."""

    boxes: np.ndarray
    scores: np.ndarray
    classes: np.ndarray


def open_model(file: Path) -> Model:
    graph = onnx.load(file)
    metadata = {entry.key: entry.value for entry in graph.metadata_props}
    weights = (np.prod(tensor.dims, dtype=int) for tensor in graph.graph.initializer)
    return Model(
        name=file.stem,
        script=file.with_suffix(".torchscript"),
        onnx=file,
        labels=tuple(ast.literal_eval(metadata["names"]).values()),
        input_size=graph.graph.input[0].type.tensor_type.shape.dim[2].dim_value,
        is_classifier=metadata["task"] == "classify",
        parameters=int(sum(weights)),
    )


def letterbox(image: np.ndarray, side: int) -> tuple[np.ndarray, float, tuple[int, int]]:
    """uint8 [H, W, 3] RGB to float32 [1, 3, side, side], with the scale and the padding (x, y)."""
    height, width = image.shape[:2]
    scale = side / max(width, height)
    size = (round(width * scale), round(height * scale))
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    square = np.full((side, side, 3), PADDING, np.uint8)
    square[top : top + size[1], left : left + size[0]] = cv2.resize(
        image, size, interpolation=cv2.INTER_LINEAR
    )
    return square.transpose(2, 0, 1)[None].astype(np.float32) / 255, scale, (left, top)


def decode(output: np.ndarray, classes: int) -> Detections:
    """Decodes an image's output in either layout: boxes above the confidence, one class per box."""
    rows = output if output.shape[1] == 5 + classes else output.T
    boxes, scores = rows[:, :4], rows[:, 4:]
    if scores.shape[1] == classes + 1:
        scores = scores[:, :1] * scores[:, 1:]
    best = scores.argmax(axis=1)
    confidence = scores.max(axis=1)
    kept = confidence > CONFIDENCE
    half = boxes[:, 2:] / 2
    corners = np.concatenate([boxes[:, :2] - half, boxes[:, :2] + half], axis=1)
    return Detections(corners[kept], confidence[kept], best[kept])


def suppress(found: Detections) -> Detections:
    """Non-maximum suppression within each class."""
    order = np.argsort(-found.scores, kind="stable")
    kept: list[int] = []
    while len(order) > 0:
        first, rest = order[0], order[1:]
        kept.append(int(first))
        rival = found.classes[rest] == found.classes[first]
        order = rest[~(rival & (_iou(found.boxes[first], found.boxes[rest]) > IOU))]
    return Detections(found.boxes[kept], found.scores[kept], found.classes[kept])


def _iou(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    area = np.prod(box[2:] - box[:2]) + np.prod(others[:, 2:] - others[:, :2], axis=1)
    return shared / (area - shared + 1e-9)


def mean_average_precision(model: Model, split: str) -> tuple[float, float]:
    """mAP at IoU 0.5, and averaged over IoU 0.5 to 0.95, over the classes of the model."""
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(str(DEMO / f"annotations/{split}.json"))
        ids = {category["name"]: category["id"] for category in truth.dataset["categories"]}
        category_ids = [ids[label] for label in model.labels]
        found = _detect_split(model, split, truth, category_ids)
        evaluation = COCOeval(truth, truth.loadRes(found), "bbox")
        evaluation.params.catIds = category_ids
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return float(evaluation.stats[1]), float(evaluation.stats[0])


def _detect_split(model: Model, split: str, truth: COCO, category_ids: list[int]) -> list[dict]:
    session = _session(model)
    results = []
    for image in truth.dataset["images"]:
        pixels = _read(split, image["file_name"])
        inputs, scale, padding = letterbox(pixels, model.input_size)
        output = session.run(None, {"images": inputs})[0][0]
        found = suppress(decode(output, len(model.labels)))
        boxes = (found.boxes - np.tile(padding, 2)) / scale
        boxes = boxes.clip(0, np.tile((image["width"], image["height"]), 2))
        for box, score, label in zip(boxes, found.scores, found.classes):
            left, top, right, bottom = (float(value) for value in box)
            results.append(
                {
                    "image_id": image["id"],
                    "category_id": category_ids[label],
                    "bbox": [left, top, right - left, bottom - top],
                    "score": float(score),
                }
            )
    return results


def accuracy(model: Model, split: str) -> float:
    """The fraction of a split's pictures whose place a classifier predicts correctly."""
    session = _session(model)
    images = json.loads((DEMO / f"annotations/{split}.json").read_text(encoding="utf-8"))["images"]
    right = 0
    for image in images:
        inputs, _, _ = letterbox(_read(split, image["file_name"]), model.input_size)
        output = session.run(None, {"images": inputs})[0][0]
        right += model.labels[int(output.argmax())] == image["scene"]
    return right / len(images)


def milliseconds(call: Callable[[], object]) -> float:
    """The median CPU time of a call, which depends little on other work on the machine."""
    durations = []
    for number in range(WARM_UP_CALLS + TIMED_CALLS):
        started = time.thread_time()
        call()
        if number >= WARM_UP_CALLS:
            durations.append(time.thread_time() - started)
    return statistics.median(durations) * 1000


def measure(model: Model) -> list[str]:
    """The cells of the model's row in the table."""
    inputs = np.random.default_rng(0).random((1, 3, model.input_size, model.input_size), np.float32)
    session = _session(model)
    script, tensor = torch.jit.load(model.script).eval(), torch.from_numpy(inputs)
    with torch.no_grad():
        script_time = milliseconds(lambda: script(tensor))
    onnx_time = milliseconds(lambda: session.run(None, {"images": inputs}))
    sizes = [file.stat().st_size / 1e6 for file in (model.script, model.onnx)]
    return [
        f"`{model.name}`",
        str(len(model.labels)),
        str(model.input_size),
        f"{model.parameters / 1000:.0f} k",
        f"{sizes[0]:.1f} / {sizes[1]:.1f}",
        f"{script_time:.1f} / {onnx_time:.1f}",
        *(_quality(model, split) for split in SPLITS),
    ]


def _quality(model: Model, split: str) -> str:
    if model.is_classifier:
        return f"accuracy {accuracy(model, split):.2f}"
    at_half, averaged = mean_average_precision(model, split)
    return f"{at_half:.3f} / {averaged:.3f}"


def table() -> str:
    """All measurements as a Markdown table, cheapest model first."""
    header = [
        "model", "classes", "input", "parameters", "MB, TorchScript / ONNX",
        "ms per image, TorchScript / ONNX", *(f"mAP@0.5 / @0.5:0.95, {split}" for split in SPLITS),
    ]  # fmt: skip
    models = [open_model(file) for file in sorted((DEMO / "models").glob("*.onnx"))]
    models.sort(key=lambda model: (not model.is_classifier, model.input_size**2 * model.parameters))
    rows = [header, ["---"] * len(header), *(measure(model) for model in models)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def write_into_readme(measured: str) -> None:
    readme = DEMO / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")


def _session(model: Model) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.onnx, options, providers=["CPUExecutionProvider"])


def _read(split: str, file_name: str) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(str(DEMO / "images" / split / file_name)), cv2.COLOR_BGR2RGB)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    measured = table()
    print(measured)
    if arguments.write:
        write_into_readme(measured)


if __name__ == "__main__":
    main()
