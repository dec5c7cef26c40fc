"""Weekdays, and the times of the partner's own that a visit must leave alone."""

import re
from collections.abc import Sequence

from drafter.grammar.lexicon import pattern

_DAYS = re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)(s?)\b", re.IGNORECASE)


def capital_days(text: str) -> str:
    """`text` with the names of weekdays written large."""
    return _DAYS.sub(lambda m: m.group(1).capitalize() + m.group(2).lower(), text)


def kept_time(matters: Sequence[str]) -> tuple[str, int] | None:
    """A time of the partner's own that the visit must leave alone, and which of `matters` names it.

    Returns it as it stands after "not" or "that isn't": "a Sunday", "game night".
    """
    for index, item in enumerate(matters):
        if day := _DAYS.search(item):
            return f"a {day.group(1).capitalize()}", index
        if night := pattern("own_time").search(item):
            found = night.group().lower().replace("nights", "night")
            return ("a " if " " not in found else "") + found, index
    return None
