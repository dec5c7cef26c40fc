"""Train the reading: `python bench/train_reading.py` writes `prompts/reading/model.txt` and prints its figures.

Needs scikit-learn, which is no dependency of drafter. Learns from `tests/sets/reading_corpus.jsonl` and the
`*.dev.jsonl` objections; the `*.held.jsonl` third is only counted, by `bench/reading.py`.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drafter.reading import ZERO, features  # noqa: E402
from drafter.text import fold  # noqa: E402

SETS = ROOT / "tests" / "sets"
STEPS = 40
C = 0.6
LEAST = 7


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def seen(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value, _ in features(fold(text).text):
        found[name] = found.get(name, 0.0) + value
    # As in drafter.reading: the norm is over single occurrences.
    norm = sum(value * value for _, value, _ in features(fold(text).text)) ** 0.5 or 1.0
    return {name: value / norm for name, value in found.items()}


def matrix(texts: list[dict[str, float]], index: dict[str, int], *, grow: bool) -> csr_matrix:
    values, columns, ends = [], [], [0]
    for text in texts:
        for name, value in text.items():
            column = index.setdefault(name, len(index)) if grow else index.get(name)
            if column is not None:
                values.append(value)
                columns.append(column)
        ends.append(len(values))
    return csr_matrix(
        (np.array(values), np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int32)),
        shape=(len(texts), len(index)),
    )


def train(data: list[dict[str, str]]) -> tuple[LinearSVC, dict[str, int]]:
    index: dict[str, int] = {}
    counts: dict[str, int] = {}
    texts = [seen(row["text"]) for row in data]
    for text in texts:
        for name in text:
            counts[name] = counts.get(name, 0) + 1
    # What occurs once says more of its writer than of the fear.
    texts = [{n: v for n, v in text.items() if counts[n] > 1 or n.startswith("u:")} for text in texts]
    x = matrix(texts, index, grow=True)
    return LinearSVC(C=C).fit(x, [row["fear"] for row in data]), index


def main() -> None:
    corpus = rows("reading_corpus.jsonl")
    dev = rows("objections_a.dev.jsonl") + rows("objections_b.dev.jsonl")
    model, index = train(corpus)
    x = matrix([seen(row["text"]) for row in dev], index, grow=False)
    truth = np.array([row["fear"] for row in dev])
    guess = model.predict(x)
    # How sure the reading may be: the sharpness under which the truth was least surprising.
    scores, places = model.decision_function(x), np.array([list(model.classes_).index(kind) for kind in truth])

    def surprise(sharpness: float) -> float:
        powers = np.exp((scores - scores.max(axis=1, keepdims=True)) * sharpness)
        return float(-np.log((powers / powers.sum(axis=1, keepdims=True))[np.arange(len(truth)), places]).mean())

    sharpness = min((s / 4 for s in range(4, 60)), key=surprise)
    print(f"sharpness {sharpness}")
    print(f"learnt from the corpus alone ({len(corpus)}): {np.mean(guess == truth):.3f} of {len(dev)} dev objections")
    for kind in model.classes_:
        wrong = [str(g) for g in guess[truth == kind] if g != kind]
        print(f"  {kind:15} {np.mean(guess[truth == kind] == kind):.2f} {' '.join(wrong)}")
    # The dev objections are learnt from too in the end, each counted twice: they are nearest to real use.
    model, index = train(corpus + dev + dev)
    weights = model.coef_.T
    scale = float(np.quantile(np.abs(weights).max(axis=1), 0.995)) / STEPS
    steps = np.clip(np.rint(weights / scale), -STEPS, STEPS).astype(int)
    lines = []
    for name, column in sorted(index.items()):
        # Slight weights cost loading time and change no reading.
        if np.abs(steps[column]).max() >= (2 if name.startswith("u:") else LEAST):
            lines.append(name + "\t" + "".join(chr(ZERO + step) for step in steps[column]))
    head = "\t".join(
        [" ".join(model.classes_), " ".join(f"{b:.4f}" for b in model.intercept_), f"{scale:.6f}", f"{sharpness}"]
    )
    (ROOT / "prompts/reading/model.txt").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{len(lines)} features written")


if __name__ == "__main__":
    main()
