"""The three tanks over a day: tank.py numpy|numba CELLS THREADS ROUNDS. Prints M cell-steps/s of the best round."""

import json
import sys
import time

import numpy as np

kind, cells, threads, rounds = sys.argv[1], *map(int, sys.argv[2:5])
place = np.arange(24 * cells)
rain = np.where(place % 7 == 0, place % 30, 0).astype(np.float32).reshape(24, cells)
f = np.float32


def numpy_day(tanks):
    """In place, a strip that fits the cache at a time; NumPy has one thread for this."""
    strip = 8192
    for start in range(0, cells, strip):
        s1, s2, s3 = tanks[:, start : start + strip]
        q, down1, down2, t = (np.empty_like(s1) for _ in range(4))
        for hour in range(24):
            r = rain[hour, start : start + strip] * f(1 / 6)
            for _ in range(6):
                np.subtract(s1, f(15), out=q)
                np.maximum(q, f(0), out=q)
                q *= f(0.1 / 6)
                np.subtract(s1, f(60), out=t)
                np.maximum(t, f(0), out=t)
                t *= f(0.15 / 6)
                q += t
                np.multiply(s1, f(0.12 / 6), out=down1)
                np.multiply(s2, f(0.05 / 6), out=down2)
                s1 -= q
                s1 -= down1
                s1 += r
                np.subtract(s2, f(15), out=q)
                np.maximum(q, f(0), out=q)
                q *= f(0.05 / 6)
                s2 -= q
                s2 -= down2
                s2 += down1
                np.subtract(s3, f(15), out=q)
                np.maximum(q, f(0), out=q)
                q *= f(0.01 / 6)
                np.multiply(s3, f(0.01 / 6), out=t)
                s3 -= q
                s3 -= t
                s3 += down2


def numba_day():
    import numba

    numba.set_num_threads(threads)

    strip = 4096  # the time loop inside a strip, cells innermost: so it vectorises and stays in the cache

    @numba.njit(parallel=threads > 1, fastmath=True)
    def day(tanks, rain):
        for piece in numba.prange((rain.shape[1] + strip - 1) // strip):
            first, last = piece * strip, min((piece + 1) * strip, rain.shape[1])
            for hour in range(24):
                for _ in range(6):
                    for cell in range(first, last):
                        s1, s2, s3 = tanks[0, cell], tanks[1, cell], tanks[2, cell]
                        q1 = f(0.1) * max(s1 - f(15), f(0)) + f(0.15) * max(s1 - f(60), f(0))
                        q2 = f(0.05) * max(s2 - f(15), f(0))
                        q3 = f(0.01) * max(s3 - f(15), f(0))
                        d1, d2, d3 = f(0.12) * s1, f(0.05) * s2, f(0.01) * s3
                        tanks[0, cell] = s1 + rain[hour, cell] * f(1 / 6) - (q1 + d1) * f(1 / 6)
                        tanks[1, cell] = s2 + (d1 - q2 - d2) * f(1 / 6)
                        tanks[2, cell] = s3 + (d2 - q3 - d3) * f(1 / 6)

    return lambda tanks: day(tanks, rain)


if kind == "numba":
    import numba as module

    run = numba_day()
else:
    module, run = np, numpy_day

best = float("inf")
for _ in range(rounds + 1):
    tanks = np.zeros((3, cells), np.float32)
    start = time.perf_counter()
    run(tanks)
    best = min(best, time.perf_counter() - start)
name = {"numpy": "NumPy", "numba": "numba"}[kind] + " " + module.__version__ + (
    " (one thread)" if kind == "numpy" and threads > 1 else ""
)
print(json.dumps({"name": name, "value": cells * 144 / best / 1e6, "check": float(tanks.sum(0).mean())}))
