"""Bits that flip in the workspace. Right is: the bytes of an undisturbed run, or code 4 or 5."""
import random
import shutil

from place import bytes_of, predict


def flip(tool, folder, expected, most):
    """Flips a bit of a file of the workspace, `most` times; returns how many were tried and what went wrong."""
    source, wrong, codes = folder / "calm", [], {}
    files = sorted(f.relative_to(source) for f in (source / "work").rglob("*") if f.is_file() and f.stat().st_size > 0)
    draw = random.Random(20261125)
    for number in range(most):
        name = files[number % len(files)]
        spoiled = folder / "flip"
        shutil.copytree(source, spoiled)
        content = bytearray((spoiled / name).read_bytes())
        at = draw.randrange(8 * len(content))
        content[at // 8] ^= 1 << at % 8
        (spoiled / name).write_bytes(content)
        done = predict(tool, spoiled)
        codes[done.returncode] = codes.get(done.returncode, 0) + 1
        if done.returncode in (0, 3) and bytes_of(spoiled) != expected:
            wrong.append(f"bit {at} of {name}: code {done.returncode} and other layers")
        elif done.returncode not in (0, 3, 4, 5):
            wrong.append(f"bit {at} of {name}: code {done.returncode}: {done.stderr.strip()[-200:]}")
        shutil.rmtree(spoiled)
    print(f"bits: {most} flipped in {len(files)} files of the workspace, codes {codes}", flush=True)
    return most, wrong
