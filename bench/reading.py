"""How well the reading does: `python bench/reading.py`. Figures for the dev part and the held-back third apart."""

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drafter.reading import SILENT, read  # noqa: E402


def main() -> None:
    for part in ("dev", "held"):
        rows = [
            json.loads(line)
            for name in ("a", "b")
            for line in (ROOT / f"tests/sets/objections_{name}.{part}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        start = time.perf_counter()
        read_as = [read(row["text"]) for row in rows]
        spent = time.perf_counter() - start
        right = sum(r[0].fear == row["fear"] for r, row in zip(read_as, rows, strict=True))
        among = sum(any(x.fear == row["fear"] for x in r) for r, row in zip(read_as, rows, strict=True))
        silent = [r[0].fear for r, row in zip(read_as, rows, strict=True) if row["fear"] == SILENT]
        print(
            f"{part}: {len(rows)} objections, right first {right / len(rows):.3f}, "
            f"among those read {among / len(rows):.3f}, "
            f"silence given a fear {sum(f != SILENT for f in silent)} of {len(silent)}, "
            f"{1000 * spent / len(rows):.2f} ms each"
        )


if __name__ == "__main__":
    main()
