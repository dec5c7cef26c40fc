"""A pipeline that gives the outcome the objection names: what the outer layers do with it is tested, not the words."""

import sys
import threading
from dataclasses import replace

from drafter.errors import EngineError
from drafter.outcome import Finding, Hazard, HelpLine, Line, Outcome, Reading, Turn

MESSAGE = "You're right about the roof.\n\nWould you come once? If it's no use, that's that."
LINES = (
    Line("You're right about the roof.\n\n", "acknowledge", "fear", ("objection",), "It meets the worry."),
    Line("Would you come once? ", "ask", "once", (), "One visit."),
    Line("If it's no use, that's that.", "exit", "autonomy", (), "They can say no."),
)
DRAFTED = Outcome(
    id="x",
    status="drafted",
    message=MESSAGE,
    lines=LINES,
    turns=(Turn("How much?", "Sixty."),),
    reading=(Reading("cost", 0.9, "what that costs"), Reading("judged", 0.4, "them")),
    findings=(Finding("r1", "too_long", "hint", 0, 3, "You", "A bit long.", "Shorter."),),
    advice=("Say it when neither of you is tired.",),
    version="0",
)
STOPPED = Outcome(
    id="x",
    status="stopped",
    message="never shown",
    hazards=(Hazard("ipv_fear", "ask", "secret cue", "Are you ever afraid?"),),
    help=(HelpLine("A line", "0800 1", "day and night", "GB", "https://line.example", "2026-11-01"),),
)
DECLINED = replace(DRAFTED, status="declined", advice=("A threat is not written here.",))
FAILED = replace(DRAFTED, status="failed")


DOUBT = Hazard("ipv_fear", "ask", "doubtful cue", "Is it the doubtful thing?")


def hazards_of(scenario):
    """A hazard or a doubt where the objection names one."""
    return {"stopped": (Hazard("ipv_fear", "high", "secret cue"),), "doubt": (DOUBT,)}.get(scenario.objection, ())


def invite(scenario, *, seed=0, variant=0, hazards=(), screened=False):
    """The outcome that the objection names; `drafted` for any other."""
    word = scenario.objection
    if hazards:
        return replace(STOPPED, id=scenario.id, hazards=STOPPED.hazards if word == "stopped" else tuple(hazards))
    if word == "screened?":
        return replace(DRAFTED, message=f"screened {screened}", lines=())
    if word == "engine":
        raise EngineError("the engine is away", "wait for it")
    if word == "wait":
        sys.stderr.write("waiting\n")  # the test interrupts when it has read this
        sys.stderr.flush()

        threading.Event().wait(60)
    made = {
        "stopped": STOPPED,
        "declined": DECLINED,
        "declined-empty": replace(DECLINED, message="", lines=()),
        "failed": FAILED,
        "failed-empty": replace(FAILED, message="", lines=()),
        "question": replace(DRAFTED, status="question"),
        "respected": replace(DRAFTED, status="respected"),
    }.get(word, DRAFTED)
    if word == "echo":
        made = replace(DRAFTED, message=repr(scenario), lines=())
    if word.startswith("say "):
        made = replace(DRAFTED, message=word.removeprefix("say "), lines=())
    return replace(
        made,
        id=scenario.id,
        message=made.message.replace("once", f"once ({seed}.{variant})", 1) if seed or variant else made.message,
    )


def stopped(blank, _hazards, country):
    """The stopped outcome with the lines of the country that the command found out."""
    return replace(blank, help=tuple(replace(line, country=country or line.country) for line in blank.help))


def variants(scenario, count, seed=0, **screening):
    """As many as asked for; one alone where there is no invitation to vary."""
    made = [invite(scenario, seed=seed, variant=number, **screening) for number in range(count)]
    return made[:1] if made[0].status == "stopped" else made
