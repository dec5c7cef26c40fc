"""What drafter won't write: threats, tricks and pressure, found before a word is drafted.

A scenario that asks for one is declined, not scolded: the refusal says in one line what and why, keeps the
need behind it, and says whether an honest version exists and which fields it must leave out. The rules and
the words are data (`prompts/coercion/`, from evidence 3.5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from drafter.data import load_yaml
from drafter.scenario import Scenario
from drafter.screen.learned import listen
from drafter.screen.roles import Told, told
from drafter.screen.rules import (
    Pattern,
    Rule,
    Rules,
    called_off,
    holds,
    load,
    negation,
    open_negations,
    patterns,
    sentence,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is declined, and what is left of it.

    Attributes:
        kind: which kind of pressure (`prompts/coercion/pressure.yaml`).
        what: what it is and why it isn't written, one line.
        need: the legitimate need behind it, which an honest version keeps.
        fields: the scenario fields that carry it, in the scenario's order; `matters` for any of its items.
        cue: the words it went by.
        honest: whether an honest invitation without those fields can be offered.
        advice: what to do instead.

    """

    kind: str
    what: str
    need: str
    fields: tuple[str, ...]
    cue: str
    honest: bool
    advice: str


@lru_cache(maxsize=1)
def _rules() -> Rules:
    return Rules(load(["coercion/rules.yaml"])[0])


def coercion(scenario: Scenario) -> Refusal | None:
    """The refusal that `scenario` calls for, or None where nothing of the kind was found.

    Raises:
        InputError: the rules in `prompts/coercion/` are malformed.

    """
    kinds: Mapping[str, Mapping[str, str]] = load_yaml("coercion/pressure.yaml")["kinds"]
    heard = [
        (field, part)
        for field, text in told(scenario).items()
        if field.partition("[")[0] not in _UNREAD and (part := listen(MODEL, field, text)) is not None
    ]
    loudest = max(heard, key=lambda pair: pair[1].chance, default=None)
    chances = {field: part.chance for field, part in heard}
    found = [
        (field, rule, cue)
        for field, text in told(scenario).items()
        for rule, cue in _found(field, text)
        # In a long story a rule can be tripped by a word; what is said in a few words is meant.
        if len(text.words) <= A_FEW or chances.get(field, 1.0) >= UNHEARD
    ]
    if not found:
        if loudest is None or loudest[1].chance < HEARD:
            return None
        field, part = loudest
        words = kinds[UNNAMED]
        cue = told(scenario)[field].quote(part.first, part.last)
        name = field.partition("[")[0]
        return Refusal(UNNAMED, words["what"], words["need"], (name,), cue, bool(words["honest"]), words["advice"])
    names = list(kinds)
    # What leaves no honest version weighs most; then the order of the file.
    _, first, cue = min(found, key=lambda f: (bool(kinds[f[1].kind]["honest"]), names.index(f[1].kind)))
    words = kinds[first.kind]
    fields = tuple(dict.fromkeys(field.partition("[")[0] for field, _, _ in found))
    return Refusal(first.kind, words["what"], words["need"], fields, cue, bool(words["honest"]), words["advice"])


MODEL, UNNAMED = "coercion/model.txt", "pressure"
A_FEW, UNHEARD = 12, 0.2
"""Up to how many words a rule counts by itself; beyond, how likely what is learnt must at least find pressure."""
HEARD = 0.85
"""As in `drafter.screen`: how likely what is learnt must find pressure to count where no rule does."""
_TOLD = frozenset({"situation", "my_part", "relationship", "name", "resource", "matters", "appreciate"})
_UNREAD = frozenset({"objection"})
"""The partner's own words: an order in them is the partner's, not the user's."""


def _found(field: str, text: Told) -> Iterator[tuple[Rule, str]]:
    name = field.partition("[")[0]
    if name in _UNREAD:
        return
    open_ = None
    for rule, found in _rules().matches(text.words):
        if open_ is None:
            open_ = open_negations(text.words)
        if rule.denied and negation(text.words, found.first, found.key, open_):
            continue
        if name in _TOLD and not rule.open and not holds(sentence(text.words, found, more=1), _directives()):
            continue
        if not called_off(rule, text.words, found):
            yield rule, text.quote(found.first, found.last)


@lru_cache(maxsize=1)
def _directives() -> tuple[Pattern, ...]:
    return patterns("coercion/rules.yaml", "directive")


def explain(scenario: Scenario) -> list[tuple[str, Rule, str]]:
    """Every rule that fires, with its field and words: for tests and for `bench/screen.py`."""
    return [(field, rule, cue) for field, text in told(scenario).items() for rule, cue in _found(field, text)]


__all__ = ["Refusal", "coercion", "explain"]
