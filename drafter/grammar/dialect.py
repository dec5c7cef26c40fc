"""Which English the user writes, so that the message sounds like them."""

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
