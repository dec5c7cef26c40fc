"""A linear model over named features, kept as a table of small whole numbers that loads in milliseconds.

The table (`prompts/**/model.txt`) has one head line and one line a feature: its name, a tab, and one character for
each class, whose distance from `ZERO` is the weight in steps of the scale. Trainers under `bench/` write it.
"""

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.data import load_text

ZERO = 600
"""The character that stands for a weight of nothing."""
_TENTHS = 10  # values are counted in tenths, so that sums stay whole numbers

Feature = tuple[str, float, int]
"""A feature's name, its value, and the index of the token it comes from (-1: none)."""


@lru_cache(maxsize=16384)
def _lanes(row: str) -> int:
    """The weights of a row side by side in one whole number, 32 bits each: one addition adds them all."""
    return int.from_bytes(row.encode("utf-32-le"), "little")


@dataclass(frozen=True, slots=True)
class Scored:
    """What a model makes of one text.

    Attributes:
        chances: for each class of the model how likely it is; they add up to one.
        found: the features the model knows, each with its row of weights.

    """

    chances: tuple[float, ...]
    found: tuple[tuple[str, float, int], ...]

    def shares(self, kind: int) -> dict[int, float]:
        """What each token brought to a class, in steps of the scale."""
        shares: dict[int, float] = {}
        for row, value, index in self.found:
            shares[index] = shares.get(index, 0.0) + (ord(row[kind]) - ZERO) * value
        return shares


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded table.

    Attributes:
        classes: the names of the classes.
        bias: the score of each class before any feature.
        weights: for each feature its row.
        scale: the weight of one step.
        sharpness: how much a difference in score says; chosen by the trainer so that chances are honest.

    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, str]
    scale: float
    sharpness: float

    def score(self, features: Iterable[Feature]) -> Scored:
        """The chances of each class, given what is seen of a text."""
        seen = list(features)
        norm = math.sqrt(sum(value * value for _, value, _ in seen)) or 1.0
        weights = self.weights
        found = tuple((row, value, index) for name, value, index in seen if (row := weights.get(name)) is not None)
        total = zero = 0
        for row, value, _ in found:
            tenths = round(value * _TENTHS)
            total += tenths * _lanes(row)
            zero += tenths
        size = len(self.classes)
        sums = struct.unpack(f"<{size}I", total.to_bytes(4 * size, "little"))
        factor = self.scale / _TENTHS / norm
        scores = [bias + (value - ZERO * zero) * factor for bias, value in zip(self.bias, sums, strict=True)]
        return Scored(_chances(scores, self.sharpness), found)


def _chances(scores: Sequence[float], sharpness: float) -> tuple[float, ...]:
    top = max(scores)
    powers = [math.exp((score - top) * sharpness) for score in scores]
    whole = sum(powers)
    return tuple(power / whole for power in powers)


@lru_cache(maxsize=4)
def load_model(name: str) -> Model:
    """The model of `prompts/NAME`."""
    head, _, table = load_text(name).partition("\n")
    classes, bias, scale, sharpness = head.split("\t")
    cells = table.rstrip("\n").replace("\n", "\t").split("\t")  # one split of all is several times as fast as one a row
    return Model(
        classes=tuple(classes.split()),
        bias=tuple(float(value) for value in bias.split()),
        weights=dict(zip(cells[::2], cells[1::2], strict=True)),
        scale=float(scale),
        sharpness=float(sharpness),
    )


def stem(word: str) -> str:
    """A word without the endings that say the same: "talking", "talked" and "talks" are "talk"."""
    if word.endswith("'s") and word not in _KEEP:
        word = word[:-2]
    if len(word) > 5 and word.endswith("ing"):  # noqa: PLR2004
        return word[:-3]
    if len(word) > 4 and word.endswith("ed"):  # noqa: PLR2004
        return word[:-2]
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and "'" not in word:  # noqa: PLR2004
        return word[:-1]
    return word


_KEEP = frozenset({"it's", "that's", "what's", "he's", "she's", "let's", "there's", "who's"})
