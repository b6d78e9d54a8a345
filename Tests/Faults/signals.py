"""Signals at random moments of all commands. Right is: the end within a second, the code of the signal (or that of a run that was over before), no
crash, no draft, and a folder under its name only where it is whole. Before the tool has begun (its libraries are being loaded) the system itself ends it,
for a shell with the same code."""
import pathlib
import random
import shutil
import signal
import subprocess
import time

from place import RUN, drafts, predict

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
AREA = "--catalog P/catalog.yaml --area 503334"
# A command, and what it needs: a place where nothing was done yet, or one with a run.
COMMANDS = [
    ("clean", f"predict {AREA} --date 2023-08-04 --method swi-ews --out P/out"),
    ("clean", f"predict {AREA} --date 2023-08-04 --out P/out"),
    ("clean", f"predict --catalog P/catalog.yaml --areas 503334 503335 --from 2023-08-03 --to 2023-08-05 --method swi-ews --out P/out"),
    ("clean", f"rain import {AREA}"),
    ("clean", f"soilwater run {AREA} --to 2023-08-05"),
    ("calm", f"soilwater fit {AREA}"),
    ("calm", f"season {AREA} --from 2023-08-03 --to 2023-08-05 --out P/out"),
    ("calm", f"report {AREA} --date 2023-08-04 --out P/out"),
    ("calm", f"rain check {AREA}"),
    ("clean", f"check {AREA} --date 2023-08-04"),
    ("clean", "init P/rain.csv P/stations.csv --catalog P/new.yaml"),
    ("calm", f"verify P/{RUN}"),
    ("samples", "inspect P/model.safetensors"),
    ("clean", "simulate prefecture --out P/country"),
    ("clean", "simulate benchmark --size tiny --archive-years 0 --out P/benchmark"),
    ("samples", "dataset build --benchmark P/benchmark --out P/again.safetensors"),
    ("samples", "train --dataset P/samples.safetensors --out P/new.safetensors --method logistic"),
    ("samples", "train --dataset P/samples.safetensors --out P/new.safetensors"),
    ("samples", "evaluate --dataset P/samples.safetensors --methods swi-ews,logistic --protocols block --out P/evaluation"),
]


def prepare(tool, place):
    """A benchmark and its samples, made once."""
    folder = place / "samples"
    folder.mkdir()
    for line in ("simulate benchmark --size tiny --archive-years 0 --out P/benchmark",
                 "dataset build --benchmark P/benchmark --out P/samples.safetensors",
                 "train --dataset P/samples.safetensors --out P/model.safetensors --method logistic"):
        subprocess.run([tool, *line.replace("P/", f"{folder}/").split(), "--quiet"], check=True, capture_output=True)


def interrupt(tool, place, most):
    """Interrupts commands, `most` times; returns how many were tried and what went wrong."""
    prepare(tool, place)
    draw, wrong, codes, slowest = random.Random(20261129), [], {}, 0.0
    lengths = {}
    for number in range(most + len(COMMANDS)):
        # The first round of all tells how long each takes; nothing is sent.
        index = number % len(COMMANDS)
        source, line = COMMANDS[index]
        folder = place / "signals"
        shutil.copytree(place / source, folder)
        words = line.replace("P/", f"{folder}/").split()
        # These do their work on one thread.
        threads = [] if words[0] in ("init", "inspect", "verify", "simulate", "report", "check") else ["--threads", str(1 + number % 4)]
        began = time.monotonic()
        process = subprocess.Popen([tool, *words, *threads, "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder,
                                   text=True)
        sent = None
        if number >= len(COMMANDS):
            sent = draw.choice(list(CODES))
            time.sleep(draw.random() * lengths[index])
            process.send_signal(sent)
        at = time.monotonic()
        said = process.communicate(timeout=300)[1].strip()
        taken, code = time.monotonic() - at, process.returncode
        faults = []
        if sent is None:
            lengths[index] = time.monotonic() - began
            if code not in (0, 3):
                faults.append(f"undisturbed: code {code}: {said[-300:]}")
        else:
            codes[code] = codes.get(code, 0) + 1
            slowest = max(slowest, taken if code == CODES[sent] else 0)
            if code not in (CODES[sent], -sent, 0, 3):
                faults.append(f"code {code}: {said[-300:]}")
            if code == CODES[sent] and taken > 1:
                faults.append(f"{taken:.2f} s until the end")
        if left := drafts(folder):
            faults.append(f"drafts left: {left[:3]}")
        for manifest in folder.rglob("manifest.json"):
            if subprocess.run([tool, "verify", str(manifest.parent)], capture_output=True).returncode != 0:
                faults.append(f"{manifest.parent} does not verify")
        name = signal.Signals(sent).name if sent else "nothing"
        wrong += [f"{name} to {line}: {fault}" for fault in faults]
        shutil.rmtree(folder)
    print(f"signals: {most} sent to {len(COMMANDS)} commands, codes {codes}, at most {slowest:.2f} s until the end", flush=True)
    return most, wrong
