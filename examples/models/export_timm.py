"""Exports a classifier of timm as ONNX, and prints the statement that registers it.

usage: export_timm.py vit_tiny_patch16_224 [--checkpoint FILE --labels FILE]
                                                            (needs timm, onnx, onnxscript)
"""

import argparse
import pathlib

import timm
import torch
from timm.data import ImageNetInfo, resolve_model_data_config

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("model", help="a name of timm.list_models()")
parser.add_argument("--checkpoint", default="", help="your own weights; otherwise timm's")
parser.add_argument("--labels", type=pathlib.Path, help="your class names, one per line")
options = parser.parse_args()

if options.checkpoint:
    if not options.labels:
        parser.error("--checkpoint needs --labels")
    names = options.labels.read_text(encoding="utf-8").splitlines()
    model = timm.create_model(
        options.model, num_classes=len(names), checkpoint_path=options.checkpoint
    )
else:
    model = timm.create_model(options.model, pretrained=True)
    names = ImageNetInfo().label_descriptions()
    if len(names) != model.num_classes:
        parser.error(f"the model has {model.num_classes} classes: set --checkpoint and --labels")

data = resolve_model_data_config(model)
file = pathlib.Path(options.model + ".onnx").resolve()
labels = file.with_suffix(".labels.txt")
labels.write_text("\n".join(names) + "\n", encoding="utf-8")
torch.onnx.export(
    model.eval(),
    (torch.rand(1, *data["input_size"]),),
    file,
    dynamo=False,
    opset_version=17,
    input_names=["images"],
    output_names=["logits"],
    dynamic_axes={"images": {0: "batch"}, "logits": {0: "batch"}},
)
mean = ", ".join(f"{value:g}" for value in data["mean"])
std = ", ".join(f"{value:g}" for value in data["std"])
print(
    f"CREATE OR REPLACE MODEL mine OPTIONS (uri = '{file}', labels = '{labels}',"
    f" layout = 'classification', mean = '{mean}', std = '{std}', letterbox = 'center_crop');"
)
