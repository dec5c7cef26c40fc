"""Which English the user writes, and their word for the thing itself, so that the message sounds like them."""

import re

from drafter.grammar.lexicon import pattern
from drafter.scenario import Scenario

_BRITISH = frozenset({"GB", "IE", "AU", "NZ", "ZA", "IN", "MT", "JM", "NG", "KE", "GH"})
"""Countries (ISO 3166) whose English is nearer to British than to American."""


def british(scenario: Scenario) -> bool:
    """Whether the user writes British rather than American English: by country, language tag, then words."""
    country = scenario.country or scenario.language.upper().partition("-")[2]
    if country:
        return country in _BRITISH
    told = " ".join(scenario.texts().values())
    for_british = told.count("£") + len(pattern("british").findall(told))
    return for_british > told.count("$") + len(pattern("american").findall(told))


_NAMES = (
    ("workshop", "a workshop", "couples therapist", r"workshop|weekend course|retreat|(?:relationship|marriage) course"),
    ("coaching", "a coaching session", "coach", r"coaching|coach"),
    ("counselling", "couples counselling", "counsellor", r"counselling|counsellor|councelling"),
    ("counseling", "couples counseling", "counselor", r"counseling|counselor"),
    ("therapy", "couples therapy", "therapist", r"therapy|therapist|shrink"),
)


def therapy(scenario: Scenario) -> dict[str, str]:
    """What the user calls the thing, and who does it, for the slots `therapy` and `therapist` of a line."""
    told = " . ".join((scenario.option, scenario.want, scenario.objection, scenario.situation)).lower()
    for _, thing, who, names in _NAMES:
        if re.search(rf"\b(?:{names})\b", told):
            return {"therapy": thing, "therapist": who}
    return {"therapy": "couples therapy", "therapist": "therapist"}
