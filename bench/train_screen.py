"""Train what the screen has learnt: writes `prompts/hazards/model.txt` and `prompts/coercion/model.txt`.

Needs scikit-learn, which is no dependency of drafter. Learns from `tests/sets/safety_corpus.jsonl`, the ordinary
scenarios and the examples of the rules; the held-back third is only counted, by `bench/screen.py`.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drafter.linear import ZERO  # noqa: E402
from drafter.scenario import scenario_from  # noqa: E402
from drafter.screen.learned import NOTHING, features, windows  # noqa: E402
from drafter.screen.roles import told  # noqa: E402

SETS = ROOT / "tests" / "sets"
STEPS = 500
LEAST = 30
C = 1.0
SHARPNESS = 4.0


def rows(name):
    return [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def examples(row):
    """The role-marked fields of a labelled text or scenario."""
    if "scenario" in row:
        scenario = scenario_from(row["scenario"])
    else:
        value = [row["text"]] if row["field"] == "matters" else row["text"]
        scenario = scenario_from({row["field"]: value})
    return [text.words for field, text in told(scenario).items() if field != "name"]


def seen(words):
    found = {}
    norm = 0.0
    for name, value, _ in features(words):
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


def train(data):
    """A model and its features' places, from pairs of role-marked words and label."""
    texts = [seen(words) for words, _ in data]
    counts = Counter(name for text in texts for name in text)
    texts = [{n: v for n, v in text.items() if counts[n] > 1 or n[0] == "u"} for text in texts]
    index = {}
    x = matrix(texts, index, grow=True)
    model = LinearSVC(C=C).fit(x, [label for _, label in data])
    return model, index


def write(name, model, index):
    weights = model.coef_.T
    if weights.shape[1] == 1:  # two classes come as one column
        weights = np.hstack([-weights, weights]) / 2
        bias = np.array([-model.intercept_[0], model.intercept_[0]]) / 2
    else:
        bias = model.intercept_
    scale = float(np.quantile(np.abs(weights).max(axis=1), 1.0)) / STEPS
    steps = np.clip(np.rint(weights / scale), -STEPS, STEPS).astype(int)
    lines = [
        feature + "\t" + "".join(chr(ZERO + step) for step in steps[column])
        for feature, column in sorted(index.items())
        if np.abs(steps[column]).max() >= (6 if feature[0] == "u" else LEAST)
    ]
    head = "\t".join([" ".join(model.classes_), " ".join(f"{b:.4f}" for b in bias), f"{scale:.6f}", f"{SHARPNESS}"])
    (ROOT / "prompts" / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} features")


def parts(row, label):
    """Every listened-to part of a harmless text is harmless; of a labelled one, only the whole is known to be it."""
    for words in examples(row):
        if label == NOTHING:
            yield from ((words[start:end], label) for start, end in windows(words))
        else:
            yield words, label


def listed(folder, field):
    """The examples of the rules: each file's second document, with the label of its file or rule."""
    for path in sorted((ROOT / "prompts" / folder).glob("*.yaml")):
        head, *rest = yaml.safe_load_all(path.read_text(encoding="utf-8"))
        for rule, lists in (rest[0] if rest else {}).items():
            kind = head["rules"].get(rule, {}).get("kind", head.get("kind", ""))
            for which, lines in lists.items():
                for line in lines or ():
                    told_in, text = ("objection", line[2:].strip()) if line.startswith("o:") else (field, line)
                    yield {"field": told_in, "text": text}, kind if which == "stop" else NOTHING


def hazards(corpus, harmless):
    """What to learn hazards from: the corpus less pressure, ordinary scenarios, the rules' examples."""
    kinds = {row["label"] for row in corpus} - {NOTHING, "coercive", "fair"}
    for row in corpus:
        if row["label"] != "coercive":
            yield from parts(row, row["label"] if row["label"] in kinds else NOTHING)
    for row in harmless:
        yield from parts(row, NOTHING)
    for row, label in listed("hazards", "situation"):
        if label in kinds or label == NOTHING:
            yield from parts(row, label)


def pressure(corpus, harmless):
    """What to learn pressure from: the corpus less hazards, ordinary scenarios, the rules' examples."""
    for row in corpus:
        if row["label"] in (NOTHING, "coercive", "fair"):
            yield from parts(row, "coercive" if row["label"] == "coercive" else NOTHING)
    for row in harmless:
        yield from parts(row, NOTHING)
    for row, label in listed("coercion", "want"):
        yield from parts(row, NOTHING if label == NOTHING else "coercive")


def main():
    corpus = rows("safety_corpus.jsonl")
    harmless = [{"scenario": {k: v for k, v in row.items() if k != "name"}} for row in rows("scenarios.jsonl")]
    for name, gather in (("hazards/model.txt", hazards), ("coercion/model.txt", pressure)):
        write(name, *train(list(gather(corpus, harmless))))


if __name__ == "__main__":
    main()
