"""Writes a trained network as TorchScript and as ONNX, with its labels."""

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path

import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from nets.catalog import ModelSpec
from nets.network import ConvUnit, Exported

OPSET = 17
# The maximum difference between the two formats, in pixels relative to the input size and in
# scores.
TOLERANCE = 1e-4


def export(spec: ModelSpec, network: nn.Module, folder: Path) -> None:
    """Writes `<name>.torchscript`, `<name>.onnx` and `<name>.labels.txt` and compares the two."""
    folder.mkdir(parents=True, exist_ok=True)
    module = Exported(_fused(network), spec.layout).eval()
    example = torch.rand(2, 3, spec.input_size, spec.input_size)
    script_file, onnx_file = folder / f"{spec.name}.torchscript", folder / f"{spec.name}.onnx"
    with torch.no_grad():
        _save_script(torch.jit.trace(module, example), script_file)
        torch.onnx.export(
            module,
            (example,),
            str(onnx_file),
            input_names=["images"],
            output_names=["output"],
            dynamic_axes={"images": {0: "batch"}, "output": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
    _describe(onnx_file, spec)
    labels = folder / f"{spec.name}.labels.txt"
    labels.write_text("".join(f"{name}\n" for name in spec.classes), encoding="utf-8")
    _compare(script_file, onnx_file, spec)


def _save_script(module: torch.jit.ScriptModule, file: Path) -> None:
    """Saves without the debug records, which hold paths of the machine that traced it."""
    saved = io.BytesIO()
    torch.jit.save(module, saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(file, "w") as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                name = file.stem + entry.filename[entry.filename.index("/") :]
                target.writestr(zipfile.ZipInfo(name), source.read(entry))


def _fused(network: nn.Module) -> nn.Module:
    """A copy whose convolutions include the batch normalisation after them."""
    fused = copy.deepcopy(network).eval()
    for module in fused.modules():
        if isinstance(module, ConvUnit):
            module[0] = fuse_conv_bn_eval(module[0], module[1])
            module[1] = nn.Identity()
    return fused


def _describe(file: Path, spec: ModelSpec) -> None:
    model = onnx.load(file)
    values = {
        "names": repr(dict(enumerate(spec.classes))),
        "task": "classify" if spec.layout.value == "softmax" else "detect",
        "imgsz": repr([spec.input_size, spec.input_size]),
    }
    onnx.helper.set_model_props(model, values)
    onnx.checker.check_model(model)
    onnx.save(model, file)


def _compare(script_file: Path, onnx_file: Path, spec: ModelSpec) -> None:
    script = torch.jit.load(script_file)
    session = onnxruntime.InferenceSession(onnx_file, providers=["CPUExecutionProvider"])
    for batch in (1, 3):
        images = torch.rand(batch, 3, spec.input_size, spec.input_size)
        with torch.no_grad():
            expected = script(images)
        actual = torch.from_numpy(session.run(None, {"images": images.numpy()})[0])
        scale = expected.abs().clamp(min=1)
        difference = ((actual - expected).abs() / scale).max().item()
        if not difference <= TOLERANCE:
            raise RuntimeError(f"{spec.name}: ONNX differs from TorchScript by {difference:.2e}")
