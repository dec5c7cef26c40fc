"""The checker's figures: how right, how quiet, how fast, beside other checkers on the same messages.

    python bench/checks.py                 figures of both thirds, speed, start-up
    python bench/checks.py --peers PYTHON  the same for proselint, VADER and better-profanity, where PYTHON has them

Of the held-back third only counts are printed, never a word: its texts are for nobody to tune on.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SETS = ROOT / "tests" / "sets"

from drafter.checks import check  # noqa: E402
from drafter.scenario import scenario_from  # noqa: E402


def load(third):
    """The labelled messages of one third."""
    rows = []
    for file in sorted(SETS.glob(f"messages_*.{third}.jsonl")):
        rows += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return rows


def share(part, whole):
    return f"{part / whole:.2f}" if whole else "-"


def faulty(row):
    return any(label["severity"] == "error" for label in row["labels"])


def figures(rows):
    """Counts by category: right, too many, missed; under '' those of "has an error finding"."""
    counts = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        found = check(row["text"], scenario_from(row["context"] or {}))
        have, want = {f.category for f in found}, {label["category"] for label in row["labels"]}
        for category in have | want:
            counts[category][0 if category in have & want else 1 if category in have else 2] += 1
        error = any(f.severity == "error" for f in found)
        if error or faulty(row):
            counts[""][0 if error and faulty(row) else 1 if error else 2] += 1
    return counts


def show(third, counts, number):
    print(f"\n{third}: {number} messages")
    print(f"{'':20}{'right':>6}{'extra':>6}{'missed':>7}{'precision':>10}{'recall':>8}")
    for category in sorted(counts):
        right, extra, missed = counts[category]
        name = category or "has an error"
        print(
            f"{name:20}{right:6}{extra:6}{missed:7}{share(right, right + extra):>10}{share(right, right + missed):>8}"
        )


def best(run, times=5):
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return min(found)


def speed(rows):
    texts = [row["text"] for row in rows]
    size = sum(len(text.encode()) for text in texts)
    seconds = best(lambda: [check(text) for text in texts])
    print(f"\nspeed: {size / seconds / 1e6:.2f} MB/s, {seconds / len(texts) * 1000:.2f} ms a message")
    long = " ".join(texts)
    for length in (500, 1000, 2000, 4000, 8000):
        print(f"  {length:5} characters: {best(lambda n=length: check(long[:n])) * 1000:6.2f} ms")
    bare = best(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 9)
    code = "from drafter.checks import check; check('You never listen. Would you come with me, once?')"
    first = best(lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT), 9)
    print(f"start: import and first check {1000 * (first - bare):.0f} ms above a bare start of {1000 * bare:.0f} ms")


PEERS = r"""
import json, sys, time
rows = json.load(sys.stdin)
texts = [row["text"] for row in rows]
size = sum(len(t.encode()) for t in texts)
def report(name, flags):
    begin = time.perf_counter(); found = [bool(flags(t)) for t in texts]; seconds = time.perf_counter() - begin
    right = sum(f and r["faulty"] for f, r in zip(found, rows))
    extra = sum(f and not r["faulty"] for f, r in zip(found, rows))
    missed = sum(r["faulty"] and not f for f, r in zip(found, rows))
    p = right / (right + extra) if right + extra else 0; r = right / (right + missed)
    print(f"{name:28} precision {p:.2f}  recall {r:.2f}  {size / seconds / 1e6:8.3f} MB/s")
try:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    vader = SentimentIntensityAnalyzer()
    report("VADER (compound < 0)", lambda t: vader.polarity_scores(t)["compound"] < 0)
except ImportError: print("VADER is not installed")
try:
    from better_profanity import profanity
    profanity.load_censor_words(); report("better-profanity", profanity.contains_profanity)
except ImportError: print("better-profanity is not installed")
try:
    try:
        from proselint.tools import LintFile
        from proselint.checks import __register__
        from proselint.registry import CheckRegistry
        from proselint.config import DEFAULT
        from pathlib import Path
        CheckRegistry().register_many(__register__)
        lint = lambda t: LintFile(content=t, source=Path("-")).lint(DEFAULT)
    except ImportError:
        from proselint.tools import lint
    report("proselint", lint)
except ImportError as error: print("proselint is not installed", error)
"""


def peers(python, rows):
    print("\npeers on the held-back third (any finding counts as an error)")
    told = json.dumps([{"text": row["text"], "faulty": faulty(row)} for row in rows])
    subprocess.run([python, "-c", PEERS], input=told, text=True, check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has the peers installed")
    options = parser.parse_args()
    for third in ("dev", "held"):
        rows = load(third)
        show(third, figures(rows), len(rows))
    speed(load("dev"))
    if options.peers:
        peers(options.peers, load("held"))


if __name__ == "__main__":
    main()
