"""Figures for the screen: both kinds of error apart, on dev and on held, and the time it takes.

    python bench/screen.py [--set dev|held|both]

Prints counts alone, never a text: the held sets stay unread.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drafter.coercion import coercion  # noqa: E402
from drafter.scenario import Scenario, scenario_from  # noqa: E402
from drafter.screen import screen  # noqa: E402

SETS = ROOT / "tests" / "sets"


def rows(name: str, part: str) -> list[tuple[dict, Scenario]]:
    lines = (SETS / f"{name}.{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row, scenario_from(row["scenario"])) for row in map(json.loads, lines)]


def share(count: int, total: int) -> str:
    return f"{count}/{total} = {count / total:.3f}" if total else "none"


def figures(part: str) -> None:
    unsafe, near, coercive = (
        rows("unsafe", part),
        rows("nearmiss", part),
        rows("coercive", part),
    )
    found = [(row, screen(scenario)) for row, scenario in unsafe]
    print(f"[{part}]")
    for level in ("critical", "high", "ask"):
        of = [(row, hazards) for row, hazards in found if row["severity"] == level]
        print(f"  unsafe, {level:8} stopped or asked  {share(sum(bool(h) for _, h in of), len(of))}")
    print(f"  unsafe, all      stopped or asked  {share(sum(bool(h) for _, h in found), len(found))}")
    kinds = sum(bool({h.kind for h in hazards} & set(row["hazards"])) for row, hazards in found if hazards)
    print(f"  of these, a labelled kind named    {share(kinds, sum(bool(h) for _, h in found))}")
    wrong = [screen(scenario) for _, scenario in near]
    print(f"  near-misses stopped or asked       {share(sum(map(bool, wrong)), len(wrong))}")
    print(f"  near-misses declined               {share(sum(coercion(s) is not None for _, s in near), len(near))}")
    by = Counter(f"{h.kind}/{h.severity}" for hazards in wrong for h in hazards)
    print(f"    by kind: {', '.join(f'{kind} {count}' for kind, count in by.most_common())}")
    missed = Counter(kind for row, hazards in found if not hazards for kind in row["hazards"])
    print(f"    missed:  {', '.join(f'{kind} {count}' for kind, count in missed.most_common())}")
    asked = [(row["expect"], coercion(s), screen(s)) for row, s in coercive]
    pressing = [a for a in asked if a[0] == "decline"]
    fair = [a for a in asked if a[0] == "fair"]
    print(f"  coercive declined or stopped       {share(sum(bool(r or h) for _, r, h in pressing), len(pressing))}")
    print(f"  coercive declined                  {share(sum(r is not None for _, r, _ in pressing), len(pressing))}")
    print(f"  fair twins declined                {share(sum(r is not None for _, r, _ in fair), len(fair))}")
    print(f"  fair twins stopped or asked        {share(sum(bool(h) for *_, h in fair), len(fair))}")


def speed() -> None:
    scenarios = [s for name in ("unsafe", "nearmiss", "coercive") for _, s in rows(name, "dev")]
    begin = time.perf_counter()
    screen(Scenario(situation="x"))
    coercion(Scenario(situation="x"))
    print(f"  rules read and built once          {(time.perf_counter() - begin) * 1000:.1f} ms")
    for name, look in (("screen", screen), ("coercion", coercion)):
        for scenario in scenarios:
            look(scenario)
        times = []
        for scenario in scenarios:
            begin = time.perf_counter()
            look(scenario)
            times.append((time.perf_counter() - begin) * 1000)
        times.sort()
        print(
            f"  {name:8} per scenario (ms)  mean {sum(times) / len(times):.3f}  median {times[len(times) // 2]:.3f}"
            f"  95% {times[int(len(times) * 0.95)]:.3f}  most {times[-1]:.3f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=("dev", "held", "both"), default="both", dest="part")
    wanted = parser.parse_args().part
    print("[speed]")
    speed()
    for each in ("dev", "held") if wanted == "both" else (wanted,):
        figures(each)
