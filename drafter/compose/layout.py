"""Gives the worded lines their places: joined they are the message, to the character."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

from drafter.compose.render import render
from drafter.compose.writer import Said, reasons
from drafter.data import load_text
from drafter.outcome import Line, Move, Principle
from drafter.plan import Kind, Plan

_PRINCIPLES: Mapping[str, Principle] = {
    "opener": "benefit", "acknowledge": "fear", "answer": "fear", "own_part": "own_part", "hope": "benefit",
    "benefit": "benefit", "coaching": "coaching", "resource": "interest", "again": "autonomy", "what": "once",
    "ask": "once", "offer": "smaller_step", "exit": "autonomy", "question": "curiosity", "close": "autonomy",
}  # fmt: skip
# Steps of ours that the contract counts among its moves under another name.
_MOVES: Mapping[str, Move] = {"answer": "acknowledge", "again": "acknowledge", "what": "ask", "offer": "ask"}
# A note is written in paragraphs: the hearing, the reasons, the asking.
_PARAGRAPH = {
    "opener": 0, "acknowledge": 0, "own_part": 0, "again": 0, "answer": 0, "hope": 1, "benefit": 1, "coaching": 1,
    "resource": 1, "what": 2, "ask": 2, "offer": 2, "exit": 2, "question": 2, "close": 3,
}  # fmt: skip


# What one is called: letters, with the marks that stand in names. Anything else in the field greets nobody.
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+){0,3}\.?")


def laid_out(said: Sequence[Said], plan: Plan, name: str) -> tuple[Line, ...]:
    """The lines with the white space that parts them; a note begins with the partner's `name`, where given."""
    note = "note" in plan.flags
    lines = [_greeting(name)] if note and _NAME.fullmatch(name) else []
    paragraph = 0
    for line, following in zip(said, [*said, None][1:], strict=True):
        paragraph = max(paragraph, _PARAGRAPH[line.move])
        gap = "" if following is None else " "
        if following and note and _PARAGRAPH[following.move] > paragraph:
            gap = "\n\n"
        move = _MOVES.get(line.move, cast("Move", line.move))
        lines.append(Line(line.text + gap, move, _principle(plan.kind, line.move), line.rests_on, line.why))
    return tuple(lines)


def _greeting(name: str) -> Line:
    text = render(load_text("note_greeting.j2").strip(), {"name": name})
    return Line(f"{text}\n\n", "opener", "benefit", ("name",), reasons("silent")["greeting"])


def _principle(kind: Kind, move: str) -> Principle:
    if kind == "respected":
        return "single_partner" if move == "own_part" else "autonomy"
    if kind == "question" and move in ("opener", "acknowledge"):
        return "curiosity"
    return _PRINCIPLES[move]
