"""The trained weights (`prompts/reading/model.txt`), and the likeliest kind of a text by them."""

import math
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.data import load_text
from drafter.reading.features import features, stem, tokens_of

ZERO = 80
"""The character that stands for a weight of nothing; those above and below it are whole steps of the scale."""
_TENTHS = 10  # values are counted in tenths, so that sums stay whole numbers
_CUE_WORDS = 7
_COST = 0.02
"""What a word more in a cue must bring."""
_LEAST_KNOWN = 3
"""One word of so many must be known, or a text is unreadable."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model over the features of a text.

    Attributes:
        kinds: what a text can be about: the fears, `silent`, `clear_no` and `unsafe`.
        bias: what each kind starts from.
        weights: by feature, one character for each kind.
        scale: what one step of a weight is worth.
        sharpness: how fast a lead becomes confidence.

    """

    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, str]
    scale: float
    sharpness: float

    def unreadable(self, tokens: Sequence[re.Match[str]]) -> bool:
        """Whether hardly a word of it is one that the model has ever met."""
        spoken = [match.group() for match in tokens if match.group()[0].isalpha()]
        known = sum(f"u:{stem(word)}" in self.weights for word in spoken)
        return known * _LEAST_KNOWN < len(spoken) or not known

    def likeliest(self, folded: str, *, but: str = "") -> tuple[str, float, tuple[int, int]]:
        """The likeliest kind of a folded text, `but` apart; how likely it is; where the words stand that said it."""
        seen = list(features(folded))
        norm = math.sqrt(sum(value * value for _, value, _ in seen)) or 1.0
        found = [(self.weights[name], value, index) for name, value, index in seen if name in self.weights]
        scores = self._scores([(row, value) for row, value, _ in found], norm)
        best = max((kind for kind in range(len(scores)) if self.kinds[kind] != but), key=scores.__getitem__)
        powers = [math.exp((score - scores[best]) * self.sharpness) for score in scores]
        shares: dict[int, float] = {}
        for row, value, index in found:
            share = (ord(row[best]) - ZERO) * self.scale * value / norm
            shares[index] = shares.get(index, 0.0) + share
        return self.kinds[best], 1 / sum(powers), _cue(tokens_of(folded), shares)

    def _scores(self, found: Sequence[tuple[str, float]], norm: float) -> list[float]:
        """The score of each kind: its bias and the weights of all that was found."""
        size = len(self.kinds)
        tenths = [round(value * _TENTHS) for _, value in found]
        total = sum(times * _lanes(row) for times, (row, _) in zip(tenths, found, strict=True))
        sums = struct.unpack(f"<{size}I", total.to_bytes(4 * size, "little"))
        zero, factor = ZERO * sum(tenths), self.scale / _TENTHS / norm
        return [bias + (value - zero) * factor for bias, value in zip(self.bias, sums, strict=True)]


@lru_cache(maxsize=8192)
def _lanes(row: str) -> int:
    """The weights of a row side by side in one whole number, 32 bits each: one addition adds them all."""
    return int.from_bytes(row.encode("utf-32-le"), "little")


def _cue(tokens: Sequence[re.Match[str]], shares: Mapping[int, float]) -> tuple[int, int]:
    """Where the words stand that said it: the run of a few words that brought most to the kind."""
    if not tokens:
        return 0, 0
    best, span = 0.0, (0, min(len(tokens), _CUE_WORDS) - 1)
    for start in range(len(tokens)):
        total = 0.0
        for end in range(start, min(len(tokens), start + _CUE_WORDS)):
            total += shares.get(end, 0.0)
            # A longer run must earn its place.
            if total - _COST * (end - start) > best:
                best, span = total - _COST * (end - start), (start, end)
    return tokens[span[0]].start(), tokens[span[1]].end()


@lru_cache(maxsize=1)
def model() -> Model:
    """The model of `prompts/reading/model.txt`: a head of kinds, bias, scale and sharpness, then a row a feature."""
    head, _, rows = load_text("reading/model.txt").partition("\n")
    kinds, bias, scale, sharpness = head.split("\t")
    # Names and weights in turn: 20,000 rows in one go instead of one after the other.
    cells = rows.replace("\n", "\t").split("\t")
    return Model(
        kinds=tuple(kinds.split()),
        bias=tuple(float(value) for value in bias.split()),
        weights=dict(zip(cells[::2], cells[1::2], strict=False)),
        scale=float(scale),
        sharpness=float(sharpness),
    )
