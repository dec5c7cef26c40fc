"""The safety screen: looks for signs that an invitation could harm someone, before anything is written.

It reads every field the person typed, on roles and words (`roles`, `rules`, `prompts/hazards/`); it uses no
model and no network. What it does not find may still be there: a result without hazards is no clearance.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from drafter.data import load_yaml
from drafter.outcome import Hazard, HazardSeverity
from drafter.scenario import Scenario
from drafter.screen.learned import listen
from drafter.screen.roles import Told, is_role, told
from drafter.screen.rules import (
    Match,
    Rule,
    Rules,
    called_off,
    doer,
    elsewhere,
    kindly,
    load,
    negation,
    phrases,
    supposed,
)

KINDS = (
    "weapon", "suicide_self", "suicide_partner", "child_harm", "sexual_coercion", "stalking",
    "ipv_physical", "ipv_control", "ipv_fear", "user_perpetrator", "crisis_substance",
)  # fmt: skip
"""The contract's hazards, the most pressing first where the severity is the same."""
MODEL = "hazards/model.txt"
HEARD = 0.75
"""How likely what is learnt must find a hazard to count where no rule does (`bench/screen.py` prints the price).

It never overrules a rule: tried, and plain words such as "he hasn't hit me since March" went unheard.
"""
_CRITICAL = frozenset({"weapon", "suicide_self", "suicide_partner", "child_harm", "sexual_coercion", "stalking"})
_RANK = {"critical": 0, "high": 1, "ask": 2}
_FILES = tuple(f"hazards/{kind}.yaml" for kind in KINDS if kind != "suicide_self")


class Sign(NamedTuple):
    """One rule that fired: on which field, showing which hazard, going by which words."""

    field: str
    rule: Rule
    kind: str
    cue: str


@lru_cache(maxsize=1)
def _rules() -> Rules:
    return Rules(load(_FILES)[0])


def screen(scenario: Scenario) -> tuple[Hazard, ...]:
    """The hazards that `scenario` shows: one for each kind, the most severe first, then the most pressing.

    An empty result means that nothing was found, which is not the same as nothing being there.

    Raises:
        InputError: a file in `prompts/hazards/` is malformed.

    """
    best: dict[str, Hazard] = {}
    heard = [(field, part) for field, text in told(scenario).items() if (part := listen(MODEL, field, text))]
    loudest = max(heard, key=lambda pair: pair[1].chance, default=None)
    for sign in signs(scenario):
        held = best.get(sign.kind)
        severity = cast("HazardSeverity", sign.rule.severity)
        if held is None or _RANK[severity] < _RANK[held.severity]:
            question = sign.rule.question if severity == "ask" else ""
            best[sign.kind] = Hazard(sign.kind, severity, sign.cue, question)
    if loudest is not None:
        field, part = loudest
        if part.chance >= HEARD and not best:
            severity = "critical" if part.kind in _CRITICAL else "high"
            best[part.kind] = Hazard(part.kind, severity, told(scenario)[field].quote(part.first, part.last))
    return tuple(sorted(best.values(), key=lambda h: (_RANK[h.severity], KINDS.index(h.kind))))


def signs(scenario: Scenario) -> Iterator[Sign]:
    """Every rule that fires on `scenario`, in no particular order."""
    for field, text in told(scenario).items():
        yield from _signs(field, text)


def _signs(field: str, text: Told) -> Iterator[Sign]:
    rules = _rules()
    spoken: tuple[frozenset[int], frozenset[int]] | None = None
    # Each rule tells what the partner does to the user; with the two exchanged, it tells the reverse.
    for view, turned in ((text, False), (text.swapped(), True)):
        for rule, found in rules.matches(view.words, turned=turned):
            if rule.fields and field not in rule.fields:
                continue
            if spoken is None:
                spoken = phrases(text.words)
            if found.key not in spoken[0] and _stands(rule, view.words, found, spoken[1]):
                yield Sign(field, rule, rule.turned if turned else rule.kind, text.quote(found.first, found.last))


def _stands(rule: Rule, words: Sequence[str], found: Match, open_: frozenset[int]) -> bool:
    """Whether a match is neither denied, nor only imagined, nor somebody else's doing, nor called off."""
    if rule.denied and (negation(words, found.first, found.key, open_) or supposed(words, found.first, found.key)):
        return False
    first = words[found.first]
    if not is_role(first, "UPCWOT") and doer(words, found.first) in found.outsiders:
        return False
    if called_off(rule, words, found) or elsewhere(words, found):
        return False
    return rule.severity == "critical" or not kindly(words, found)


def answered(hazards: Sequence[Hazard], answers: Mapping[str, bool | None]) -> tuple[Hazard, ...]:
    """The hazards after the private questions (`prompts/questions/safety.yaml`).

    Args:
        hazards: what `screen` found.
        answers: for each question's id, True for yes, False for no, None for unanswered.

    Returns:
        `hazards` and one more for every question that was not answered with a clear no; a yes is `high`, an
        unanswered question `ask`.

    """
    out = list(hazards)
    for question in load_yaml("questions/safety.yaml")["questions"]:
        answer = answers.get(question["id"])
        if answer is False:
            continue
        kind = question["kind"]
        severity = cast("HazardSeverity", question["severity"] if answer else "ask")
        out.append(Hazard(kind, severity, "", "" if answer else question["text"]))
    return tuple(sorted(out, key=lambda h: (_RANK[h.severity], KINDS.index(h.kind))))
