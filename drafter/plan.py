"""What this situation calls for: which moves in which order, which phrases they may use, how many words.

Pure and explainable in one sentence; it decides, the composer only words it. The skeleton is that of
`evidence.md` 1.13, the chances and limits are data in `prompts/plan.yaml`.
"""

import random
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from drafter import grammar
from drafter.data import load_yaml
from drafter.grammar import Phrase
from drafter.grammar.lexicon import pattern
from drafter.outcome import Reading
from drafter.scenario import Scenario
from drafter.text import fold, words

Kind = Literal["invitation", "question", "respected"]
MOST_ASKS = 2
"""How often one may have asked and still ask again: a third time is pressing (`evidence.md` 3.5, a design
choice; the caller may set another)."""
SHORT_OPTION = 6
"""An option of fewer words than this, without a comma, can stand in the middle of a question."""

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
_STEM, _TELLS = 6, 5  # the letters that tell a word, and how many a telling word has
_SIZE = re.compile(r"\d|\b(?:hour|half|free|charge|minutes)\b")
_WORKSHOP = re.compile(r"\b(?:workshop|course|retreat|class)\b")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to say, before it is worded.

    Attributes:
        kind: an invitation, an open question, or "I heard you".
        fear: the fear that is answered, `silent` or `clear_no`.
        parked: the other fears that were read; left alone.
        moves: the moves of an invitation in the order in which they are said; empty for the other kinds.
        phrases: the user's own content for a move, turned to the partner.
        flags: what holds in this situation; lines of `prompts/` name the ones they need.
        slots: what lines of `prompts/` may name besides the phrase: `therapy` and `therapist`, and where told
            `option`, `resource`, `resource_url`, `kept`, `times`, `told_back`.
        least: fewest words.
        most: most words.
        lines: most lines.
        seed: what every choice of wording follows from.

    """

    kind: Kind
    fear: str
    parked: tuple[str, ...]
    moves: tuple[str, ...] = ()
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    slots: Mapping[str, object] = field(default_factory=dict)
    least: int = 0
    most: int = 999
    lines: int = 99
    seed: int = 0


def seed_of(scenario: Scenario, seed: int) -> int:
    """A number that is the same for the same scenario and seed, on every machine."""
    told = repr((scenario.texts(), scenario.format, scenario.asks_before, scenario.said_no))
    return zlib.crc32(told.encode()) ^ (seed * 0x9E3779B1 & 0xFFFFFFFF)


def plan(  # noqa: PLR0913  # two that tell the situation, the others by name and with a default
    scenario: Scenario,
    reading: Sequence[Reading],
    *,
    seed: int = 0,
    variant: int = 0,
    most_asks: int = MOST_ASKS,
    barred: frozenset[str] = frozenset(),
) -> Plan:
    """The plan for `scenario` as read.

    Args:
        scenario: what was told.
        reading: the fears read from its objection, the one to answer first in front.
        seed: another seed words the same situation differently.
        variant: 0 for the first message, 1, 2, … for really different ones beside it.
        most_asks: how many earlier asks are still no reason to stop.
        barred: fields whose content may not be used (it did not pass the checks); `matters` or one item, as
            `matters[0]`.

    """
    # Being afraid is the screen's matter; where it was settled there, nothing is guessed about the rest.
    known = [found.fear for found in reading if found.fear != "unsafe"]
    fear = known[0] if known else "silent"
    kind = _kind(scenario, fear, most_asks)
    number = seed_of(scenario, seed)
    # Which moves are used is drawn anew for each variant; the content is the same.
    dice = random.Random(number + 7919 * variant)
    phrases, slots = _phrases(scenario, dice, variant, barred), _slots(scenario, barred)
    made = Plan(
        kind=kind,
        fear=fear,
        parked=tuple(known[1:]),
        phrases=phrases,
        flags=_flags(scenario, fear, kind, phrases, slots),
        slots=slots,
        seed=number,
        **load_yaml("plan.yaml")["words"][scenario.format],
    )
    return replace(made, moves=_moves(made, scenario.format, dice, variant)) if kind == "invitation" else made


def _kind(scenario: Scenario, fear: str, most_asks: int) -> Kind:
    if scenario.said_no or scenario.asks_before > most_asks or fear == "clear_no":
        return "respected"
    return "question" if fear == "silent" else "invitation"


def _phrases(scenario: Scenario, dice: random.Random, variant: int, barred: frozenset[str]) -> dict[str, Phrase]:
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


def _slots(scenario: Scenario, barred: frozenset[str]) -> dict[str, object]:
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


def _flags(
    scenario: Scenario, fear: str, kind: Kind, phrases: Mapping[str, Phrase], slots: Mapping[str, object]
) -> frozenset[str]:
    """What holds in this situation, by name: `needs` and `unless` of a line refer to these."""
    user = fold(f"{scenario.situation} . {scenario.want} . {scenario.my_part}").text
    anyone = fold(f"{scenario.option} {scenario.want} {scenario.objection} {scenario.situation}").text
    offered = fold(f"{scenario.offer} {scenario.option} {scenario.want}").text
    told, option = fold(scenario.option).text, str(slots.get("option", ""))
    special = load_yaml("plan.yaml")["special_asks"].get(fear)
    holds = {
        scenario.format: True,
        "option": bool(scenario.option),
        "person": bool(_PERSON.search(scenario.option)),
        "short_option": bool(option) and len(option.split()) < SHORT_OPTION and "," not in option,
        "one_option": option.startswith(("one ", "a single ")),
        "paid": bool(_PRICE.search(told)),
        "lawyer": bool(pattern("lawyer").search(offered)),
        "free": bool(pattern("free").search(told)),
        "remote": bool(pattern("remote").search(told)),
        "unsure": bool(_UNSURE.search(user)),
        "workshop": bool(_WORKSHOP.search(anyone)),
        "kept": "kept" in slots,
        "asked_once": scenario.asks_before == 1,
        "asked_twice": scenario.asks_before == 2,  # noqa: PLR2004  # twice is two
        "counted": scenario.asks_before > 1,
        "no_part": "own_part" not in phrases,
        "unknown": kind == "question" and not scenario.objection,
        "url": bool(slots.get("resource_url")),
    }
    return frozenset(name for name, value in holds.items() if value) | ({special} if special else set())


def _moves(made: Plan, form: str, dice: random.Random, variant: int) -> tuple[str, ...]:
    """The moves of an invitation, in the order in which they are said."""
    rules = load_yaml("plan.yaml")

    def drawn(move: str) -> bool:
        return dice.randrange(100) < int(rules["often"][move][form])

    special = not made.flags.isdisjoint(rules["special_asks"].values())
    # The order of the draws is part of what a seed means.
    possible = {
        "opener": "opener" in made.phrases,
        "own_part": "own_part" in made.phrases,
        "answer": True,
        "benefit": "benefit" in made.phrases,
        "coaching": bool(load_yaml(f"fears/{made.fear}.yaml").get("coaching")),
        "resource": "resource" in made.slots,
        "again": not made.flags.isdisjoint({"asked_once", "asked_twice"}),
        "offer": "offer" in made.phrases,
        "question": True,
        "close": True,
        "what": "option" in made.slots and not special,
    }
    wanted = {"acknowledge", "ask", "exit"} | {move for move, may in possible.items() if may and drawn(move)}
    own_hope = "hope" in made.phrases and drawn("hope")
    # With little of the person's own to say, the reason for asking carries the message.
    if own_hope or len(made.phrases) <= 1 or drawn("own_hope"):
        wanted.add("hope")
    if special:
        wanted.add("answer")  # what is asked for there follows from it
    own_first = made.fear in rules["own_first"] and "own_part" in made.phrases
    orders = rules["own_first_orders" if own_first else "orders"]
    order = orders[(dice.randrange(len(orders)) + variant) % len(orders)]
    return tuple(move for move in order if move in wanted)
