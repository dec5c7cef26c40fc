"""The lines of `prompts/` that may be said, in British or American words, each with when it fits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from drafter.data import load_words, load_yaml


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line that may be said, not yet worded.

    Attributes:
        text: the words, with `<a|b>` for a choice of wordings and `{{ x }}` for a slot.
        needs: flags that must hold.
        unless: flags that must not hold.
        forms: the grammatical forms of the phrase that it takes; empty where it takes none.
        kinds: for nouns, what the noun must be about; empty for any.
        cue: what the objection must hold, in folded form; None for anything.
        last: whether it is for use only where nothing else fits.

    """

    text: str
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    cue: re.Pattern[str] | None = None
    last: bool = False


@lru_cache(maxsize=512)
def pool(source: str, *path: str, gb: bool) -> tuple[Candidate, ...]:
    """The lines of the file `source` in `prompts/` under `path`, in British or American words."""
    found: Any = load_yaml(source)
    for key in path:
        found = found.get(key, ())
    return tuple(_candidate(entry, gb=gb) for entry in found)


def _candidate(entry: str | Mapping[str, Any], *, gb: bool) -> Candidate:
    raw: Mapping[str, Any] = {"text": entry} if isinstance(entry, str) else entry
    cue = raw.get("cue")
    return Candidate(
        text=raw["text"] if gb else _in_american(raw["text"]),
        needs=frozenset(raw.get("needs", ())),
        unless=frozenset(raw.get("unless", ())),
        forms=frozenset(raw.get("forms", ())),
        kinds=frozenset(raw.get("kinds", ())),
        cue=re.compile(cue) if cue else None,
        last=bool(raw.get("last")),
    )


def _in_american(text: str) -> str:
    words = load_words("language/american.txt")
    return _british_words().sub(lambda match: words[match.group()], text)


@lru_cache(maxsize=1)
def _british_words() -> re.Pattern[str]:
    longest_first = sorted(load_words("language/american.txt"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
