"""Objections that give no reason: no words, "dunno", or what somebody did instead of answering."""

import re
from dataclasses import dataclass
from functools import lru_cache

from drafter.data import load_text

MOST_NOTHINGS = 5
"""More words than this are more than silence, even if each of them says nothing."""
MOST_OF_ACT = 15
"""What somebody did instead of answering is told in no more words than this."""

_STAGE = re.compile(r"\s*(?:\[[^\]]*\]?|\([^)]*\)|\*[^*]*\*)[\s.!?]*")
_SPEAKS = re.compile(r"\b(?:i|i'm|i've|i'd|you|you're|we|we're|our|us|me|my|says?|said that|told me)\b")
# A final "no" is more than silence: that is for the model to tell.
_FINAL_NO = re.compile(r"\bno\b.*\b(?:no|means|is|said)\b|\bsaid no\b")


@dataclass(frozen=True, slots=True)
class _Nothings:
    """The lists of `prompts/reading/silent.txt`.

    Attributes:
        words: words that give no reason.
        between: words that may stand between those.
        acts: what people do instead of answering, `*` for any ending.

    """

    words: frozenset[str]
    between: frozenset[str]
    acts: tuple[str, ...]


@lru_cache(maxsize=1)
def _nothings() -> _Nothings:
    lists = {
        name: [entry.strip() for entry in entries.split(",")]
        for name, colon, entries in (line.partition(":") for line in load_text("reading/silent.txt").splitlines())
        if colon and not name.startswith("#")
    }
    return _Nothings(frozenset(lists["words"]), frozenset(lists["between"]), tuple(lists["acts"]))


def _told_acts(folded: str) -> bool:
    """Whether a folded text begins by telling what somebody did instead of answering."""
    # Most texts name no such act; only one that does pays for the pattern.
    if not any(act.partition("*")[0] in folded for act in _nothings().acts):
        return False
    return _acts().match(folded.strip()) is not None


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    acts = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in _nothings().acts)
    # "he shrugged", "Just turned the telly up", "She didn't answer, went to bed"
    lead = r"(?:and |then |just |only |so )*"
    somebody = r"(?:he|she|they|my \w+|[a-z]+)(?:'s| is| was| has| just| only| then| always| even)*"
    return re.compile(rf"(?:{lead}{somebody} )?(?:just |only )?(?:{acts})\b")


def gives_no_reason(folded: str) -> bool:
    """Whether a folded objection gives none: no words, only words like "no" and "dunno", or what was done instead."""
    if not re.search("[a-z]", folded) or _STAGE.fullmatch(folded):
        return True
    nothings = _nothings()
    said = re.findall(r"[a-z][a-z'-]*", folded)
    if nothings.words.intersection(said) and nothings.words.union(nothings.between).issuperset(said):
        return len(said) <= MOST_NOTHINGS and not _FINAL_NO.search(folded)
    return len(said) <= MOST_OF_ACT and not _SPEAKS.search(folded) and _told_acts(folded)
