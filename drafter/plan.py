"""What this situation calls for: which moves in which order, which phrases they may use, how many words.

Pure and explainable in one sentence; it decides, the composer only words it. The skeleton is that of
`evidence.md` 1.13, the chances and limits are data in `prompts/plan.yaml`.
"""

import random
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from drafter import grammar
from drafter.data import load_yaml
from drafter.grammar import Phrase
from drafter.outcome import Reading
from drafter.scenario import Scenario
from drafter.text import fold, words

Kind = Literal["invitation", "question", "respected"]
MOST_ASKS = 2
"""How often one may have asked and still ask again: a third time is pressing (`evidence.md` 3.5, a design
choice; the caller may set another)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to say, before it is worded.

    Attributes:
        kind: an invitation, an open question, or "I heard you".
        fear: the fear that is answered; empty where none is known.
        parked: the other fears that were read; left alone.
        moves: the moves in the order in which they are said.
        phrases: the user's own content for a move, turned to the partner.
        flags: what holds in this situation; lines of `prompts/` name the ones they need.
        least: fewest words, most: most words, lines: most lines.
        seed: what every choice of wording follows from.

    """

    kind: Kind
    fear: str
    parked: tuple[str, ...]
    moves: tuple[str, ...]
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


def plan(
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
        reading: the fears read from its objection, the one to answer first.
        seed: another seed words the same situation differently.
        variant: 0 for the first message, 1, 2, … for really different ones beside it.
        most_asks: how many earlier asks are still no reason to stop.
        barred: fields whose content may not be used (it did not pass the checks).

    """
    first = reading[0].fear if reading else "silent"
    kind: Kind = "invitation"
    if scenario.said_no or scenario.asks_before > most_asks or first == "clear_no":
        kind = "respected"
    elif first == "silent":
        kind = "question"
    number = seed_of(scenario, seed)
    # Which moves are used is drawn anew for each variant; the content is the same.
    dice = random.Random(number + 7919 * variant)
    phrases, slots = _content(scenario, dice, variant, barred)
    flags = _flags(scenario, first, phrases, slots, kind)
    rules = load_yaml("plan.yaml")
    sizes = rules["words"][scenario.format]
    moves = _moves(rules, scenario, first, phrases, slots, flags, dice, variant) if kind == "invitation" else ()
    return Plan(
        kind=kind,
        fear=first,
        parked=tuple(r.fear for r in reading[1:]),
        moves=moves,
        phrases=phrases,
        flags=flags,
        slots=slots,
        least=sizes["least"],
        most=sizes["most"],
        lines=sizes["lines"],
        seed=number,
    )


def _content(
    scenario: Scenario, dice: random.Random, variant: int, barred: frozenset[str]
) -> tuple[dict[str, Phrase], dict[str, object]]:
    """The user's own content, turned to the partner, for the moves that rest on it."""
    who, name = grammar.gender(scenario), scenario.name
    phrases: dict[str, Phrase] = {}
    matters = [
        (phrase, index)
        for index, item in enumerate(scenario.matters)
        if not _restates(item, scenario.objection) and f"matters[{index}]" not in barred and (phrase := grammar.matter(item, who, name)) is not None
    ]
    if matters:
        # The most telling item: a whole wish says more of this person than a bare noun.
        ranked = sorted(matters, key=lambda pair: -_telling(pair[0]))
        top = [pair for pair in ranked if _telling(pair[0]) >= _telling(ranked[0][0]) - 1]
        phrases["benefit"] = top[(dice.randrange(len(top)) + variant) % len(top)][0]
    makers = {
        "own_part": ("my_part", grammar.own_part),
        "opener": ("appreciate", grammar.appreciation),
        "offer": ("offer", grammar.offer),
        "hope": ("want", grammar.hope),
    }
    for move, (source, maker) in makers.items():
        text = getattr(scenario, source)
        if text and source not in barred and (phrase := maker(text, who, name)) is not None:
            phrases[move] = phrase
    slots: dict[str, object] = dict(grammar.therapy(scenario))
    if scenario.option and "option" not in barred and (option := grammar.option(scenario.option, who, name)):
        slots["option"] = _in_speech(option)
    if scenario.resource and "resource" not in barred and (told := grammar.resource(scenario.resource)):
        slots["resource"] = told
        slots["resource_url"] = scenario.resource.url
    if (kept := grammar.kept_time(scenario.matters)) and f"matters[{kept[1]}]" not in barred:
        slots["kept"] = kept[0]
    if scenario.asks_before > 1:
        often = load_yaml("plan.yaml")["times"]
        slots["times"] = Phrase(often[min(scenario.asks_before, len(often) + 1) - 2], "noun")
    if scenario.objection and "objection" not in barred and (told_back := grammar.partner_says(scenario.objection, who, name)):
        slots["told_back"] = told_back
    return phrases, slots


_SIZE = re.compile(r"\d|\b(?:hour|half|free|charge|minutes)\b")


def _in_speech(option: Phrase) -> Phrase:
    """An option as one says it: the thing itself and a detail or two, of which length and price matter most."""
    head, *details = option.text.split(", ")
    kept = [d for d in details if _SIZE.search(d)][:2] or details[:1]
    return replace(option, text=", ".join([head, *(d for d in details if d in kept)]))


def _restates(item: str, objection: str) -> bool:
    """Whether an item says only what the objection says: then it would be said twice."""
    said = {word[:6] for word in words(fold(objection).text) if len(word) > 4}  # noqa: PLR2004
    told = [word[:6] for word in words(fold(item).text) if len(word) > 4]  # noqa: PLR2004
    return bool(told) and all(word in said for word in told)


def _telling(phrase: Phrase) -> int:
    if phrase.form in ("wish", "that", "gerund", "infinitive", "like", "when"):
        return 3
    if phrase.form in ("dislike", "clause", "wh"):
        return 2
    return {"gain": 3, "time": 3, "people": 2, "faith": 2, "pets": 2}.get(phrase.kind, 1)


_UNSURE = re.compile(
    r"\b(?:(?:i (?:might|may|want to|am going to|'m going to|am thinking of|'m thinking of|will|'ll) (?:leave|go|move out))"
    r"|thinking (?:of|about) leaving|not sure i (?:want|love)|don't know if i (?:want|love|can stay)|divorc|separat(?:e|ing)\b"
    r"|one foot out)"
)
_PRICE = re.compile(
    r"(?:[$€£₹]|\b(?:rs|usd|eur|gbp)\.?)\s*\d|\b\d+\s*(?:dollars|pounds|quid|euros?|bucks|rupees|a (?:session|visit|go))|\bfree\b"
)
_PERSON = re.compile(
    r"\b(?:Dr|Mrs?|Ms|Prof|Pastor|Father|Fr|Rev|Rabbi|Imam|Sister|Deacon|Bishop|Pandit)\.?\s+[A-Z]|\b(?:with|called|named)\s+(?!a\b|an\b|the\b)[A-Z][a-z]+"
    r"|\b(?:imam|pastor|priest|vicar|rabbi|chaplain|gp)\b",
)


def _flags(
    scenario: Scenario, fear: str, phrases: Mapping[str, Phrase], slots: Mapping[str, object], kind: Kind
) -> frozenset[str]:
    """What holds in this situation, by name: `needs` and `unless` of a line refer to these."""
    told = fold(f"{scenario.situation} . {scenario.want} . {scenario.my_part}").text
    special = load_yaml("plan.yaml")["special_asks"].get(fear)
    everything = fold(f"{scenario.option} {scenario.want} {scenario.objection} {scenario.situation}").text
    holds = {
        scenario.format: True,
        "option": bool(scenario.option),
        "person": bool(_PERSON.search(scenario.option)),
        "short_option": "option" in slots and len(str(slots["option"]).split()) < 6 and "," not in str(slots["option"]),  # noqa: PLR2004
        "one_option": str(slots.get("option", "")).startswith(("one ", "a single ")),
        "paid": bool(_PRICE.search(fold(scenario.option).text)),
        "lawyer": bool(re.search(r"\b(?:lawyer|solicitor|attorney|barrister|legal|union)\b", fold(f"{scenario.offer} {scenario.option} {scenario.want}").text)),
        "free": bool(re.search(r"\b(?:free|no charge|no fee|no cost|donation)\b", fold(scenario.option).text)),
        "remote": bool(re.search(r"\b(?:video|phone|online|zoom|telehealth|call|facetime|skype|text chat|at home|from home|come to us|come out)\b", fold(scenario.option).text)),
        "unsure": bool(_UNSURE.search(told)),
        "workshop": bool(re.search(r"\b(?:workshop|course|retreat|class)\b", everything)),
        "kept": "kept" in slots,
        "asked_once": scenario.asks_before == 1,
        "asked_twice": scenario.asks_before == 2,  # noqa: PLR2004
        "counted": scenario.asks_before >= 2,  # noqa: PLR2004
        "no_part": "own_part" not in phrases,
        "unknown": kind == "question" and not scenario.objection,
        "url": bool(slots.get("resource_url")),
    }
    if special:
        holds[special] = True
    return frozenset(name for name, value in holds.items() if value)


def _moves(  # noqa: PLR0913  # one call, kept apart from `plan` for its length only
    rules: Mapping[str, Any],
    scenario: Scenario,
    fear: str,
    phrases: Mapping[str, Phrase],
    slots: Mapping[str, object],
    flags: frozenset[str],
    dice: random.Random,
    variant: int,
) -> tuple[str, ...]:
    def often(move: str) -> bool:
        return dice.randrange(100) < rules["often"][move][scenario.format]

    wanted = {"acknowledge", "ask", "exit"}
    coaching = bool(load_yaml(f"fears/{fear}.yaml").get("coaching"))
    allowed = {
        "opener": "opener" in phrases,
        "own_part": "own_part" in phrases,
        "answer": True,
        "benefit": "benefit" in phrases,
        "coaching": coaching,
        "resource": "resource" in slots,
        "again": bool(flags & {"asked_once", "asked_twice"}),
        "offer": "offer" in phrases,
        "question": True,
        "close": True,
        "what": "option" in slots and not flags & set(rules["special_asks"].values()),
    }
    wanted |= {move for move, may in allowed.items() if may and often(move)}
    if "hope" in phrases and often("hope"):
        wanted.add("hope")
    # With little of the person's own to say, the reason for asking carries the message.
    elif len(phrases) < 2 or often("own_hope"):  # noqa: PLR2004
        wanted.add("hope")
    orders = rules["own_first_orders"] if fear in rules["own_first"] and "own_part" in phrases else rules["orders"]
    if flags & set(rules["special_asks"].values()):
        # What is asked for there follows from the answer.
        wanted.add("answer")
    order = orders[(dice.randrange(len(orders)) + variant) % len(orders)]
    return tuple(move for move in order if move in wanted)
