"""The loss of a detector: assigns cells to objects, and measures their errors.

Cells are assigned by how well they already predict an object, as in "TOOD: Task-aligned One-stage
Object Detection" (Feng et al., 2021): the best few cells of an object learn it, and learn to be as
sure of it as their box is good.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from nets.network import Detector

# Cells that are assigned to one object.
CELLS_PER_OBJECT = 8
# Exponents of score and IoU in the alignment of a cell with an object.
SCORE_POWER, IOU_POWER = 0.5, 6.0
BOX_WEIGHT, CLASS_WEIGHT = 6.0, 1.0
EPSILON = 1e-7


@dataclass(frozen=True)
class Targets:
    """The objects of a batch, padded to the largest number M in one image.

    `boxes` [B, M, 4] has left, top, right, bottom in pixels of the input, `labels` [B, M] the class
    index and `present` [B, M] is false for padding.
    """

    boxes: Tensor
    labels: Tensor
    present: Tensor


@dataclass(frozen=True)
class Assignment:
    """For each cell the index of its object [B, N] and its target objectness [B, N], which
    is 0 for cells without an object."""

    owner: Tensor
    objectness: Tensor


def corners(boxes: Tensor) -> Tensor:
    """Centre and size to left, top, right, bottom, in the last dimension of 4."""
    half = boxes[..., 2:] / 2
    return torch.cat([boxes[..., :2] - half, boxes[..., :2] + half], dim=-1)


def iou(first: Tensor, second: Tensor) -> Tensor:
    """Intersection over union of boxes as corners [..., 4], broadcast."""
    low = torch.maximum(first[..., :2], second[..., :2])
    high = torch.minimum(first[..., 2:], second[..., 2:])
    shared = (high - low).clamp(min=0).prod(dim=-1)
    union = _area(first) + _area(second) - shared
    return shared / (union + EPSILON)


def distance_iou(first: Tensor, second: Tensor) -> Tensor:
    """IoU less the squared distance of the centres over that of the hull's corners (DIoU)."""
    low = torch.minimum(first[..., :2], second[..., :2])
    high = torch.maximum(first[..., 2:], second[..., 2:])
    hull = (high - low).square().sum(dim=-1)
    apart = (first[..., :2] + first[..., 2:] - second[..., :2] - second[..., 2:]) / 2
    return iou(first, second) - apart.square().sum(dim=-1) / (hull + EPSILON)


def detection_loss(network: Detector, boxes: Tensor, logits: Tensor, targets: Targets) -> Tensor:
    """The loss of a batch of predictions (see `Detector.forward`), a scalar."""
    predicted = corners(boxes)
    with torch.no_grad():
        assignment = _assign(network, predicted, logits, targets)
    total = assignment.objectness.sum().clamp(min=1)
    loss = _objectness_loss(logits[..., 0], assignment.objectness) / total
    image, cell = assignment.objectness.nonzero(as_tuple=True)
    if len(image) == 0:
        return loss
    weight = assignment.objectness[image, cell]
    owner = assignment.owner[image, cell]
    overlap = distance_iou(predicted[image, cell], targets.boxes[image, owner])
    wanted = functional.one_hot(targets.labels[image, owner], logits.shape[-1] - 1).float()
    confusion = functional.binary_cross_entropy_with_logits(
        logits[image, cell, 1:], wanted, reduction="none"
    ).sum(dim=1)
    box_loss = ((1 - overlap) * weight).sum() / total
    class_loss = (confusion * weight).sum() / total
    return loss + BOX_WEIGHT * box_loss + CLASS_WEIGHT * class_loss


def _objectness_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy weighted by the squared error, so that the many easy cells count little."""
    entropy = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (entropy * (logits.sigmoid() - wanted).square()).sum() * 4


def _assign(network: Detector, predicted: Tensor, logits: Tensor, targets: Targets) -> Assignment:
    objects = targets.boxes.unsqueeze(2)
    overlap = iou(objects, predicted.unsqueeze(1))
    scores = logits[..., :1].sigmoid() * logits[..., 1:].sigmoid()
    index = targets.labels.unsqueeze(2).expand(-1, -1, scores.shape[1])
    score = scores.transpose(1, 2).gather(1, index)
    alignment = score**SCORE_POWER * overlap**IOU_POWER + EPSILON
    alignment = alignment * _eligible(network, targets)

    best, cells = alignment.topk(CELLS_PER_OBJECT, dim=2)
    chosen = torch.zeros_like(alignment).scatter_(2, cells, (best > 0).float())
    claim, owner = (overlap + EPSILON).mul(chosen).max(dim=1)
    own = torch.zeros_like(chosen).scatter_(1, owner.unsqueeze(1), 1.0) * chosen
    alignment, overlap = alignment * own, overlap * own
    peak = alignment.amax(dim=2, keepdim=True).clamp(min=EPSILON)
    objectness = (alignment / peak * overlap.amax(dim=2, keepdim=True)).amax(dim=1)
    return Assignment(owner, objectness * (claim > 0))


def _eligible(network: Detector, targets: Targets) -> Tensor:
    """Whether a cell can be assigned to an object, 0 or 1 [B, M, N]: its centre is in the object's
    box or within one stride of the box's centre."""
    objects = targets.boxes.unsqueeze(2)
    inside = ((network.centres > objects[..., :2]) & (network.centres < objects[..., 2:])).all(-1)
    middle = (objects[..., :2] + objects[..., 2:]) / 2
    close = ((network.centres - middle).abs() < network.strides).all(-1)
    return ((inside | close) & targets.present.unsqueeze(2)).float()


def _area(boxes: Tensor) -> Tensor:
    return (boxes[..., 2:] - boxes[..., :2]).clamp(min=0).prod(dim=-1)
