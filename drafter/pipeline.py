"""One scenario in, one outcome out: the only way, for every command.

scenario → screen → reading → plan → engine → checks → outcome. Nothing is printed, stored or sent here.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from drafter import __version__
from drafter.checks import Kind, check
from drafter.coercion import Refusal, coercion
from drafter.compose import compose
from drafter.data import load_yaml
from drafter.grammar import british
from drafter.helplines import helplines, stop_words
from drafter.outcome import EngineUse, Finding, Hazard, Line, Outcome, Reading, Status
from drafter.plan import MOST_ASKS, Plan, plan
from drafter.reading import read
from drafter.scenario import Scenario
from drafter.screen import screen
from drafter.text import fold

_TRIES = 8
"""How many wordings are tried before a draft that fails the checks is given up."""


def invite(
    scenario: Scenario,
    *,
    seed: int = 0,
    variant: int = 0,
    most_asks: int = MOST_ASKS,
    hazards: Sequence[Hazard] | None = None,
    screened: bool = False,
) -> Outcome:
    """The outcome for `scenario`, written by the embedded engine.

    Args:
        scenario: what was told.
        seed: another seed gives another wording.
        variant: 0, 1, 2, … for messages that really differ from each other.
        most_asks: after how many earlier asks a further one is no longer drafted.
        hazards: what the caller's own screening left standing, which then replaces the screen; None to screen here.
        screened: whether the private safety questions were asked and all answered with no.

    """
    start = time.perf_counter()
    found = hazards_of(scenario) if hazards is None else tuple(hazards)
    outcome = _outcome(scenario, found, seed, variant, most_asks, screened=screened)
    return replace(outcome, engine=replace(outcome.engine, seconds=time.perf_counter() - start))


def variants(
    scenario: Scenario,
    count: int,
    seed: int = 0,
    *,
    hazards: Sequence[Hazard] | None = None,
    screened: bool = False,
) -> list[Outcome]:
    """`count` outcomes that really differ; one alone where there is no invitation to vary."""
    found = hazards_of(scenario) if hazards is None else hazards
    made = [invite(scenario, seed=seed, hazards=found, screened=screened)]
    if made[0].status not in ("stopped", "declined", "failed"):
        made += [invite(scenario, seed=seed, variant=n, hazards=found, screened=screened) for n in range(1, count)]
    return made


def hazards_of(scenario: Scenario) -> tuple[Hazard, ...]:
    """What speaks against any invitation: the screen's hazards, else an objection that sounds afraid of the user."""
    return screen(scenario) or _afraid(_reading(scenario))


def _reading(scenario: Scenario) -> tuple[Reading, ...]:
    return read(scenario.objection) if _english(scenario) else ()


def _english(scenario: Scenario) -> bool:
    return scenario.language.lower().split("-")[0] == "en"


def _outcome(
    scenario: Scenario, hazards: Sequence[Hazard], seed: int, variant: int, most_asks: int, *, screened: bool
) -> Outcome:
    blank = Outcome(
        id=scenario.id, status="drafted", format=scenario.format, language=scenario.language, version=__version__
    )
    reading = _reading(scenario)
    if hazards:
        return stopped(blank, hazards, scenario.country)
    advice = load_yaml("advice.yaml")
    if not _english(scenario):
        told = advice["other_language"].format(language=scenario.language)
        return replace(blank, status="failed", reading=reading, advice=(told,), engine=EngineUse())
    refusal = coercion(scenario)
    if refusal is not None:
        return _declined(blank, refusal, scenario, reading, seed, variant, most_asks)
    return _drafted(blank, scenario, reading, seed, variant, most_asks, screened=screened)


def stopped(blank: Outcome, hazards: Sequence[Hazard], country: str) -> Outcome:
    """The outcome where an invitation could harm someone: no message, and where to turn."""
    notice = stop_words(hazards, country)
    return replace(
        blank,
        status="stopped",
        hazards=tuple(hazards),
        help=helplines(hazards, country),
        advice=(*notice.sentences, notice.reason),
    )


def _afraid(reading: Sequence[Reading]) -> tuple[Hazard, ...]:
    """A hazard where the objection itself reads as fear of the one who asks."""
    if reading and reading[0].fear == "unsafe":
        question = load_yaml("advice.yaml")["unsafe_question"]
        return (Hazard("ipv_fear", "ask", reading[0].cue, question),)
    return ()


def _declined(  # noqa: PLR0913  # the same situation, less what presses
    blank: Outcome,
    refusal: Refusal,
    scenario: Scenario,
    reading: tuple[Reading, ...],
    seed: int,
    variant: int,
    most_asks: int,
) -> Outcome:
    advice = tuple(text for text in (refusal.what, refusal.need, refusal.advice) if text)
    if refusal.honest:
        honest = without(scenario, refusal.fields)
        if coercion(honest) is None:
            draft = _drafted(blank, honest, read(honest.objection), seed, variant, most_asks, screened=True)
            if draft.status in ("drafted", "question", "respected"):
                return replace(draft, status="declined", advice=(*advice, *draft.advice))
    return replace(blank, status="declined", reading=reading, advice=advice)


def without(scenario: Scenario, fields: Sequence[str]) -> Scenario:
    """`scenario` with some fields emptied."""
    empty = Scenario()
    return replace(scenario, **{name: getattr(empty, name) for name in fields if name != "objection"})


def _drafted(  # noqa: PLR0913
    blank: Outcome,
    scenario: Scenario,
    reading: tuple[Reading, ...],
    seed: int,
    variant: int,
    most_asks: int,
    *,
    screened: bool,
) -> Outcome:
    barred: frozenset[str] = frozenset()
    gb = british(scenario)
    objection = fold(scenario.objection).text
    outcome = blank
    for attempt in range(_TRIES):
        made = plan(scenario, reading, seed=seed, variant=variant + 97 * attempt * (not barred), most_asks=most_asks, barred=barred)
        # A field that fails is left out; words of ours that fail give way to others.
        lines = compose(made, objection=objection, variant=variant + attempt, gb=gb, name=scenario.name)
        message = "".join(line.text for line in lines)
        kind: Kind = made.kind
        findings = check(message, scenario, format=scenario.format, kind=kind)
        outcome = replace(
            blank,
            status=_status(made, findings),
            message=message,
            lines=lines,
            reading=reading,
            findings=findings,
            advice=_advice(scenario, made, screened=screened),
            engine=EngineUse(attempts=attempt + 1),
        )
        if outcome.status != "failed":
            return outcome
        barred |= _failing(lines, findings)
    return outcome


def _status(made: Plan, findings: Sequence[Finding]) -> Status:
    if any(finding.severity == "error" for finding in findings):
        return "failed"
    return {"invitation": "drafted", "question": "question", "respected": "respected"}[made.kind]  # type: ignore[return-value]


_TYPED = frozenset({"my_part", "appreciate", "want", "offer", "option", "resource", "matters", "objection"})


def _failing(lines: Sequence[Line], findings: Sequence[Finding]) -> frozenset[str]:
    """The fields whose content the checks caught: the next draft goes without them."""
    fields: set[str] = set()
    at = 0
    for line in lines:
        end = at + len(line.text)
        if any(f.severity == "error" and f.start < end and f.end > at for f in findings):
            for name in _TYPED & set(line.rests_on):
                fields.update({f"matters[{i}]" for i in range(50)} if name == "matters" else {name})
        at = end
    return frozenset(fields)


def _advice(scenario: Scenario, made: Plan, *, screened: bool) -> tuple[str, ...]:
    words = load_yaml("advice.yaml")
    chosen: list[str] = []
    if made.kind == "invitation":
        chosen += words[scenario.format]
        chosen += words["always"]
        # Some worries call for something besides the message.
        chosen += [words[made.fear]] if made.fear in words and isinstance(words[made.fear], str) else []
        chosen += [words["unsure"]] if "unsure" in made.flags else []
        chosen += [words["many_visits"]] if scenario.option and "option" not in made.slots else []
        chosen += [words["asked_before"]] if scenario.asks_before else []
        chosen += [] if screened else [words["not_screened"]]
    else:
        chosen += words[made.kind]
    return tuple(chosen)
