"""The hybrid network over an area: inference.py RUNTIME THREADS HEIGHT WIDTH ROUNDS. Prints cells/s of the best chunk.

RUNTIME is torch, or onnxruntime or openvino, which get the same network as ONNX. The network is that of
fixtures/forecasting/reference.py, whose logits lsmap's are tested against; here in the dense form, as shared as PyTorch can have
it: whole maps through the convolutions, chunks of cells through the encoder.
"""

import importlib
import io
import json
import pathlib
import sys
import time

import torch
from torch import nn
from torch.nn.functional import avg_pool2d

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "forecasting"))
from reference import PAPER, golden_network  # noqa: E402

runtime = sys.argv[1]
threads, height, width, rounds = map(int, sys.argv[2:6])
library = importlib.import_module(runtime)
cells = height * width
torch.set_num_threads(threads)
torch.manual_seed(1)
network = golden_network(PAPER)
static = torch.randn(1, 31, height + 8, width + 8)
rain = torch.rand(24, 3, height + 8, width + 8)
physics, logit = torch.rand(cells, 6), torch.rand(cells)


class Maps(nn.Module):
    """Convolutions of whole maps: ground features (cells, 64) and tokens (cells, 24, 64)."""

    def forward(self, static, rain):
        def features(maps):
            return torch.cat([maps[:, :, 2:-2, 2:-2], avg_pool2d(maps, 5, 1)], 1).flatten(2).transpose(1, 2)

        s = features(torch.relu(network.static2(torch.relu(network.static1(static)))))[0]
        r = features(torch.relu(network.rain2(torch.relu(network.rain1(rain)))))
        return s, network.token(r).transpose(0, 1) + network.position


class Cells(nn.Module):
    """Encoder and head of a chunk of cells."""

    def forward(self, s, tokens, physics, logit):
        return network.head(s, network.encode(tokens), physics, logit)


def compiled(module, inputs, names):
    """The module as a function of arrays in the runtime, for any number of cells."""
    if runtime == "torch":
        return module
    module.network = network
    cells_first = [{0: torch.export.Dim("n", min=2)} if name in ("s", "tokens", "physics", "logit") else None for name in names]
    shapes = tuple(cells_first) if any(cells_first) else None
    program = torch.onnx.export(module.eval(), inputs, input_names=names, dynamo=True, dynamic_shapes=shapes, verbose=False)
    file = io.BytesIO()
    program.save(file)
    if runtime == "onnxruntime":
        options = library.SessionOptions()
        options.intra_op_num_threads = threads
        session = library.InferenceSession(file.getvalue(), options, providers=["CPUExecutionProvider"])
        return lambda *arrays: session.run(None, dict(zip(names, arrays)))
    core = library.Core()
    core.set_property("CPU", {"INFERENCE_NUM_THREADS": threads})
    model = core.compile_model(core.read_model(io.BytesIO(file.getvalue())), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return lambda *arrays: list(model(arrays).values())


with torch.inference_mode():
    expected = Cells()(*(part[:64] for part in (*Maps()(static, rain), physics, logit)))
sample = (torch.randn(64, 64), torch.randn(64, 24, 64), physics[:64], logit[:64])
maps = compiled(Maps(), (static, rain), ["static", "rain"])
encoder = compiled(Cells(), sample, ["s", "tokens", "physics", "logit"])
inputs = (static, rain, physics, logit)
if runtime != "torch":
    inputs = tuple(value.numpy() for value in inputs)


def run(chunk):
    s, tokens = maps(*inputs[:2])
    parts = [(s[i : i + chunk], tokens[i : i + chunk], *(x[i : i + chunk] for x in inputs[2:])) for i in range(0, cells, chunk)]
    return [encoder(*part) for part in parts]


best, setting = 0, 0
with torch.inference_mode():
    first = torch.as_tensor(run(64)[0][0] if runtime != "torch" else run(64)[0])
    if (first - expected).abs().max() > 1e-4:
        sys.exit(f"{runtime} gives other logits than PyTorch")
    for chunk in (32, 64, 128, 256, 512):
        for _ in range(rounds):
            start = time.perf_counter()
            run(chunk)
            speed = cells / (time.perf_counter() - start)
            if speed > best:
                best, setting = speed, chunk
name = {"torch": "PyTorch", "onnxruntime": "ONNX Runtime", "openvino": "OpenVINO"}[runtime]
version = library.__version__.split("+")[0].split("-")[0]
print(json.dumps({"name": f"{name} {version}, chunks of {setting}", "value": best}))
