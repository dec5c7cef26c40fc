"""What holds of a phrase by its words: the flags that a line may need of it or rule out."""

import re
from collections.abc import Mapping
from functools import lru_cache

from drafter.data import load_yaml
from drafter.grammar import Phrase
from drafter.grammar.lexicon import either

PHRASE_FLAGS = frozenset(
    "possessed us ours base passive negative other determined lone mine_all long bad sorry activity plural".split()
)


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """What flags a phrase by its words, beside its form: each is matched from its beginning."""
    activities = "|".join(load_yaml("plan.yaml")["activities"].split())
    return {
        "possessed": re.compile(r"your "),
        "us": re.compile(r"(?:us|we|our marriage|our relationship)$"),
        "ours": re.compile(rf"{either('at_home')}\b"),
        "base": re.compile(r"(?:not )?being "),
        "passive": re.compile(rf"(?:not )?being {either('passive')}\b"),
        "negative": re.compile(r"(?:not|no|never) "),
        "other": re.compile(r"(?:us|me|you|the|our) "),
        "determined": re.compile(r"(?:a|an|the|some|more|no|less) "),
        "lone": re.compile(r"[^ ]*$"),
        "mine_all": re.compile(r"(?:me|us|i)$"),
        "long": re.compile(r"(?:[^ ]* ){3}"),
        "bad": re.compile(rf"i (?:\w+ )?{either('wronged')}\b"),
        "sorry": re.compile(r".*sorry"),
        "activity": re.compile(rf"(?:{activities}|[a-z]{{3,}}ing)(?: (?:and|with|on|at|in) .*)?$"),
    }


def phrase_flags(phrase: Phrase) -> set[str]:
    """What holds of a phrase by its words; lines may need it or rule it out."""
    low = phrase.text.lower()
    flags = {name for name, pattern in _patterns().items() if pattern.match(low)}
    return flags | {"plural"} if phrase.plural else flags
