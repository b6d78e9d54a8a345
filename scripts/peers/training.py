"""Training steps a second of the paper's network in PyTorch, for `make bench` to stand beside lsmap's.

  python training.py [--step finetuning|pretraining] [--batch 128] [--threads 2] [--seconds 20]

The network is that of fixtures/forecasting/reference.py, dropout .1. A step is forward, loss, backward, clipping of the
norm and fused AdamW on tensors that are ready; lsmap's own figure also has the making of the inputs in it. Fine-tuning:
focal + 3 focal after noise on the features + .1 KL. Pre-training: eq. 1 on the metric head. One thread and all, plain and
channels-last maps take turns until the time is up, and the fastest step of each counts; beside it samples per second of
processor time on one thread, which neighbours disturb less. Prints one line of JSON.
"""

import argparse
import json
import pathlib
import sys
import time

import torch
from torch import nn
from torch.nn.functional import normalize, softplus

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "forecasting"))
from reference import PAPER, HybridNetwork  # noqa: E402


class Metric(HybridNetwork):
    """With the metric head, and the latent features in reach."""

    def __init__(self, shape):
        super().__init__(shape)
        self.metric = nn.Sequential(nn.Linear(shape["latent"], shape["latent"]), nn.ReLU(), nn.Linear(shape["latent"], 32))

    def features(self, static, rain, physics):
        n = len(static)
        s = self.summary(torch.relu(self.static2(torch.relu(self.static1(static)))))
        r = torch.relu(self.rain2(torch.relu(self.rain1(rain.reshape(n * 24, 3, 9, 9)))))
        tokens = self.token(self.summary(r)).reshape(n, 24, -1) + self.position
        return torch.relu(self.latent(torch.cat([s, self.encode(tokens), physics], -1)))


def focal(z, y):
    x = (2 * y - 1) * z
    weight = torch.where(y > 0, 0.25, 0.75)
    return (weight * torch.sigmoid(-x) ** 2 * softplus(-x)).mean()


def finetuning_loss(network, data):
    h = network.features(data["static"], data["rain"], data["physics"])
    skip = softplus(network.skip_raw) * data["logit"]
    z = network.classifier(h)[:, 0] + skip
    noisy = (1 + 0.3 * torch.randn_like(h)) * h + 0.3 * torch.randn_like(h)
    shaken = network.classifier(noisy)[:, 0] + skip
    q = torch.sigmoid(data["logit"])
    divergence = (q * q.log() + (1 - q) * (1 - q).log() + softplus(z) - q * z).mean()
    return focal(z, data["label"]) + 3 * focal(shaken, data["label"]) + 0.1 * divergence


def pretraining_loss(network, data):
    z = normalize(network.metric(network.features(data["static"], data["rain"], data["physics"])), dim=1, eps=1e-8)
    s = z @ z.T / 0.5
    same = data["label"][:, None] == data["label"][None]
    positive = same & (data["region"][:, None] != data["region"][None])
    below = s.masked_fill(same, -torch.inf).logsumexp(1)
    return (below - (s * positive).sum(1) / positive.sum(1)).mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--step", choices=("finetuning", "pretraining"), default="finetuning")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    torch.manual_seed(0)
    n = options.batch
    network = Metric(PAPER).train()
    matrices = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim == 1]
    optimiser = torch.optim.AdamW([{"params": matrices}, {"params": others, "weight_decay": 0.0}], lr=1e-4, fused=True)
    loss = finetuning_loss if options.step == "finetuning" else pretraining_loss
    plain = {
        "static": torch.randn(n, 31, 9, 9), "rain": torch.relu(torch.randn(n, 24, 3, 9, 9)),
        "physics": torch.rand(n, 6), "logit": torch.randn(n), "label": (torch.arange(n) % 4 == 0).float(),
        "region": torch.arange(n) // 4 % 8,
    }
    last = dict(plain, static=plain["static"].to(memory_format=torch.channels_last))
    last["rain"] = plain["rain"].reshape(n * 24, 3, 9, 9).to(memory_format=torch.channels_last)

    def step(data):
        optimiser.zero_grad(set_to_none=True)
        loss(network, data).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()

    best, processor = {}, 0
    end = time.perf_counter() + options.seconds
    counts = sorted({1, options.threads})
    while time.perf_counter() < end or len(best) < 2 * len(counts):
        for threads in counts:
            torch.set_num_threads(threads)
            for layout, data in (("plain", plain), ("channels-last", last)):
                for _ in range(3):
                    start, used = time.perf_counter(), time.process_time()
                    step(data)
                    spent, used = time.perf_counter() - start, time.process_time() - used
                    if threads == 1:
                        processor = max(processor, n / used)
                name = f"{threads} threads, {layout}"
                best[name] = max(best.get(name, 0), n / spent)
    print(
        json.dumps(
            {
                "name": f"PyTorch {torch.__version__.split('+')[0]}, {max(best, key=best.get)}",
                "value": max(best.values()), "step": options.step, "batch": n,
                "samples_per_processor_second": round(processor, 1),
                "all": {name: round(value, 1) for name, value in sorted(best.items())},
            }
        )
    )


if __name__ == "__main__":
    main()
