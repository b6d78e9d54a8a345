"""The hybrid network over an area in PyTorch: inference.py THREADS HEIGHT WIDTH ROUNDS. Prints cells/s of the best chunk.

The network is that of fixtures/forecasting/reference.py, whose logits lsmap's are tested against; here in the dense form, as
shared as PyTorch can have it: whole maps through the convolutions, chunks of cells through the encoder.
"""

import json
import pathlib
import sys
import time

import torch
from torch.nn.functional import avg_pool2d

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "forecasting"))
from reference import PAPER, golden_network  # noqa: E402

threads, height, width, rounds = map(int, sys.argv[1:5])
torch.set_num_threads(threads)
torch.manual_seed(1)
network = golden_network(PAPER)
static = torch.randn(1, 31, height + 8, width + 8)
rain = torch.rand(24, 3, height + 8, width + 8)
physics, logit = torch.rand(height * width, 6), torch.rand(height * width)


def features(maps):
    return torch.cat([maps[:, :, 2:-2, 2:-2], avg_pool2d(maps, 5, 1)], 1).flatten(2).transpose(1, 2)


def run(chunk):
    s = features(torch.relu(network.static2(torch.relu(network.static1(static)))))[0]
    r = features(torch.relu(network.rain2(torch.relu(network.rain1(rain)))))
    tokens = network.token(r).transpose(0, 1) + network.position
    return network.head(s, torch.cat([network.encode(part) for part in tokens.split(chunk)]), physics, logit)


best, setting = 0, 0
with torch.inference_mode():
    for chunk in (32, 64, 128, 256, 512):
        for _ in range(rounds):
            start = time.perf_counter()
            run(chunk)
            speed = height * width / (time.perf_counter() - start)
            if speed > best:
                best, setting = speed, chunk
version = torch.__version__.split("+")[0]
print(json.dumps({"name": f"PyTorch {version}, chunks of {setting}", "value": best}))
