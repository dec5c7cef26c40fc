"""Which English the user writes, and their word for the thing itself, so that the message sounds like them."""

from drafter.grammar.lexicon import names_of_it, pattern
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


def therapy(scenario: Scenario) -> dict[str, str]:
    """What the user calls the thing, and who does it, for the slots `therapy` and `therapist` of a line."""
    told = f"{scenario.option} . {scenario.want} . {scenario.objection} . {scenario.situation}"
    called = names_of_it()
    word = next((word for word in called if pattern(word).search(told)), "therapy")
    thing, who = called[word]
    return {"therapy": thing, "therapist": who}
