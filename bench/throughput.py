"""How many drafts a second one core makes, and whether memory stays flat over many.

    python bench/throughput.py [--drafts 100000]

Drafts every scenario of `examples/` and `tests/sets/scenarios.jsonl` again and again with another seed. Exits 1
where it is below 1,000 a second, or where memory grows after the first tenth.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # this checkout, installed or not

from drafter import invite  # noqa: E402
from drafter.sources import Told, load  # noqa: E402

FLOOR = 1000
GROWTH = 2.0  # MB: what the allocator may round up by


def peak():
    """The most memory this process has had so far, in MB."""
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def scenarios():
    paths = [*sorted((ROOT / "examples").glob("*.yaml")), ROOT / "tests" / "sets" / "scenarios.jsonl"]
    return [item.scenario for path in paths if path.exists() for item in load(path) if isinstance(item, Told)]


def main():
    parser = argparse.ArgumentParser(description="drafts a second, and memory")
    parser.add_argument("--drafts", type=int, default=100_000)
    drafts = parser.parse_args().drafts
    told = scenarios()
    for scenario in told:
        invite(scenario)  # once unmeasured: words are read and patterns compiled
    early = 0.0
    statuses = {}
    started = time.process_time()
    for number in range(drafts):
        status = invite(told[number % len(told)], seed=number // len(told)).status
        statuses[status] = statuses.get(status, 0) + 1
        if number == drafts // 10:
            early = peak()
    rate = drafts / (time.process_time() - started)
    growth = peak() - early
    print(f"{drafts:,} drafts of {len(told)} scenarios: {statuses}")
    print(f"{rate:,.0f} a second on one core (at least {FLOOR:,}): {'kept' if rate >= FLOOR else 'BROKEN'}")
    print(
        f"memory {early:.1f} MB after a tenth, {growth:+.1f} MB at the end: {'kept' if growth <= GROWTH else 'BROKEN'}"
    )
    return int(rate < FLOOR or growth > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
