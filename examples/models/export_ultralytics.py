"""Exports a model of Ultralytics as ONNX, and prints the statement that registers it.

usage: export_ultralytics.py yolo11n.pt [--size 640]        (needs ultralytics, onnx)
"""

import argparse
import pathlib

from ultralytics import YOLO

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("weights", help="a .pt file, or a name that Ultralytics downloads")
parser.add_argument("--size", type=int, default=640, help="of the input, as in the training")
options = parser.parse_args()

# a dynamic batch is faster; the metadata of the file contains labels, input size and task
exported = YOLO(options.weights).export(format="onnx", imgsz=options.size, dynamic=True)
file = pathlib.Path(exported).resolve()
print(f"CREATE OR REPLACE MODEL mine OPTIONS (uri = '{file}');")
