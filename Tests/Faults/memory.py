"""Too little memory, from what is not enough to begin up to what is enough. Swift ends a program whose allocation fails, so the code is not ours to
choose; right is: the layers of an undisturbed run with code 0 or 3, or no run folder at all, and a next run that gives those layers and leaves no draft."""
import resource
import shutil
import subprocess

from place import RUN, bytes_of, drafts, line_of, predict

LEAST, MOST = 60 << 20, 1600 << 20  # bytes of address space


def starve(tool, place, expected, most):
    """Predicts within limits of address space, `most` of them; returns how many were tried and what went wrong."""
    wrong, codes = [], {}
    for number in range(most):
        limit = int(LEAST * (MOST / LEAST) ** (number / max(1, most - 1)))
        folder = place / "memory"
        shutil.copytree(place / "clean", folder)
        try:
            done = subprocess.run(line_of(tool, folder), capture_output=True, text=True, timeout=120,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
        except subprocess.TimeoutExpired:
            wrong.append(f"memory, {limit >> 20} MiB: no end within 120 s")
            shutil.rmtree(folder)
            continue
        codes[done.returncode] = codes.get(done.returncode, 0) + 1
        name = f"{limit >> 20} MiB, code {done.returncode}"
        if done.returncode in (0, 3) and bytes_of(folder) != expected:
            wrong.append(f"{name}: other layers")
        elif done.returncode not in (0, 3) and (folder / RUN).exists():
            wrong.append(f"{name}: a run folder in spite of it")
        again = predict(tool, folder)
        if again.returncode not in (0, 3) or bytes_of(folder) != expected:
            wrong.append(f"{name}: the next run: code {again.returncode} or other layers: {again.stderr.strip()[-200:]}")
        if left := drafts(folder):
            wrong.append(f"{name}: drafts left: {left[:3]}")
        shutil.rmtree(folder)
    print(f"memory: {most} limits of {LEAST >> 20} to {MOST >> 20} MiB, codes {codes}", flush=True)
    return most, wrong
