"""One scenario in, one outcome out: the only way, for every command.

scenario → screen → reading → plan → engine → checks → outcome. Nothing is printed, stored or sent here.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from drafter import __version__
from drafter.checks import check
from drafter.coercion import Refusal, coercion
from drafter.compose import compose
from drafter.data import load_yaml
from drafter.grammar import british
from drafter.helplines import helplines, stop_words
from drafter.outcome import EngineUse, Finding, Hazard, Line, Outcome, Reading, Status
from drafter.plan import MOST_ASKS, Kind, Plan, plan
from drafter.reading import UNSAFE, read
from drafter.scenario import Scenario
from drafter.screen import screen
from drafter.text import fold

TRIES = 8
"""How many wordings are tried before a draft that fails the checks is given up."""

_STATUS: Mapping[Kind, Status] = {"invitation": "drafted", "question": "question", "respected": "respected"}
# What the user typed and a message may hold; a name is no matter for the checks.
_TYPED = frozenset({"my_part", "appreciate", "want", "offer", "option", "resource", "matters", "objection"})


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked of the engine; the fields are the arguments of `invite`."""

    scenario: Scenario
    seed: int
    variant: int
    most_asks: int
    screened: bool

    @property
    def english(self) -> bool:
        """Whether the message is wanted in English, the one language that the embedded engine writes."""
        return _english(self.scenario)

    def blank(self) -> Outcome:
        """An outcome without anything in it yet."""
        told = self.scenario
        return Outcome(id=told.id, status="drafted", format=told.format, language=told.language, version=__version__)


def invite(  # noqa: PLR0913  # one that tells the situation, the others by name and with a default
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
    outcome = _outcome(_Request(scenario, seed, variant, most_asks, screened), found)
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


def _outcome(request: _Request, hazards: Sequence[Hazard]) -> Outcome:
    scenario = request.scenario
    if hazards:
        return stopped(request.blank(), hazards, scenario.country)
    if not request.english:
        told = load_yaml("advice.yaml")["other_language"].format(language=scenario.language)
        return replace(request.blank(), status="failed", advice=(told,))
    refusal = coercion(scenario)
    return _drafted(request) if refusal is None else _declined(request, refusal)


def stopped(blank: Outcome, hazards: Sequence[Hazard], country: str) -> Outcome:
    """The outcome where an invitation could harm someone: no message, and where to turn."""
    notice = stop_words(hazards, country)
    return replace(
        blank,
        status="stopped",
        hazards=tuple(hazards),
        help=helplines(hazards, country),
        advice=tuple(text for text in (*notice.sentences, notice.reason, notice.emergency) if text),
    )


def _afraid(reading: Sequence[Reading]) -> tuple[Hazard, ...]:
    """A hazard where the objection itself reads as fear of the one who asks."""
    if reading and reading[0].fear == UNSAFE:
        question = load_yaml("advice.yaml")["unsafe_question"]
        return (Hazard("ipv_fear", "ask", reading[0].cue, question),)
    return ()


def _declined(request: _Request, refusal: Refusal) -> Outcome:
    """No to what presses, and where one exists an honest draft: the same situation, less what presses."""
    advice = tuple(text for text in (refusal.what, refusal.need, refusal.advice) if text)
    honest = without(request.scenario, refusal.fields)
    if refusal.honest and coercion(honest) is None:
        draft = _drafted(replace(request, scenario=honest, screened=True))
        if draft.status != "failed":
            return replace(draft, status="declined", advice=(*advice, *draft.advice))
    return replace(request.blank(), status="declined", reading=_reading(request.scenario), advice=advice)


def without(scenario: Scenario, fields: Sequence[str]) -> Scenario:
    """`scenario` with some fields emptied; the objection stays, for it is the partner's."""
    empty = Scenario()
    return replace(scenario, **{name: getattr(empty, name) for name in fields if name != "objection"})


def _drafted(request: _Request) -> Outcome:
    """The first draft that passes the checks, else the last one, marked as failed with its findings."""
    barred: frozenset[str] = frozenset()
    for attempt in range(TRIES):
        outcome = _attempt(request, attempt, barred)
        if outcome.status != "failed":
            break
        # A field that fails is left out; words of ours that fail give way to others.
        barred |= _failing(outcome.lines, outcome.findings)
    return outcome


def _attempt(request: _Request, attempt: int, barred: frozenset[str]) -> Outcome:
    scenario, reading = request.scenario, _reading(request.scenario)
    made = plan(
        scenario,
        reading,
        seed=request.seed,
        # Where nothing that was typed is to blame, other moves are tried besides other words.
        variant=request.variant if barred else request.variant + 97 * attempt,
        most_asks=request.most_asks,
        barred=barred,
    )
    lines = compose(
        made,
        objection=fold(scenario.objection).text,
        variant=request.variant + attempt,
        gb=british(scenario),
        name=scenario.name,
    )
    message = "".join(line.text for line in lines)
    findings = check(message, scenario, format=scenario.format, kind=made.kind)
    failed = any(finding.severity == "error" for finding in findings)
    return replace(
        request.blank(),
        status="failed" if failed else _STATUS[made.kind],
        message=message,
        lines=lines,
        reading=reading,
        findings=findings,
        advice=_advice(scenario, made, screened=request.screened),
        engine=EngineUse(attempts=attempt + 1),
    )


def _failing(lines: Sequence[Line], findings: Sequence[Finding]) -> frozenset[str]:
    """The fields whose content the checks caught: the next draft goes without them."""
    fields: set[str] = set()
    start = 0
    for line in lines:
        end = start + len(line.text)
        if any(found.severity == "error" and found.start < end and found.end > start for found in findings):
            fields |= _TYPED.intersection(line.rests_on)
        start = end
    return frozenset(fields)


def _advice(scenario: Scenario, made: Plan, *, screened: bool) -> tuple[str, ...]:
    """When and how to say it, and when not to."""
    words = load_yaml("advice.yaml")
    if made.kind != "invitation":
        return tuple(words[made.kind])
    # Some worries call for something besides the message.
    of_the_fear = words.get(made.fear)
    asides = {
        "unsure": "unsure" in made.flags,
        "many_visits": bool(scenario.option) and "option" not in made.slots,
        "asked_before": scenario.asks_before > 0,
        "not_screened": not screened,
    }
    return (
        *words[scenario.format],
        *words["always"],
        *([of_the_fear] if isinstance(of_the_fear, str) else []),
        *(words[name] for name, holds in asides.items() if holds),
    )
