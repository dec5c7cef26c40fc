"""How long a whole `drafter invite` takes beside importing its peers: alternating runs, medians.

    python bench/startup.py [--runs 15]

The baseline is `python -c "import typer, jinja2, pydantic"` (pydantic is needed for it alone). Exits 1 where
the ratio is above the limit.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT = 1.5
ROOT = Path(__file__).resolve().parent.parent
BASELINE = [sys.executable, "-c", "import typer, jinja2, pydantic"]
INVITE = [sys.executable, "-m", "drafter", "invite", "--engine", "builtin"]
RUNS = {
    "flags": [*INVITE, "-o", "We don't need a stranger telling us what to do", "-m", "his Sundays off"],
    "a YAML file": [*INVITE, "--scenario", str(ROOT / "examples" / "06-self-reliance-shed.yaml")],
    "--version": [sys.executable, "-m", "drafter", "--version"],
}


def seconds(command):
    """How long one run takes, from start to exit."""
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, cwd=ROOT, text=True)
    took = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed with {done.returncode}:\n{done.stderr}")
    return took


def main():
    parser = argparse.ArgumentParser(description="start-up time beside a baseline")
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    commands = {"baseline": BASELINE, **RUNS}
    for command in commands.values():
        seconds(command)  # once unmeasured: byte code and the disk's cache
    took = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took[name].append(seconds(command))
    base = statistics.median(took["baseline"])
    worst = 0.0
    for name, times in took.items():
        median = statistics.median(times)
        worst = max(worst, median / base)
        spread = f"{min(times) * 1000:.0f} to {max(times) * 1000:.0f}"
        print(f"{name:12} {median * 1000:6.0f} ms ({spread})  {median / base:.2f} x")
    print(f"limit {LIMIT} x: {'kept' if worst <= LIMIT else 'BROKEN'}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
