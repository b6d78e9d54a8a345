"""The hybrid network over an area in PyTorch: inference.py THREADS HEIGHT WIDTH ROUNDS. Prints cells/s of the best chunk.

Convolutions are shared between neighbours as lsmap shares them; the transformer runs over chunks of cells.
"""

import json
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

threads, height, width, rounds = map(int, sys.argv[1:5])
torch.set_num_threads(threads)
torch.manual_seed(1)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.static = nn.Sequential(nn.Conv2d(31, 32, 3), nn.ReLU(), nn.Conv2d(32, 32, 3), nn.ReLU())
        self.rain = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU(), nn.Conv2d(16, 32, 3), nn.ReLU())
        self.token = nn.Linear(64, 64)
        layer = nn.TransformerEncoderLayer(64, 4, 128, activation="gelu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, 3, enable_nested_tensor=False)
        self.latent = nn.Linear(64 + 64 + 6, 64)
        self.classifier = nn.Linear(64, 1)
        self.register_buffer("position", torch.randn(24, 64))

    def forward(self, static, rain, physics, logit, chunk):
        def summary(maps):  # centre and mean of the 5 x 5 map of each cell
            return torch.cat([maps[:, :, 2:-2, 2:-2], F.avg_pool2d(maps, 5, 1)], 1)

        ground = summary(self.static(static))[0].flatten(1).T
        tokens = summary(self.rain(rain)).flatten(2).permute(2, 0, 1)
        out = torch.empty(len(ground))
        for first in range(0, len(ground), chunk):
            part = slice(first, first + chunk)
            x = self.encoder(self.token(tokens[part]) + self.position).mean(1)
            h = F.relu(self.latent(torch.cat([ground[part], x, physics[part]], 1)))
            out[part] = self.classifier(h)[:, 0] + 0.5 * logit[part]
        return out


cells = height * width
inputs = (
    torch.randn(1, 31, height + 8, width + 8),
    torch.rand(24, 3, height + 8, width + 8),
    torch.rand(cells, 6),
    torch.randn(cells),
)
network = Network().eval()
best, best_chunk = float("inf"), 0
with torch.inference_mode():
    for chunk in (128, 512, 2048):
        for _ in range(rounds + 1):
            start = time.perf_counter()
            network(*inputs, chunk)
            seconds = time.perf_counter() - start
            if seconds < best:
                best, best_chunk = seconds, chunk
print(json.dumps({"name": f"PyTorch {torch.__version__}, chunks of {best_chunk}", "value": cells / best}))
