"""The thoughts that a message should hold only once, whatever the words: who chooses, the price, the leaving."""

import re
from collections.abc import Mapping
from functools import lru_cache

from drafter.data import load_yaml


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(entry) for name, entry in load_yaml("language/grammar.yaml")["thoughts"].items()}


@lru_cache(maxsize=4096)
def thoughts(text: str) -> frozenset[str]:
    """Which of the thoughts of `prompts/language/grammar.yaml` are in `text`."""
    low = text.lower()
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(low))
