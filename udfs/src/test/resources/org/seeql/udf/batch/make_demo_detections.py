#!/usr/bin/env python3
"""Writes demo_detections.json: what the demo's models detect, computed independently of SeeQL.

Letterboxing (OpenCV), inference (ONNX Runtime), decoding and suppression are those of
demo/evaluate.py. Needs the packages of demo/requirements.txt.
"""

import json
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
DEMO = next(p / "demo" for p in HERE.parents if (p / "demo" / "evaluate.py").is_file())
sys.path.insert(0, str(DEMO))

import evaluate  # noqa: E402

# Not scout: for its small input, SeeQL decodes JPEG files at a quarter of their size.
MODELS = ("sentinel", "ranger")
SPLIT = "show"
EVERY = 5  # of the pictures in the order of their names
CONFIDENCE = 0.25


def detections(model: evaluate.Model, session, file: str) -> dict:
    pixels = evaluate._read(SPLIT, file)
    height, width = pixels.shape[:2]
    inputs, scale, padding = evaluate.letterbox(pixels, model.input_size)
    output = session.run(None, {"images": inputs})[0][0]
    found = evaluate.suppress(evaluate.decode(output, len(model.labels)))
    boxes = (found.boxes - np.tile(padding, 2)) / scale
    boxes = boxes.clip(0, np.tile((width, height), 2))
    return {
        "file": file,
        "width": width,
        "height": height,
        "detections": [
            {
                "label": model.labels[label],
                "score": round(float(score), 5),
                **{
                    name: round(float(value), 2)
                    for name, value in zip(("x_min", "y_min", "x_max", "y_max"), box)
                },
            }
            for box, score, label in zip(boxes, found.scores, found.classes)
            if score >= CONFIDENCE
        ],
    }


def main() -> None:
    files = sorted(p.name for p in (DEMO / "images" / SPLIT).iterdir())[::EVERY]
    models = []
    for name in MODELS:
        model = evaluate.open_model(DEMO / "models" / f"{name}.onnx")
        session = evaluate._session(model)
        models.append(
            {"model": name, "images": [detections(model, session, file) for file in files]}
        )
    text = json.dumps({"models": models}, separators=(",", ":"))
    # one line per image
    text = text.replace('{"file"', '\n{"file"').replace('{"model"', '\n{"model"')
    (HERE / "demo_detections.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
