"""Exports a model of torchvision as ONNX, and prints the statement that registers it.

usage: export_torchvision.py resnet18 [--weights FILE] [--size 224]
                                                            (needs torchvision, onnx, onnxscript)

Detectors: fasterrcnn_…, retinanet_…, ssd300_vgg16, ssdlite320_mobilenet_v3_large, fcos_….
"""

import argparse
import pathlib

import torch
from torchvision import models

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("model", help="a name of torchvision.models.list_models()")
parser.add_argument("--weights", default="DEFAULT", help="DEFAULT, or your own state_dict (.pth)")
parser.add_argument("--labels", type=pathlib.Path, help="your class names, one per line")
parser.add_argument("--size", type=int, help="of the input; by default 224, or 640 for detectors")
options = parser.parse_args()


class Detections(torch.nn.Module):
    """The detections of one image in the order of the output names."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector

    def forward(self, images):
        found = self.detector(images)[0]
        return found["boxes"], found["labels"], found["scores"]


if options.weights == "DEFAULT":
    model = models.get_model(options.model, weights="DEFAULT")
    names = models.get_model_weights(options.model).DEFAULT.meta["categories"]
else:
    if not options.labels:
        parser.error("--weights FILE needs --labels")
    names = options.labels.read_text(encoding="utf-8").splitlines()
    kind = {"weights": None, "num_classes": len(names)}
    if options.model in models.list_models(module=models.detection):
        kind["weights_backbone"] = None
    model = models.get_model(options.model, **kind)
    model.load_state_dict(torch.load(options.weights, weights_only=True))

detects = options.model in models.list_models(module=models.detection)
size = options.size or (640 if detects else 224)
file = pathlib.Path(options.model + ".onnx").resolve()
labels = file.with_suffix(".labels.txt")
labels.write_text("\n".join(names) + "\n", encoding="utf-8")
outputs = ["boxes", "labels", "scores"] if detects else ["logits"]
torch.onnx.export(
    (Detections(model) if detects else model).eval(),
    (torch.rand(1, 3, size, size),),
    file,
    dynamo=False,
    opset_version=17,
    input_names=["images"],
    output_names=outputs,
    # a detector of torchvision is exported for one image
    dynamic_axes=None if detects else {"images": {0: "batch"}, "logits": {0: "batch"}},
)
further = (
    ""
    if detects
    else ", layout = 'classification', normalization = 'imagenet', letterbox = 'center_crop'"
)
print(f"CREATE OR REPLACE MODEL mine OPTIONS (uri = '{file}', labels = '{labels}'{further});")
