"""Writes tiny models, one for each kind of input and output, whose answer is known.

usage: make_models.py FOLDER        (needs torch, onnx)

All take images of 64 x 64 and know the classes red, green and blue. The probability of each is the mean of that
channel, 0 to 1; the box is that of the constants below, in pixels of the input.
"""
import pathlib
import sys
from typing import Dict, List, Tuple

import onnx
import torch
from torch import Tensor, nn

SIDE = 64
CELLS = sum((SIDE // stride) ** 2 for stride in (8, 16, 32))
CENTRE_X, CENTRE_Y, WIDTH, HEIGHT = 28.0, 20.0, 16.0, 8.0
out = pathlib.Path(sys.argv[1])


class YoloV5(nn.Module):
    """Row 100 holds the box; the others have an objectness of 0."""

    def __init__(self):
        super().__init__()
        base = torch.zeros(3 * CELLS, 8)
        base[100, :5] = torch.tensor([CENTRE_X, CENTRE_Y, WIDTH, HEIGHT, 1.0])
        self.register_buffer("base", base)
        classes = torch.zeros(3 * CELLS, 1)
        classes[100] = 1
        self.register_buffer("classes", classes)

    def forward(self, x):
        means = x.mean((2, 3)).unsqueeze(1) * self.classes
        return torch.cat([means.new_zeros((means.shape[0], 1, 1)) + self.base[:, :5], means], 2)


class YoloV8(nn.Module):
    """Column 10 holds the box."""

    def __init__(self):
        super().__init__()
        box = torch.zeros(4, CELLS)
        box[:, 10] = torch.tensor([CENTRE_X, CENTRE_Y, WIDTH, HEIGHT])
        self.register_buffer("box", box)
        classes = torch.zeros(1, CELLS)
        classes[:, 10] = 1
        self.register_buffer("classes", classes)

    def forward(self, x):
        means = x.mean((2, 3)).unsqueeze(2) * self.classes
        return torch.cat([means.new_zeros((means.shape[0], 1, 1)) + self.box, means], 1)


class YoloX(nn.Module):
    """The cell of stride 8 in column 3 and line 2, of 8 columns, holds the box; pixels are 0 to 255, blue first."""

    def __init__(self):
        super().__init__()
        row = 2 * 8 + 3
        base = torch.zeros(CELLS, 5)
        raw = [CENTRE_X / 8 - 3, CENTRE_Y / 8 - 2, WIDTH / 8, HEIGHT / 8]
        base[row] = torch.tensor([raw[0], raw[1], *torch.tensor(raw[2:]).log().tolist(), 1.0])
        self.register_buffer("base", base)
        classes = torch.zeros(CELLS, 1)
        classes[row] = 1
        self.register_buffer("classes", classes)

    def forward(self, x):
        means = (x.mean((2, 3)) / 255).flip(1).unsqueeze(1) * self.classes
        return torch.cat([means.new_zeros((means.shape[0], 1, 1)) + self.base, means], 2)


class Torchvision(nn.Module):
    """Like a scripted Faster R-CNN: a list in, losses and a list of dictionaries out; class 0 is the background."""

    def forward(self, images: List[Tensor]) -> Tuple[Dict[str, Tensor], List[Dict[str, Tensor]]]:
        losses: Dict[str, Tensor] = {}
        found: List[Dict[str, Tensor]] = []
        for image in images:
            score, label = image.mean((1, 2)).max(0)
            box = torch.tensor([[20.0, 16.0, 36.0, 24.0], [0.0, 0.0, 8.0, 8.0]])
            found.append({
                "boxes": box,
                "labels": torch.stack([label + 1, label + 1]),
                "scores": torch.stack([score, score / 10]),
            })
        return losses, found


class TorchvisionOnnx(nn.Module):
    def forward(self, x):
        score, label = x[0].mean((1, 2)).max(0)
        box = torch.tensor([[20.0, 16.0, 36.0, 24.0]])
        return box, (label + 1).unsqueeze(0), score.unsqueeze(0)


class Classifier(nn.Module):
    def __init__(self, softmax):
        super().__init__()
        self.softmax = softmax

    def forward(self, x):
        logits = 10 * x.mean((2, 3))
        return logits.softmax(1) if self.softmax else logits


class Bytes(nn.Module):
    """Takes N, H, W, C of unsigned bytes."""

    def forward(self, x):
        return 10 * (x.float() / 255).mean((1, 2))


class HalfConvolution(nn.Module):
    """Refuses anything but half precision, as networks with half weights do."""

    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(3, 3, 1, bias=False)
        self.convolution.weight.data = 10 * torch.eye(3).reshape(3, 3, 1, 1)
        self.half()

    def forward(self, x):
        return self.convolution(x).mean((2, 3))


def image(batch=1, dtype=torch.float32):
    return torch.zeros(batch, 3, SIDE, SIDE, dtype=dtype)


def script(name, model):
    torch.jit.script(model.eval()).save(out / (name + ".torchscript"))


def trace(name, model, example):
    torch.jit.trace(model.eval(), example, check_trace=False).save(out / (name + ".torchscript"))


def export(name, model, example, outputs=("output",), dynamic=True, metadata=None):
    path = out / (name + ".onnx")
    torch.onnx.export(
        model.eval(), (example,), path, input_names=["images"], output_names=list(outputs), opset_version=17,
        dynamo=False, dynamic_axes={"images": {0: "batch"}, **{o: {0: "batch"} for o in outputs}} if dynamic else None)
    if metadata:
        graph = onnx.load(path)
        for key, value in metadata.items():
            graph.metadata_props.add(key=key, value=value)
        onnx.save(graph, path)


trace("yolov5", YoloV5(), image())
export("yolov5", YoloV5(), image())
export("yolov5_batch4", YoloV5(), image(4), dynamic=False)
export("yolov8", YoloV8(), image(), metadata={"names": "{0: 'red', 1: \"green\", 2: 'bl\\'ue'}"})
export("yolox", YoloX(), image())
script("torchvision", Torchvision())
export("torchvision", TorchvisionOnnx(), image(), ("boxes", "labels", "scores"), dynamic=False)
export("logits", Classifier(False), image())
export("probabilities", Classifier(True), image())
export("bytes", Bytes(), torch.zeros(1, SIDE, SIDE, 3, dtype=torch.uint8))
export("half", HalfConvolution(), image(dtype=torch.half))
script("half", HalfConvolution())
export("grey", nn.Sequential(nn.Flatten()), torch.zeros(1, 1, 8, 8))
