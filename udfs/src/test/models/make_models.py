"""Writes tiny models, one for each kind of input and output, whose answer is known.

usage: make_models.py FOLDER        (needs numpy, torch, onnx)

All take images of 64 x 64 and know the classes red, green and blue. The probability of each is the mean of that
channel, 0 to 1; the box is that of the constants below, in pixels of the input.
"""
import math
import pathlib
import sys
from typing import Dict, List, Tuple

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
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


class Head(nn.Module):
    """YoloV8 with further rows of one value, and prototypes of masks if there are any."""

    def __init__(self, box, further, value, prototypes=0):
        super().__init__()
        self.boxes = YoloV8()
        self.boxes.box[:, 10] = torch.tensor(box)
        self.register_buffer("further", torch.full((1, further, CELLS), value))
        self.prototypes = prototypes

    def forward(self, x):
        boxes = self.boxes(x)
        boxes = torch.cat([boxes, self.further.expand(x.shape[0], -1, -1)], 1)
        return (boxes, x[:, :self.prototypes, ::4, ::4]) if self.prototypes else boxes


class FinalBoxes(nn.Module):
    """Row 5 of 40 holds the box, with further columns of one value; the other rows are zeros."""

    def __init__(self, box, further=0, value=0.0, prototypes=0):
        super().__init__()
        self.register_buffer("box", torch.tensor([box]))
        self.register_buffer("further", torch.full((1, further), value))
        row = torch.zeros(40, 1)
        row[5] = 1
        self.register_buffer("row", row)
        self.prototypes = prototypes

    def forward(self, x):
        score, label = x.mean((2, 3)).max(1, keepdim=True)
        zeros = torch.zeros_like(score)
        values = torch.cat([zeros + self.box, score, label.float(), zeros + self.further], 1)
        boxes = values.unsqueeze(1) * self.row
        return (boxes, x[:, :self.prototypes, ::4, ::4]) if self.prototypes else boxes


class FirstImage(nn.Module):
    """Accepts several images, but processes only the first: a loop that the export unrolled."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x):
        boxes = self.model(x)
        first = torch.cumsum(torch.ones_like(boxes), 0) == 1
        return boxes * first


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


class Graph:
    """An ONNX graph that is written node by node, for outputs that a network of torch would not name in this way."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, values, dtype=numpy.float32):
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(numpy.asarray(values, dtype), name))
        return name

    def add(self, operator, *inputs, **attributes):
        name = f"{operator}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def save(self, name, outputs, input_type=TensorProto.FLOAT, shape=("batch", 3, SIDE, SIDE), metadata=None,
             further_input=None):
        """Writes the model; outputs are tuples of name, value, type and shape for one image."""
        nodes = self.nodes + [helper.make_node("Identity", [value], [output]) for output, value, _, _ in outputs]
        graph = helper.make_graph(
            nodes, name, [helper.make_tensor_value_info(*value) for value in [
                ("images", input_type, shape), further_input] if value],
            [helper.make_tensor_value_info(output, kind, ["batch", *size]) for output, _, kind, size in outputs],
            self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        helper.set_model_props(model, metadata or {})
        onnx.checker.check_model(model)
        onnx.save(model, out / (name + ".onnx"))


QUERIES, QUERY = 20, 7


def detr_boxes(graph, means, width=SIDE, height=SIDE):
    """The box of one query, as fractions of the input; the others are small boxes at its centre."""
    base = numpy.tile([0.5, 0.5, 0.1, 0.1], (1, QUERIES, 1))
    base[0, QUERY] = numpy.array([CENTRE_X, CENTRE_Y, WIDTH, HEIGHT]) / [width, height, width, height]
    zero = graph.add("Mul", graph.add("ReduceMean", means, axes=[1, 2], keepdims=1), graph.constant(0))
    return graph.add("Add", zero, graph.constant(base))


def of_query(graph, values, others):
    """The values for one query, and other values for the other queries."""
    chosen = numpy.zeros((1, QUERIES, 1), bool)
    chosen[0, QUERY] = True
    return graph.add("Where", graph.constant(chosen, bool), values, graph.constant(others))


def channel_means(graph):
    """[B, 1, 3], from slightly above 0 to slightly below 1."""
    means = graph.add("Unsqueeze", graph.add("ReduceMean", "images", axes=[2, 3], keepdims=0),
                      graph.constant([1], numpy.int64))
    return graph.add("Clip", means, graph.constant(1e-6), graph.constant(1 - 1e-6))


def detr_sigmoid():
    """Independent logits, as in RT-DETR."""
    graph = Graph()
    means = channel_means(graph)
    logits = graph.add("Log", graph.add("Div", means, graph.add("Sub", graph.constant(1), means)))
    graph.save("detr_sigmoid", [
        ("logits", of_query(graph, logits, -14), TensorProto.FLOAT, [QUERIES, 3]),
        ("pred_boxes", detr_boxes(graph, means), TensorProto.FLOAT, [QUERIES, 4])])


def detr_softmax():
    """Logits of classes that exclude each other, the last of which is "no object", as in DETR."""
    graph = Graph()
    means = channel_means(graph)
    rest = graph.add("Sub", graph.constant(1), graph.add("ReduceSum", means, graph.constant([2], numpy.int64)))
    rest = graph.add("Clip", rest, graph.constant(1e-6), graph.constant(1))
    logits = graph.add("Log", graph.add("Concat", means, rest, axis=2))
    graph.save("detr_softmax", [
        ("pred_boxes", detr_boxes(graph, means), TensorProto.FLOAT, [QUERIES, 4]),
        ("logits", of_query(graph, logits, [[[-9, -9, -9, 9]]]), TensorProto.FLOAT, [QUERIES, 4])])


def detr_single():
    """One tensor with probabilities, and metadata, as Ultralytics' RT-DETR."""
    graph = Graph()
    means = channel_means(graph)
    rows = graph.add("Concat", detr_boxes(graph, means), of_query(graph, means, 0), axis=2)
    graph.save("detr_single", [("output0", rows, TensorProto.FLOAT, [QUERIES, 7])],
               metadata={"author": "Ultralytics", "task": "detect", "names": "{0: 'red', 1: 'green', 2: 'blue'}"})


def counted(name, means, graph, boxes, first_class, names, count_type, count_shape, class_type, **arguments):
    """Two boxes, of which only the first is valid."""
    def repeated(value, kind):
        two = graph.add("Expand", value, graph.constant([1, 2], numpy.int64))
        return graph.add("Cast", two, to=kind)

    label = graph.add("ArgMax", means, axis=1, keepdims=1)
    label = graph.add("Add", label, graph.constant(first_class, numpy.int64))
    score = graph.add("ReduceMax", means, axes=[1], keepdims=1)
    zero = graph.add("Mul", score, graph.constant(0))
    count = graph.add("Cast", graph.add("Add", zero, graph.constant(1)), to=count_type)
    if len(count_shape) == 0:
        count = graph.add("Squeeze", count, graph.constant([1], numpy.int64))
    base = graph.constant([[boxes, [0, 0, 1, 1]]])
    boxes = graph.add("Add", graph.add("Unsqueeze", zero, graph.constant([2], numpy.int64)), base)
    graph.save(name, [
        (names[0], boxes, TensorProto.FLOAT, [2, 4]),
        (names[1], repeated(label, class_type), class_type, [2]),
        (names[2], repeated(score, TensorProto.FLOAT), TensorProto.FLOAT, [2]),
        (names[3], count, count_type, count_shape)], **arguments)


def ssd():
    """Takes bytes, as TensorFlow's object detection API; class 0 is the background."""
    graph = Graph()
    pixels = graph.add("Cast", "images", to=TensorProto.FLOAT)
    means = graph.add("Div", graph.add("ReduceMean", pixels, axes=[1, 2], keepdims=0), graph.constant(255))
    box = [CENTRE_Y - HEIGHT / 2, CENTRE_X - WIDTH / 2, CENTRE_Y + HEIGHT / 2, CENTRE_X + WIDTH / 2]
    counted("ssd", means, graph, [side / SIDE for side in box], 1,
            ["detection_boxes", "detection_classes", "detection_scores", "num_detections"],
            TensorProto.FLOAT, [], TensorProto.FLOAT,
            input_type=TensorProto.UINT8, shape=("batch", SIDE, SIDE, 3))


def efficient_nms():
    graph = Graph()
    means = graph.add("ReduceMean", "images", axes=[2, 3], keepdims=0)
    box = [CENTRE_X - WIDTH / 2, CENTRE_Y - HEIGHT / 2, CENTRE_X + WIDTH / 2, CENTRE_Y + HEIGHT / 2]
    counted("efficient_nms", means, graph, box, 0,
            ["det_boxes", "det_classes", "det_scores", "num_dets"],
            TensorProto.INT32, [1], TensorProto.INT32)


def rows(name, output, function, metadata=None):
    """One row for each image, from the means of its channels."""
    graph = Graph()
    means = graph.add("ReduceMean", "images", axes=[2, 3], keepdims=0)
    values = function(graph, means)
    graph.save(name, [(output, values, TensorProto.FLOAT, [3])], metadata=metadata)


def detr_sizes(name, width, height, shape):
    """Labels, boxes and scores, with the sizes of the original images as second input, as RT-DETR and D-FINE."""
    graph = Graph()
    means = channel_means(graph)
    scores = graph.add("ReduceMax", of_query(graph, means, 1e-4), axes=[2], keepdims=0)
    label = graph.add("ArgMax", means, axis=2, keepdims=0)
    zeros = graph.constant(numpy.zeros((1, QUERIES)), numpy.int64)
    centre = detr_boxes(graph, means, width, height)
    halves = graph.add("Mul", graph.add("Slice", centre, *(graph.constant([i], numpy.int64) for i in (2, 4, 2))),
                       graph.constant(0.5))
    middle = graph.add("Slice", centre, *(graph.constant([i], numpy.int64) for i in (0, 2, 2)))
    corners = graph.add("Concat", graph.add("Sub", middle, halves), graph.add("Add", middle, halves), axis=2)
    sizes = graph.add("Cast", graph.add("Concat", "orig_target_sizes", "orig_target_sizes", axis=1),
                      to=TensorProto.FLOAT)
    boxes = graph.add("Mul", corners, graph.add("Unsqueeze", sizes, graph.constant([1], numpy.int64)))
    graph.save(name, [
        ("labels", graph.add("Add", label, zeros), TensorProto.INT64, [QUERIES]),
        ("boxes", boxes, TensorProto.FLOAT, [QUERIES, 4]),
        ("scores", scores, TensorProto.FLOAT, [QUERIES])],
        shape=shape, further_input=("orig_target_sizes", TensorProto.INT64, ["batch", 2]))


def tag_logits(graph, means):
    """-4 for a mean of 0, 4 for a mean of 1."""
    return graph.add("Sub", graph.add("Mul", means, graph.constant(8)), graph.constant(4))


def tag_scores(graph, means):
    return graph.add("Sigmoid", tag_logits(graph, means))


def vector(graph, means):
    """(-1, 1, 3) for black."""
    return graph.add("Add", graph.add("Mul", means, graph.constant([2, -4, 8])), graph.constant([-1, 1, 3]))


def unit_vector(graph, means):
    values = vector(graph, means)
    return graph.add("Div", values, graph.add("ReduceL2", values, axes=[1], keepdims=1))


def detr_centered():
    """Centre and size, the best score and its class, as Ultralytics' RT-DETR since version 8.4."""
    graph = Graph()
    means = channel_means(graph)
    label = graph.add("Cast", graph.add("ArgMax", means, axis=2, keepdims=1), to=TensorProto.FLOAT)
    score = graph.add("ReduceMax", means, axes=[2], keepdims=1)
    row = graph.add("Concat", score, label, axis=2)
    rows = graph.add("Concat", detr_boxes(graph, means), of_query(graph, row, [[[1e-4, 0]]]), axis=2)
    graph.save("end2end_centered", [("output0", rows, TensorProto.FLOAT, [QUERIES, 6])],
               metadata={"task": "detect", "names": "{0: 'red', 1: 'green', 2: 'blue'}"})


def head(name, boxes, further, metadata, prototypes=None):
    """Candidates of YOLOv8 with further values: the first box in columns 10 and 11, the second in column 30.

    The score of a box is the mean of a channel, 0.9 and 0.8 of it for columns 11 and 30.
    """
    graph = Graph()
    columns, shares = [10, 11, 30], [1, 0.9, 0.8]
    first, second = (numpy.array([*box, *values]) for box, values in zip(boxes, further))
    rows = numpy.zeros((1, len(first), CELLS))
    chosen = numpy.zeros((1, 1, CELLS))
    for column, share, values in zip(columns, shares, [first, first, second]):
        rows[0, :, column] = values
        chosen[0, 0, column] = share
    means = graph.add("Unsqueeze", graph.add("ReduceMean", "images", axes=[2, 3], keepdims=0),
                      graph.constant([2], numpy.int64))
    zero = graph.add("Mul", graph.add("ReduceMean", means, axes=[1, 2], keepdims=1), graph.constant(0))
    parts = [graph.add("Add", zero, graph.constant(part)) for part in (rows[:, :4], rows[:, 4:])]
    scores = graph.add("Mul", means, graph.constant(chosen))
    outputs = [("output0", graph.add("Concat", parts[0], scores, parts[1], axis=1), TensorProto.FLOAT,
                [len(first) + 3, CELLS])]
    if prototypes is not None:
        fourth = graph.add("Unsqueeze", zero, graph.constant([3], numpy.int64))
        outputs.append(("output1", graph.add("Add", fourth, graph.constant(prototypes[None])), TensorProto.FLOAT,
                        list(prototypes.shape)))
    graph.save(name, outputs, metadata=metadata)


def prototypes():
    """A cone around column 7.2 and line 6.1, and a ramp from left to right, in cells of 4 x 4 pixels."""
    line, column = numpy.mgrid[0:16, 0:16]
    return numpy.stack([3.3 - numpy.hypot(column - 7.2, line - 6.1), (column - 9.3) / 4])


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
detr_sigmoid()
detr_softmax()
detr_single()
detr_centered()
ssd()
efficient_nms()
detr_sizes("detr_final", SIDE, SIDE, ("batch", 3, SIDE, SIDE))
detr_sizes("detr_final_wide", 2 * SIDE, SIDE, ("batch", 3, SIDE, 2 * SIDE))
rows("tag_logits", "output", tag_logits)
rows("tag_scores", "output", tag_scores)
rows("tag_named", "output", tag_logits, {"task": "tag", "names": "{0: 'red', 1: 'green', 2: 'blue'}"})
rows("vector", "embedding", vector)
rows("vector_unnamed", "output", vector)
rows("vector_unit", "output", unit_vector)

NAMES = "{0: 'red', 1: 'green', 2: 'blue'}"
CENTRED = [CENTRE_X, CENTRE_Y, WIDTH, HEIGHT]
CORNERS = [CENTRE_X - WIDTH / 2, CENTRE_Y - HEIGHT / 2, CENTRE_X + WIDTH / 2, CENTRE_Y + HEIGHT / 2]
# a quarter turn: width and height change places
TURNED = [CENTRE_X, CENTRE_Y, HEIGHT, WIDTH]
QUARTER = math.pi / 2
MASKS = {"task": "segment", "names": NAMES}
POSES = {"task": "pose", "names": NAMES, "kpt_shape": "[2, 3]"}
ORIENTED = {"task": "obb", "names": NAMES}
BOXES_AND_PROTOTYPES = ("output0", "output1")

export("segment", Head(CENTRED, 2, -3.0, 2), image(), BOXES_AND_PROTOTYPES, metadata=MASKS)
export("segment_final", FinalBoxes(CORNERS, 2, -3.0, 2), image(), BOXES_AND_PROTOTYPES, metadata=MASKS)
export("pose", Head(CENTRED, 6, 30.0), image(), metadata=POSES)
export("pose_final", FinalBoxes(CORNERS, 6, 30.0), image(), metadata=POSES)
export("obb", Head(TURNED, 1, QUARTER), image(), metadata=ORIENTED)
export("obb_final", FinalBoxes(TURNED, 1, QUARTER), image(), metadata=ORIENTED)
export("first_image", FirstImage(FinalBoxes(CORNERS)), image(), metadata={"task": "detect", "end2end": "True"})
BOXES = [[28, 22, 16, 10], [44, 40, 12, 12]]
head("points", BOXES, [[24, 18, 0.9, 30, 22, 0.2], [40, 36, 0.8, 70, 40, 0.5]], POSES)
head("positions", BOXES, [[24, 18, 30, 22, 26, 20], [40, 36, 70, 40, 44, 38]], {**POSES, "kpt_shape": "[3, 2]"})
head("corners", [[28, 22, 16, 8], [44, 40, 12, 6]], [[math.radians(30)], [math.radians(100)]], ORIENTED)
head("masks", BOXES, [[1.0, 0.25], [0.0, 1.0]], MASKS, prototypes())
