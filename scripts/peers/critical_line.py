"""Weights of the critical line of one unit: critical_line.py NODES ROUNDS. Prints units/s of the best round."""

import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np
import scipy
from scipy.linalg import cho_factor, cho_solve

count, rounds = map(int, sys.argv[1:3])
nodes, centres, rho = 93, 24, 1.5
table = np.exp(-((np.arange(nodes)[:, None] / (nodes - 1) * (centres - 1) - np.arange(centres)) / rho) ** 2)
node = np.arange(count) * 2357 % nodes**2
events = 1.0 + np.arange(count) % 5


def weights():
    h = (table[node // nodes][:, :, None] * table[node % nodes][:, None, :]).reshape(count, -1)
    if count < centres**2:  # the smaller of the two equal systems
        a = h @ h.T
        a[np.diag_indices(count)] += 1 / events
        return h.T @ cho_solve(cho_factor(a, overwrite_a=True, check_finite=False), np.ones(count), check_finite=False)
    scaled = h * np.sqrt(events)[:, None]
    a = scaled.T @ scaled
    a[np.diag_indices(centres**2)] += 1
    return cho_solve(cho_factor(a, overwrite_a=True, check_finite=False), h.T @ events, check_finite=False)


best = float("inf")
for _ in range(rounds + 1):
    start = time.perf_counter()
    w = weights()
    best = min(best, time.perf_counter() - start)
print(json.dumps({"name": f"NumPy {np.__version__}, SciPy {scipy.__version__}", "value": 1 / best, "check": w.sum()}))
