"""Trains the demo's models on the CPU and exports them to demo/models.

    python demo/make_images.py --split training
    python demo/train.py                       all models
    python demo/train.py --model scout         one model
    python demo/train.py --quick               a few steps of each, into demo/training/quick

The same seed and number of threads give the same weights on the same machine.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from nets.catalog import MODELS, PLACES, Layout, ModelSpec, Phase
from nets.data import Batch, TrainingSet, batches, load
from nets.export import export
from nets.loss import detection_loss
from nets.network import build

DEMO = Path(__file__).resolve().parent
SEED = 7
BATCH_SIZE = 32
WEIGHT_DECAY = 0.02
MAX_GRADIENT_NORM = 10.0
WARM_UP = 0.15
EMA_DECAY = 0.998


@dataclass(frozen=True)
class Settings:
    """The folders and the amount of training: `effort` is a fraction of the catalogue's epochs."""

    folder: Path
    checkpoints: Path
    models: Path
    effort: float


class AveragedNetwork:
    """An exponential moving average of a network's weights, more accurate than the last weights."""

    def __init__(self, network: nn.Module) -> None:
        self.network = copy.deepcopy(network).eval()
        self._steps = 0

    def update(self, network: nn.Module) -> None:
        self._steps += 1
        decay = EMA_DECAY * (1 - math.exp(-self._steps / 200))
        with torch.no_grad():
            current = network.state_dict()
            for name, average in self.network.state_dict().items():
                if average.is_floating_point():
                    average.lerp_(current[name], 1 - decay)


def train(spec: ModelSpec, data: TrainingSet, settings: Settings) -> nn.Module:
    """Trains a model through its phases and returns the averaged network."""
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    weights = _starting_weights(spec, settings)
    for phase in spec.phases:
        network = build(spec, phase.input_size)
        _take_over(network, weights)
        network = _train_phase(spec, phase, network, data, rng, settings.effort)
        weights = network.state_dict()
    return network


def _train_phase(
    spec: ModelSpec,
    phase: Phase,
    network: nn.Module,
    data: TrainingSet,
    rng: np.random.Generator,
    effort: float,
) -> nn.Module:
    network = network.to(memory_format=torch.channels_last).train()
    average = AveragedNetwork(network)
    steps = max(2, round(phase.epochs * effort * (len(data.samples) // BATCH_SIZE)))
    optimizer = torch.optim.AdamW(
        network.parameters(), phase.learning_rate, weight_decay=WEIGHT_DECAY
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, phase.learning_rate, total_steps=steps, pct_start=WARM_UP
    )
    started, recent = time.monotonic(), []
    for step, batch in zip(range(1, steps + 1), _endless(spec, phase, data, rng)):
        loss = _loss(spec, network, batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), MAX_GRADIENT_NORM)
        optimizer.step()
        schedule.step()
        average.update(network)
        recent.append(loss.item())
        if step % 100 == 0 or step == steps:
            seconds = time.monotonic() - started
            mean = sum(recent) / len(recent)
            title = f"{spec.name} at {phase.input_size} pixels"
            print(f"{title}: step {step} of {steps}, loss {mean:.3f}, {seconds:.0f} s", flush=True)
            recent.clear()
    return average.network


def _endless(
    spec: ModelSpec, phase: Phase, data: TrainingSet, rng: np.random.Generator
) -> Iterator[Batch]:
    size = min(BATCH_SIZE, len(data.samples))
    while True:
        yield from batches(rng, data, spec.classes, PLACES, phase.input_size, size)


def _loss(spec: ModelSpec, network: nn.Module, batch: Batch) -> Tensor:
    images = batch.inputs.permute(0, 3, 1, 2).float() / 255
    with torch.autocast("cpu", torch.bfloat16):
        output = network(images.contiguous(memory_format=torch.channels_last))
    if spec.layout is Layout.SOFTMAX:
        return functional.cross_entropy(output.float(), batch.places)
    return detection_loss(network, *output, batch.targets)


def _starting_weights(spec: ModelSpec, settings: Settings) -> dict[str, Tensor]:
    if spec.starts_from is None:
        return {}
    checkpoint = settings.checkpoints / f"{spec.starts_from}.pt"
    if not checkpoint.exists():
        raise SystemExit(
            f"Cannot train {spec.name}: train {spec.starts_from} first, because {spec.name} starts from"
            " its weights"
        )
    return torch.load(checkpoint, weights_only=True)


def _take_over(network: nn.Module, weights: dict[str, Tensor]) -> None:
    """Copies the weights whose names and shapes agree."""
    own = network.state_dict()
    fitting = {k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}
    network.load_state_dict(fitting, strict=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", choices=[spec.name for spec in MODELS], action="append")
    parser.add_argument("--effort", type=float, default=1, help="fraction of the epochs, default 1")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="a few steps, as a test")
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    cv2.setNumThreads(0)
    folder = DEMO / "training"
    kept = folder / "quick" if arguments.quick else folder
    models = kept / "models" if arguments.quick else DEMO / "models"
    effort = 0.01 if arguments.quick else arguments.effort
    settings = Settings(folder, kept / "checkpoints", models, effort)
    settings.checkpoints.mkdir(parents=True, exist_ok=True)
    data = load(folder, limit=200 if arguments.quick else None)
    for spec in MODELS:
        if arguments.model is None or spec.name in arguments.model:
            network = train(spec, data, settings)
            torch.save(network.state_dict(), settings.checkpoints / f"{spec.name}.pt")
            export(spec, network, settings.models)


if __name__ == "__main__":
    main()
