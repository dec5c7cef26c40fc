"""Train what the screen has learnt: writes `prompts/hazards/model.txt` and `prompts/coercion/model.txt`.

Needs scikit-learn, which is no dependency of drafter. Learns from `tests/sets/safety_corpus.jsonl` and the `*.dev.jsonl`
situations; the held-back third is only counted, by `bench/screen.py`.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drafter.linear import ZERO  # noqa: E402
from drafter.scenario import scenario_from  # noqa: E402
from drafter.screen.learned import NOTHING, features, windows  # noqa: E402
from drafter.screen.roles import told  # noqa: E402

SETS = ROOT / "tests" / "sets"
STEPS = 40
LEAST = 4


def rows(name):
    return [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def examples(row):
    """The role-marked fields of a labelled text or scenario."""
    if "scenario" in row:
        scenario = scenario_from(row["scenario"])
    else:
        value = [row["text"]] if row["field"] == "matters" else row["text"]
        scenario = scenario_from({row["field"]: value})
    return [(field.partition("[")[0], text.words) for field, text in told(scenario).items() if field != "name"]


def seen(words, field):
    found = {}
    norm = 0.0
    for name, value, _ in features(words, field):
        found[name] = found.get(name, 0.0) + value
        norm += value * value
    norm = norm**0.5 or 1.0
    return {name: value / norm for name, value in found.items()}


def matrix(texts, index, *, grow):
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


def train(data, c):
    """`data`: (words, field, label, weight)."""
    texts = [seen(words, field) for words, field, _, _ in data]
    counts = Counter(name for text in texts for name in text)
    texts = [{n: v for n, v in text.items() if counts[n] > 1 or n[0] == "u"} for text in texts]
    index = {}
    x = matrix(texts, index, grow=True)
    model = LinearSVC(C=c, class_weight=None).fit(x, [d[2] for d in data], sample_weight=[d[3] for d in data])
    return model, index


def write(name, model, index, sharpness):
    weights = model.coef_.T
    if weights.shape[1] == 1:  # two classes come as one column
        weights = np.hstack([-weights, weights]) / 2
        bias = np.array([-model.intercept_[0], model.intercept_[0]]) / 2
    else:
        bias = model.intercept_
    scale = float(np.quantile(np.abs(weights).max(axis=1), 0.995)) / STEPS
    steps = np.clip(np.rint(weights / scale), -STEPS, STEPS).astype(int)
    lines = [
        feature + "\t" + "".join(chr(ZERO + step) for step in steps[column])
        for feature, column in sorted(index.items())
        if np.abs(steps[column]).max() >= (2 if feature[0] == "u" else LEAST)
    ]
    head = "\t".join([" ".join(model.classes_), " ".join(f"{b:.4f}" for b in bias), f"{scale:.6f}", f"{sharpness}"])
    (ROOT / "prompts" / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} features")


def parts(row, label):
    """Every listened-to part of a harmless text is harmless; of a labelled one, only the whole is known to be it."""
    for field, words in examples(row):
        if label == NOTHING:
            for start, end in windows(words):
                yield words[start:end], field, label, 1.0
        else:
            yield words, field, label, 1.0


def main():
    corpus = rows("safety_corpus.jsonl")
    kinds = {r["label"] for r in corpus} - {NOTHING, "coercive", "fair"}
    hazard, pressure = [], []
    for row in corpus:
        label = row["label"]
        hazard += list(parts(row, label if label in kinds else NOTHING)) if label != "coercive" else []
        pressure += list(parts(row, row.get("kind", "coercive") if label == "coercive" else NOTHING)) if label not in kinds else []
    harmless = rows("scenarios.jsonl")
    for row in harmless:
        made = list(parts({"scenario": {k: v for k, v in row.items() if k != "name"}}, NOTHING))
        hazard += made
        pressure += made
    dev_h = [(r, r["hazards"][0]) for r in rows("unsafe.dev.jsonl")] + [(r, NOTHING) for r in rows("nearmiss.dev.jsonl")]
    dev_c = [(r, "coercive" if r["expect"] == "decline" else NOTHING) for r in rows("coercive.dev.jsonl")]
    for name, data, dev, c, sharp in (
        ("hazards/model.txt", hazard, dev_h, 0.5, 4.0),
        ("coercion/model.txt", pressure, dev_c, 0.5, 4.0),
    ):
        model, index = train(data, c)
        classes = list(model.classes_)
        nothing = classes.index(NOTHING)
        scores = []
        for row, label in dev:
            best = 0.0
            for field, words in examples(row):
                spans = list(windows(words))
                if not spans:
                    continue
                raw = model.decision_function(matrix([seen(words[a:b], field) for a, b in spans], index, grow=False))
                if raw.ndim == 1:
                    raw = np.stack([-raw, raw], axis=1)
                powers = np.exp((raw - raw.max(axis=1, keepdims=True)) * sharp)
                chance = 1 - (powers / powers.sum(axis=1, keepdims=True))[:, nothing]
                best = max(best, float(chance.max()))
            scores.append((best, label != NOTHING))
        for t in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            bad = [s for s, is_bad in scores if is_bad]
            good = [s for s, is_bad in scores if not is_bad]
            print(f"  {name} from the corpus alone, threshold {t}: caught {np.mean([s >= t for s in bad]):.3f}, wrongly {np.mean([s >= t for s in good]):.3f}")
        write(name, model, index, sharp)


if __name__ == "__main__":
    main()
