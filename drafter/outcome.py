"""What comes out: the values that pass between the stages and make up the contract's outcome.

All of them are immutable and know only how to become plain JSON values. Offsets count Unicode code points.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Severity = Literal["error", "warning", "hint"]
HazardSeverity = Literal["critical", "high", "ask"]
Status = Literal["drafted", "question", "respected", "stopped", "declined", "failed"]
Move = Literal[
    "opener", "acknowledge", "own_part", "hope", "benefit", "resource", "coaching", "ask", "exit", "question", "close",
]  # fmt: skip
Principle = Literal[
    "fear", "benefit", "interest", "coaching", "once",
    "own_part", "curiosity", "autonomy", "smaller_step", "single_partner",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One fear that the objection may protect.

    Attributes:
        fear: one of the 27 kinds (`prompts/fears/`).
        confidence: 0 to 1, how sure the reading is.
        cue: the words it went by, as the user typed them.

    """

    fear: str
    confidence: float
    cue: str


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a message.

    Attributes:
        text: the words, with the white space that parts them from the next line: joined they are the message.
        move: which step it is.
        principle: which principle it serves.
        rests_on: the scenario fields it rests on (`from` in JSON).
        why: why it is there, in plain words.

    """

    text: str
    move: Move
    principle: Principle
    rests_on: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found in a message.

    Attributes:
        rule: the rule's id.
        category: one of the contract's categories.
        severity: error (don't send), warning (look again) or hint.
        start: first code point of the marked words in the message.
        end: code point after the last.
        quote: exactly `message[start:end]`.
        why: why it may hurt, in plain words.
        fix: a gentler wording or what to do.

    """

    rule: str
    category: str
    severity: Severity
    start: int
    end: int
    quote: str
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """A sign that an invitation could harm someone.

    Attributes:
        kind: one of the contract's hazards.
        severity: critical, high, or ask (ambiguous).
        cue: the words it went by; shown on the terminal and by `--json` alone, never in a file.
        question: for `ask`, the one plain question that would settle it.

    """

    kind: str
    severity: HazardSeverity
    cue: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Somewhere to turn: a line with its operator's site, and when we last checked it."""

    name: str
    contact: str
    hours: str
    country: str
    url: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer the partner may give, and what one could say to it."""

    if_they_say: str
    you_could_say: str


@dataclass(frozen=True, slots=True)
class EngineUse:
    """What wrote the message, and what it cost."""

    name: str = "builtin"
    model: str = ""
    attempts: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole result of one invitation; `to_dict` is the contract's JSON form."""

    id: str
    status: Status
    message: str = ""
    format: str = "talk"
    language: str = "en"
    lines: tuple[Line, ...] = ()
    turns: tuple[Turn, ...] = ()
    reading: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    help: tuple[HelpLine, ...] = ()
    advice: tuple[str, ...] = ()
    engine: EngineUse = EngineUse()
    version: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The outcome as JSON-ready values, keys as in the contract."""
        out: dict[str, Any] = _lists(asdict(self))
        out["lines"] = [
            {"text": n.text, "move": n.move, "principle": n.principle, "from": list(n.rests_on), "why": n.why}
            for n in self.lines
        ]
        out["hazards"] = [{"kind": h.kind, "severity": h.severity, "cue": h.cue} for h in self.hazards]
        out["engine"]["seconds"] = round(self.engine.seconds, 3)
        return out

    def without_private(self) -> "Outcome":
        """The outcome as it may be written to a file: of a stopped one only id, status, hazard kinds, help."""
        if self.status != "stopped":
            return self
        return replace(
            self,
            message="",
            lines=(),
            turns=(),
            reading=(),
            findings=(),
            hazards=tuple(replace(hazard, cue="", question="") for hazard in self.hazards),
            advice=(),
        )


def _lists(value: Any) -> Any:  # noqa: ANN401  # whatever a field may hold, and what is in it
    """`value` with every tuple in it as a list."""
    if isinstance(value, Mapping):
        return {key: _lists(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_lists(item) for item in value]
    return value
