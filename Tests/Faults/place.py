"""A small area of gauges and a prediction of it: what all kinds of faults are tried on."""
import hashlib
import os
import subprocess

RUN = "out/mesh-503334/2023-08-04"


def make_place(folder):
    with open(folder / "stations.csv", "w") as file:
        file.write("id,latitude,longitude,altitude_m\n")
        file.writelines(f"g{g},33.{5 + g % 2},133.{3 + g // 2},10\n" for g in range(4))
    with open(folder / "rain.csv", "w") as file:
        file.write("time,g0,g1,g2,g3\n")
        for hour in range(1, 24 * 5 + 1):
            day, clock = 1 + hour // 24, hour % 24
            values = [(hour * 3 + g * 5) % 19 / 2 if (hour + g) % 3 == 0 else 0 for g in range(4)]
            file.write(f"2023-08-{day:02}T{clock:02}:00," + ",".join(map(str, values)) + "\n")
    (folder / "catalog.yaml").write_text(
        "title: gauges\nworkspace: work\nrain: {format: stations, files: [rain.csv], stations: stations.csv}\n"
        "soilwater: {spinup_days: 1}\n")


def line_of(tool, folder, quiet=True):
    line = [tool, "predict", "--catalog", f"{folder}/catalog.yaml", "--area", "503334", "--date", "2023-08-04", "--method",
            "swi-ews", "--out", f"{folder}/out", "--overwrite", "--threads", "2"]
    return line + ["--quiet"] if quiet else line


def predict(tool, folder, fault=None):
    environment = dict(os.environ, **(fault or {}))
    return subprocess.run(line_of(tool, folder), env=environment, capture_output=True, text=True, timeout=120)


def bytes_of(folder, run=RUN):
    """Sums of the layers of a run; the manifest holds times."""
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted((folder / run).glob("*.tif"))}


def drafts(folder):
    return [str(p) for p in folder.rglob("*") if ".lsmap-" in p.name or p.name.startswith(".tmp") or p.suffix == ".tmp"]
