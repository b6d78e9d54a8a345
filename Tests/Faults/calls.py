"""Calls of the system that fail one after another. Right is: a run folder that verifies, with code 0 or 3; or none under its name, with code 5 (the
disk) or 4 (a file that cannot be read is bad input where nothing says that the disk failed). No draft is left, and the next, undisturbed run gives
the bytes that an undisturbed one gives."""
import pathlib
import shutil
import subprocess

from place import RUN, bytes_of, drafts, predict

ERRORS = {"EIO": 5, "ENOSPC": 28}
KINDS = {"open": ["EIO"], "read": ["EIO"], "write": ["EIO", "ENOSPC"], "sync": ["EIO"], "close": ["EIO", "ENOSPC"],
         "rename": ["EIO"], "make": ["ENOSPC"], "mmap": ["EIO"]}


def layer(folder):
    """The library that lets calls fail, made anew."""
    made = folder / "failing_calls.so"
    source = pathlib.Path(__file__).resolve().parent / "failing_calls.c"
    subprocess.run(["clang", "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def fail(tool, place, library, expected, most):
    """Lets calls of each kind fail, `most` of them with each error; returns how many were tried and what went wrong."""
    clean, wrong, tried = place / "clean", [], 0
    for kind, errors in KINDS.items():
        base = {"LD_PRELOAD": str(library), "LSMAP_FAULT_CALL": kind}
        folder = place / "count"
        shutil.copytree(clean, folder)
        predict(tool, folder, dict(base, LSMAP_FAULT_ROOT=str(folder), LSMAP_FAULT_AT="0", LSMAP_FAULT_COUNT=f"{place}/calls"))
        shutil.rmtree(folder)
        counted = pathlib.Path(f"{place}/calls")
        total = int(counted.read_text()) if counted.exists() else 0
        counted.unlink(missing_ok=True)
        places = sorted({1 + i * total // most for i in range(min(most, total))}) if total > most else range(1, total + 1)
        codes = {}
        for error in errors:
            for at in places:
                folder = place / "run"
                shutil.copytree(clean, folder)
                done = predict(tool, folder, dict(
                    base, LSMAP_FAULT_ROOT=str(folder), LSMAP_FAULT_AT=str(at), LSMAP_FAULT_ERRNO=str(ERRORS[error])))
                tried += 1
                codes[done.returncode] = codes.get(done.returncode, 0) + 1
                faults = []
                if done.returncode not in (0, 3, 4, 5):
                    faults.append(f"code {done.returncode}: {done.stderr.strip()[-200:]}")
                there = (folder / RUN).exists()
                if done.returncode in (0, 3):
                    check = subprocess.run([tool, "verify", str(folder / RUN)], capture_output=True, text=True)
                    if check.returncode != 0 or bytes_of(folder) != expected:
                        faults.append(f"code {done.returncode}, but other layers: {check.stderr.strip()}")
                elif there:
                    faults.append("a run folder in spite of a failure")
                elif len(done.stderr.strip().splitlines()) < 1:
                    faults.append("no word")
                if left := drafts(folder):
                    faults.append(f"drafts left: {left[:3]}")
                again = predict(tool, folder)
                if again.returncode not in (0, 3) or bytes_of(folder) != expected:
                    faults.append(f"the next run: code {again.returncode} or other bytes: {again.stderr.strip()[-200:]}")
                wrong += [f"{kind} {at} of {total}, {error}: {fault}" for fault in faults]
                shutil.rmtree(folder)
        print(f"{kind}: {total} calls, {len(errors) * len(places)} failed in turn, codes {codes}", flush=True)
    return tried, wrong
