"""From the partner's objection to the fears it may protect.

A linear model over words, word pairs, word beginnings and the phrase lists of `prompts/reading/cues.txt`,
trained by `bench/train_reading.py` on the labelled objections of `tests/sets/`, and shipped as a table of
whole numbers that loads in a few milliseconds. It reads what the words are about; it does not guess: no words,
or none that it knows, are `silent`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.outcome import Reading
from drafter.reading.features import features, tokens_of
from drafter.reading.model import ZERO, Model, model
from drafter.reading.silence import gives_no_reason
from drafter.text import Folded, fold, sentences

__all__ = ["CLEAR_NO", "SILENT", "UNSAFE", "ZERO", "features", "gives_no_reason", "read"]

SILENT, CLEAR_NO, UNSAFE = "silent", "clear_no", "unsafe"
SURE = 0.5
"""How sure a reading of one part must be for its fear to be parked beside the first."""
SURELY = 0.9
"""How sure the reading of a hurt must be to go before a practical matter that is less sure."""
AFRAID = 0.55
"""How sure the reading must be that the partner is afraid of the user; the screen decides on the rest."""
GUESS = 0.2
"""Below this a reading would be a guess: of the held-back objections read so unsurely none was read right."""
MOST_PARKED = 3
LEAST_TOKENS = 3
"""A part of fewer words says too little to be read for itself."""

# Who is answered first where several fears are as likely: the more it hurts, the earlier (`evidence.md` 2).
_HURTS = ("breakup", "leaning_out", "ganged_up", "stigma", "judged", "blame", "you_go", "used_against")
_RANK = (
    *_HURTS, "bad_experience", "exhausted", "control", "culture", "privacy", "hiding", "feelings", "misfit", "doubt",
    "self_reliance", "not_that_bad", "not_now", "unknown_who", "logistics", "time", "cost",
)  # fmt: skip
_PRACTICAL = frozenset({"cost", "time", "logistics", "unknown_who", "not_now"})
_BETWEEN = re.compile(r",\s+|\s[-–—]+\s|;|\b(?:and|but|plus|besides|anyway|also)\b", re.IGNORECASE)


@lru_cache(maxsize=16)  # the screen asks first, the plan again
def read(objection: str) -> tuple[Reading, ...]:
    """The fears that `objection` may protect, the one to answer first in front, the others parked behind it.

    Args:
        objection: the partner's words as the user typed them; empty or wordless ones are `silent`.

    Returns:
        One reading at least. The first may also be `silent`, `clear_no` or `unsafe`, which are no fears.

    """
    folded = fold(objection)
    weights = model()
    if gives_no_reason(folded.text) or weights.unreadable(tokens_of(folded.text)):
        return (Reading(SILENT, 1.0, objection.strip()[:80]),)
    first = _likeliest(weights, folded)
    if first.fear == UNSAFE and first.confidence < AFRAID:
        first = _likeliest(weights, folded, but=UNSAFE)
    if first.confidence < GUESS:
        return (Reading(SILENT, round(1 - first.confidence, 2), first.cue),)
    first = _rounded(first)
    parked = _parked(objection, weights, first) if first.fear not in (SILENT, CLEAR_NO) else []
    if first.fear in _PRACTICAL and first.confidence < SURELY:
        # A hurt spoken of surely beside a practical matter goes first.
        hurt = next((other for other in parked if other.fear in _HURTS and other.confidence >= SURELY), None)
        if hurt is not None:
            return (hurt, first, *(other for other in parked if other is not hurt))
    return (first, *parked)


def _likeliest(weights: Model, folded: Folded, *, but: str = "") -> Reading:
    kind, chance, (start, end) = weights.likeliest(folded.text, but=but)
    return Reading(kind, chance, folded.quote(start, end))


def _rounded(reading: Reading) -> Reading:
    return Reading(reading.fear, round(reading.confidence, 2), reading.cue)


def _parked(objection: str, weights: Model, first: Reading) -> list[Reading]:
    """What else is in it: the fears that its single parts speak of surely."""
    parts = list(_parts(objection))
    if len(parts) == 1:
        return []
    surest: dict[str, Reading] = {}
    for part in parts:
        folded = fold(part)
        if len(tokens_of(folded.text)) < LEAST_TOKENS:
            continue
        found = _likeliest(weights, folded)
        if found.fear in (first.fear, SILENT, CLEAR_NO, UNSAFE) or found.confidence < SURE:
            continue
        if found.fear not in surest or surest[found.fear].confidence < found.confidence:
            surest[found.fear] = _rounded(found)
    return sorted(surest.values(), key=lambda other: _RANK.index(other.fear))[:MOST_PARKED]


def _parts(text: str) -> Iterator[str]:
    """The sentences of `text`, cut at commas, dashes and words like "and"."""
    for start, end in sentences(text):
        yield from (part for part in _BETWEEN.split(text[start:end]) if part.strip())
