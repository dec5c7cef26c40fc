"""What this situation calls for: which moves in which order, which phrases they may use, how many words.

Pure and explainable in one sentence; it decides, the composer only words it. The skeleton is that of
`evidence.md` 1.13, the chances and limits are data in `prompts/plan.yaml`.
"""

import random
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from drafter.data import load_yaml
from drafter.grammar import Phrase
from drafter.outcome import Reading
from drafter.plan.content import phrases_of, slots_of
from drafter.plan.signs import signs
from drafter.scenario import Scenario

Kind = Literal["invitation", "question", "respected"]
MOST_ASKS = 2
"""How often one may have asked and still ask again: a third time is pressing (`evidence.md` 3.5, a design
choice; the caller may set another)."""


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
    phrases, slots = phrases_of(scenario, dice, variant, barred), slots_of(scenario, barred)
    made = Plan(
        kind=kind,
        fear=fear,
        parked=tuple(known[1:]),
        phrases=phrases,
        flags=_flags(scenario, fear, {*phrases, *slots}),
        slots=slots,
        seed=number,
        **load_yaml("plan.yaml")["words"][scenario.format],
    )
    return replace(made, moves=_moves(made, scenario.format, dice, variant)) if kind == "invitation" else made


def _kind(scenario: Scenario, fear: str, most_asks: int) -> Kind:
    if scenario.said_no or scenario.asks_before > most_asks or fear == "clear_no":
        return "respected"
    return "question" if fear == "silent" else "invitation"


def _flags(scenario: Scenario, fear: str, sayable: Collection[str]) -> frozenset[str]:
    """What holds in this situation, and the kind of ask that its fear calls for."""
    special = load_yaml("plan.yaml")["special_asks"].get(fear)
    holding = {name for name, holds in signs(scenario, sayable).items() if holds}
    return frozenset(holding | ({special} if special else set()))


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
    if own_hope or not made.phrases or drawn("own_hope"):
        wanted.add("hope")
    if special:
        wanted.add("answer")  # what is asked for there follows from it
    own_first = made.fear in rules["own_first"] and "own_part" in made.phrases
    orders = rules["own_first_orders" if own_first else "orders"]
    order = orders[(dice.randrange(len(orders)) + variant) % len(orders)]
    return tuple(move for move in order if move in wanted)
