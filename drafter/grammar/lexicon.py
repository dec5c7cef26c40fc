"""The words of `prompts/language/grammar.yaml`, read when first needed, and the cutting of text into tokens."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from drafter.data import load_yaml

_SOURCE = "language/grammar.yaml"
_TOKEN = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*|[^A-Za-z\s]+|\s+")


def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml(_SOURCE)
    return data


@lru_cache(maxsize=128)
def listed(name: str) -> frozenset[str]:
    """The words listed under `name`, in small letters."""
    return frozenset(_data()["words"][name].split())


@lru_cache(maxsize=128)
def either(name: str) -> str:
    """The alternatives under `name` as one group of a pattern."""
    return f"(?:{'|'.join(_data()['patterns'][name].split(', '))})"


@lru_cache(maxsize=128)
def pattern(name: str) -> re.Pattern[str]:
    """What finds any of the alternatives under `name`, as whole words in any case."""
    return re.compile(rf"\b{either(name)}\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def cuts(name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns listed under `name` for what is cut off, in order and in any case."""
    return tuple(re.compile(entry, re.IGNORECASE) for entry in _data()[name])


@lru_cache(maxsize=1)
def agreeing() -> Mapping[str, str]:
    """Verb forms of the third person with those of the second, where more than an -s parts them."""
    forms: Mapping[str, str] = _data()["agreeing"]
    return forms


@lru_cache(maxsize=1)
def classes() -> Mapping[str, str]:
    """What a noun is about ("people", "time", …), by the noun."""
    return {word: name for name, line in _data()["classes"].items() for word in line.split()}


def names_of_it() -> Mapping[str, Sequence[str]]:
    """By each word that the user may use for the thing itself: its name, and that of the one who does it."""
    names: Mapping[str, Sequence[str]] = _data()["called"]
    return names


def tokens(text: str) -> list[str]:
    """`text` cut into words, runs of blanks and runs of anything else; joined they are `text` again."""
    return _TOKEN.findall(text)


def next_word(cut: Sequence[str], index: int) -> str:
    """The token after `index` that is no blank, in small letters; empty at the end."""
    return next((token.lower() for token in cut[index + 1 :] if not token.isspace()), "")


def last_word(cut: Sequence[str]) -> str:
    """The last token that is no blank, in small letters; empty where there is none."""
    return next((token.lower() for token in reversed(cut) if not token.isspace()), "")


def first_of(text: str) -> str:
    """The first word of `text` in small letters; `text` must hold one."""
    return text.split(maxsplit=1)[0].rstrip(",").lower()


def vents(text: str) -> bool:
    """Whether a word of anger stands in `text`."""
    return not listed("vent_words").isdisjoint(re.findall(r"[a-z]+", text.lower()))


def finite(text: str) -> bool:
    """Whether `text`, in small letters, holds a verb form that makes a clause of it."""
    return any(
        before in listed("finite") or before + mark + after in listed("finite") or after in ("s", "re", "m", "ve")
        for before, mark, after in (word.partition("'") for word in re.findall(r"\w+(?:'\w+)?", text))
    )
