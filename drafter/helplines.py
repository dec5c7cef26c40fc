"""Where to turn, and a few kind words: what a stopped outcome gives instead of a message.

Lines are data (`prompts/help/lines.yaml`, evidence 3.6), each with its operator's site and the day it was last
checked. For a country without lines no number is guessed; the directories are named instead.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from drafter.data import load_yaml
from drafter.outcome import Hazard, HelpLine

_DATA = "help/lines.yaml"
_MONTHS = 12
_LOCALE = re.compile(r"[A-Za-z]{2,3}[_-]([A-Za-z]{2})(?:[.@]|$)")


@dataclass(frozen=True, slots=True)
class StopNotice:
    """What is said where nothing is drafted.

    Attributes:
        sentences: three short kind sentences that accuse nobody.
        reason: why a persuasive message is no good idea now.
        emergency: whom to call in immediate danger.

    """

    sentences: tuple[str, ...]
    reason: str
    emergency: str = ""


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[HelpLine, frozenset[str]], ...]:
    return tuple(
        (
            HelpLine(
                entry["name"], entry["contact"], entry["hours"], entry["country"], entry["url"],
                entry["checked_on"].isoformat(),
            ),
            frozenset(entry["for"].split()),
        )
        for entry in load_yaml(_DATA)["lines"]
    )  # fmt: skip


def _needs(hazards: Sequence[Hazard]) -> list[str]:
    """Whom the lines must serve, the most pressing hazard first."""
    serves: Mapping[str, str] = load_yaml(_DATA)["serves"]
    found = [need for hazard in hazards for need in serves.get(hazard.kind, "harmed").split()]
    return list(dict.fromkeys(found)) or ["harmed"]


def helplines(hazards: Sequence[Hazard], country: str = "") -> tuple[HelpLine, ...]:
    """The lines for what `hazards` show, emergency first, then in the order of the hazards.

    Args:
        hazards: most severe first, as `screen` gives them; empty counts as someone being harmed.
        country: ISO 3166, two letters; unknown or empty gives directories alone.

    """
    code = {"UK": "GB"}.get(country.upper(), country.upper())
    local = [(line, for_) for line, for_ in _lines() if line.country == code and code]
    chosen = [line for line, for_ in local if "emergency" in for_]
    needs = _needs(hazards)
    for need in needs:
        chosen += [line for line, for_ in local if need in for_]
    served = {need for _, for_ in local for need in for_}
    # A directory fills every gap: a country without lines, or none for one of the needs.
    for need in needs:
        if not local or need not in served:
            chosen += [line for line, for_ in _lines() if not line.country and need in for_]
    return tuple(dict.fromkeys(chosen))


def stop_words(hazards: Sequence[Hazard], country: str = "") -> StopNotice:
    """The words for a stopped outcome: chosen by the most severe hazard, or asking where all are unclear."""
    data: Mapping[str, Any] = load_yaml(_DATA)
    need = "ask" if hazards and all(hazard.severity == "ask" for hazard in hazards) else _needs(hazards)[0]
    words = data["words"][need]
    emergency = next((line.contact for line in helplines(hazards, country) if line.name == "Emergency"), "")
    told = data["emergency"].format(contact=emergency) if emergency else data["emergency_unknown"]
    return StopNotice(tuple(words["sentences"]), words["reason"], told)


def country_from_locale(variables: Mapping[str, str]) -> str:
    """The country that the person's locale tells; empty where it tells none.

    `variables` are those of the environment, of which LC_ALL, LC_MESSAGES and LANG count, in that order.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name, ""):
            found = _LOCALE.match(value)
            return found.group(1).upper() if found else ""
    return ""


def outdated(today: dt.date | None = None) -> tuple[str, ...]:
    """The names of the lines last checked more than 12 months before `today`."""
    day = today or dt.datetime.now(tz=dt.UTC).date()
    year, month = divmod(day.year * 12 + day.month - 1 - _MONTHS, 12)
    oldest = f"{year:04d}-{month + 1:02d}-{day.day:02d}"
    return tuple(line.name for line, _ in _lines() if line.checked_on < oldest)
