"""The user's own content, turned to the partner, for the moves and slots that rest on it."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from drafter import grammar
from drafter.data import load_yaml
from drafter.grammar import Phrase
from drafter.scenario import Scenario
from drafter.text import fold, words

_STEM, _TELLS = 6, 5  # the letters that tell a word, and how many a telling word has
_SIZE = re.compile(r"\d|\b(?:hour|half|free|charge|minutes)\b")


def phrases_of(scenario: Scenario, dice: random.Random, variant: int, barred: frozenset[str]) -> dict[str, Phrase]:
    """The user's own content, turned to the partner, by the move that rests on it."""
    who, name = grammar.gender(scenario), scenario.name
    phrases: dict[str, Phrase] = {}
    matters = [
        phrase
        for index, item in enumerate(scenario.matters)
        if barred.isdisjoint({"matters", f"matters[{index}]"})
        and not _restates(item, scenario.objection)
        and (phrase := grammar.matter(item, who, name)) is not None
    ]
    if matters:
        phrases["benefit"] = _most_telling(matters, dice, variant)
    for move, source, maker in (
        ("own_part", "my_part", grammar.own_part),
        ("opener", "appreciate", grammar.appreciation),
        ("offer", "offer", grammar.offer),
        ("hope", "want", grammar.hope),
    ):
        text = getattr(scenario, source)
        if text and source not in barred and (phrase := maker(text, who, name)) is not None:
            phrases[move] = phrase
    return phrases


def _most_telling(matters: Sequence[Phrase], dice: random.Random, variant: int) -> Phrase:
    """One of the most telling: a whole wish says more of this person than a bare noun."""
    ranked = sorted(matters, key=_telling, reverse=True)
    top = [phrase for phrase in ranked if _telling(phrase) >= _telling(ranked[0]) - 1]
    return top[(dice.randrange(len(top)) + variant) % len(top)]


def _telling(phrase: Phrase) -> int:
    if phrase.form == "noun":
        return {"gain": 3, "time": 3, "people": 2, "faith": 2, "pets": 2}.get(phrase.kind, 1)
    return 2 if phrase.form in ("dislike", "clause", "wh") else 3


def _restates(item: str, objection: str) -> bool:
    """Whether an item says only what the objection says: then it would be said twice."""
    told = _stems(item)
    return bool(told) and told <= _stems(objection)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(fold(text).text) if len(word) >= _TELLS}


def _in_speech(option: Phrase) -> Phrase:
    """An option as one says it: the thing itself and a detail or two, of which length and price matter most."""
    head, *details = option.text.split(", ")
    kept = [detail for detail in details if _SIZE.search(detail)][:2] or details[:1]
    return replace(option, text=", ".join([head, *(detail for detail in details if detail in kept)]))


def slots_of(scenario: Scenario, barred: frozenset[str]) -> dict[str, object]:
    """What lines may name besides the phrase of their move: only what was told and can be said."""
    who, name = grammar.gender(scenario), scenario.name
    slots: dict[str, object] = dict(grammar.therapy(scenario))
    if scenario.option and "option" not in barred and (option := grammar.option(scenario.option, who, name)):
        slots["option"] = _in_speech(option)
    if scenario.resource and "resource" not in barred and (resource := grammar.resource(scenario.resource)):
        slots |= {"resource": resource, "resource_url": scenario.resource.url}
    if (kept := grammar.kept_time(scenario.matters)) and barred.isdisjoint({"matters", f"matters[{kept[1]}]"}):
        slots["kept"] = kept[0]
    if scenario.asks_before > 1:
        often = load_yaml("plan.yaml")["times"]
        slots["times"] = Phrase(often[min(scenario.asks_before, len(often) + 1) - 2], "noun")
    told = scenario.objection if "objection" not in barred else ""
    if told and (told_back := grammar.partner_says(told, who, name)):
        slots["told_back"] = told_back
    return slots
