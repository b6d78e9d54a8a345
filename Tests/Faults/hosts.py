"""Several hosts on one workspace, each in namespaces of its own (name, processes), as containers on a shared disk have them: with locks, and with a file
system that has none (NFS without a lock daemon), where `flock` fails with ENOLCK. Right is: code 0 or 3 of all, the layers of a run alone, no draft."""
import os
import shutil
import subprocess

from place import RUN, bytes_of, drafts, line_of

HOSTS = 3


def share(tool, place, library, expected, most):
    """Lets hosts predict at once from nothing; returns how many rounds were tried and what went wrong."""
    namespaces = ["unshare", "--uts", "--pid", "--fork", "--mount", "--mount-proc", "--ipc"]
    if subprocess.run([*namespaces, "true"], capture_output=True).returncode != 0:
        print("hosts: no namespaces may be made here: not tried", flush=True)
        return 0, []
    wrong, waits = [], 0
    kinds = {"locks": {}, "no locks": {"LD_PRELOAD": str(library), "LSMAP_FAULT_CALL": "flock", "LSMAP_FAULT_AT": "-1", "LSMAP_FAULT_ERRNO": "37"}}
    for name, fault in kinds.items():
        for _ in range(most):
            folder = place / "shared"
            shutil.copytree(place / "clean", folder)
            fault = dict(fault, LSMAP_FAULT_ROOT=str(folder)) if fault else {}
            running = []
            for host in range(HOSTS):
                # Each its own folder of runs, one rain archive and soil water for all.
                words = [w if w != f"{folder}/out" else f"{folder}/host{host}/out" for w in line_of(tool, folder, quiet=False)]
                command = [*namespaces, "sh", "-c", f"hostname host{host}; exec \"$@\"", "sh", *words]
                running.append(subprocess.Popen(command, env=dict(os.environ, **fault), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
            for host, process in enumerate(running):
                said = process.communicate(timeout=300)[1]
                waits += "waiting" in said or "waits" in said
                if process.returncode not in (0, 3):
                    wrong.append(f"{name}, host {host}: code {process.returncode}: {said.strip()[-300:]}")
                elif bytes_of(folder, f"host{host}/{RUN}") != expected:
                    wrong.append(f"{name}, host {host}: other layers than alone")
                elif name == "no locks" and "lock" not in said:
                    wrong.append(f"{name}, host {host}: not a word of it")
            if left := drafts(folder):
                wrong.append(f"{name}: drafts left: {left[:3]}")
            shutil.rmtree(folder)
    print(f"hosts: {HOSTS} at once, {most} times with locks and {most} times without; {waits} waited", flush=True)
    return 2 * HOSTS * most, wrong
