"""What holds in a situation, by name: the flags that lines of `prompts/` need or rule out."""

import re
from collections.abc import Container

from drafter.grammar.lexicon import pattern
from drafter.scenario import Scenario
from drafter.text import fold

_UNSURE = re.compile(
    r"""\b(?:
    i\ (?:might|may|want\ to|am\ going\ to|'m\ going\ to|am\ thinking\ of|'m\ thinking\ of|will|'ll)
        \ (?:leave|go|move\ out)
    |thinking\ (?:of|about)\ leaving
    |not\ sure\ i\ (?:want|love)
    |don't\ know\ if\ i\ (?:want|love|can\ stay)
    |divorc|separat(?:e|ing)\b|one\ foot\ out)""",
    re.VERBOSE,
)
_PRICE = re.compile(
    r"""(?:[$€£₹]|\b(?:rs|usd|eur|gbp)\.?)\s*\d
    |\b\d+\s*(?:dollars|pounds|quid|euros?|bucks|rupees|a\ (?:session|visit|go))
    |\bfree\b""",
    re.VERBOSE,
)
_PERSON = re.compile(
    r"""\b(?:Dr|Mrs?|Ms|Prof|Pastor|Father|Fr|Rev|Rabbi|Imam|Sister|Deacon|Bishop|Pandit)\.?\s+[A-Z]
    |\b(?:with|called|named)\s+(?!a\b|an\b|the\b)[A-Z][a-z]+
    |\b(?:imam|pastor|priest|vicar|rabbi|chaplain|gp)\b""",
    re.VERBOSE,
)
_WORKSHOP = re.compile(r"\b(?:workshop|course|retreat|class)\b")


def signs(scenario: Scenario, sayable: Container[str]) -> dict[str, bool]:
    """Each flag and whether it holds.

    Args:
        scenario: what was told.
        sayable: the moves and slots for which something was told that can be said.

    """
    user = fold(f"{scenario.situation} . {scenario.want} . {scenario.my_part}").text
    anyone = fold(f"{scenario.option} {scenario.want} {scenario.objection} {scenario.situation}").text
    offered = fold(f"{scenario.offer} {scenario.option} {scenario.want}").text
    option = fold(scenario.option).text
    return {
        "talk": scenario.format == "talk",
        "text": scenario.format == "text",
        "note": scenario.format == "note",
        "option": bool(scenario.option),
        "person": bool(_PERSON.search(scenario.option)),
        "paid": bool(_PRICE.search(option)),
        "lawyer": bool(pattern("lawyer").search(offered)),
        "free": bool(pattern("free").search(option)),
        "remote": bool(pattern("remote").search(option)),
        "unsure": bool(_UNSURE.search(user)),
        "workshop": bool(_WORKSHOP.search(anyone)),
        "kept": "kept" in sayable,
        "asked_once": scenario.asks_before == 1,
        "asked_twice": scenario.asks_before == 2,  # noqa: PLR2004  # twice is two
        "counted": scenario.asks_before > 1,
        "no_part": "own_part" not in sayable,
        "unknown": not scenario.objection,
    }
