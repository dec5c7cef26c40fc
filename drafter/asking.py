"""Asks for a scenario step by step: one plain question at a time, every one of them skippable.

Knows the questions (`prompts/questions/`) and how answers are read, not where they come from: the terminal is
handed in. Answers live in the returned values and nowhere else.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from drafter.data import load_yaml
from drafter.errors import InputError
from drafter.outcome import Hazard
from drafter.scenario import scenario_from

TERMINAL_LINE = 4095
"""The most bytes a terminal hands over in one line; it drops what is typed beyond, without a word."""


def ask(
    read: Callable[[], str],
    write: Callable[[str], None],
    *,
    skip: Collection[str] = (),
    dim: Callable[[str], str] = str,
) -> dict[str, Any]:
    """The answers to the questions of `prompts/questions/invite.yaml`, by field, as typed.

    Args:
        read: a line with its newline; empty at the end of the input (Ctrl-D), which ends the questions.
        write: shows words to the person.
        skip: fields that are known already.
        dim: makes an example stand back.

    Raises:
        KeyboardInterrupt: from `read`, passed on.

    """
    script = load_yaml("questions/invite.yaml")
    answers: dict[str, Any] = {}
    write(script["begin"])
    for question in script["ask"]:
        field = question["field"]
        if field in skip:
            continue
        example = script["example"].format(example=question["example"])
        write(f"\n{question['ask']}\n{dim(example)}\n> ")
        answer = _answer(field, read, write, script)
        if answer is None:
            # The cursor still stands behind the mark where Ctrl-D was pressed.
            write("\n")
            break
        if answer:
            answers[field] = answer
    write("\n")
    return answers


def _answer(field: str, read: Callable[[], str], write: Callable[[str], None], script: dict[str, str]) -> str | None:
    """One answer that can be used; empty where it was passed over, None at the end of the input."""
    while True:
        line = read()
        if not line:
            return None
        answer = line.strip()
        if len(line.rstrip("\n").encode("utf-8", "replace")) >= TERMINAL_LINE:
            write(f"{script['too_long']}\n> ")
            continue
        if not answer:
            return ""
        try:
            scenario_from({field: answer}, strings=True)
        except InputError as error:
            again = script["again"].format(what=error.what, remedy=error.remedy)
            write(f"{again}\n> ")
            continue
        return answer


def private(
    key: Callable[[], str], write: Callable[[str], None], doubts: Sequence[Hazard] = ()
) -> tuple[dict[str, bool | None], tuple[Hazard, ...]]:
    """The answers to the private questions of `prompts/questions/safety.yaml`, and the doubts that remain.

    One screen, a key a question. What is neither a yes nor a no counts as not answered, and the rest is not asked
    after the first that isn't a clear no: then there will be no draft.

    Args:
        key: one key; empty at the end of the input.
        write: shows words to the person.
        doubts: ambiguous hazards, each with its own question; a clear no settles it.

    Returns:
        For each question's id True for yes, False for no, None for unanswered; and the doubts not settled.

    """
    script = load_yaml("questions/safety.yaml")
    yes, no = script["keys"]["yes"], script["keys"]["no"]
    write(f"\n{script['intro'].strip()}\n\n")

    def answer(question: str) -> bool | None:
        write(f"{question} {script['choice']} ")
        pressed = key().lower()
        said = True if pressed in yes else False if pressed in no else None
        write(script["said"][{True: "yes", False: "no", None: "unanswered"}[said]] + "\n")
        return said

    answers: dict[str, bool | None] = {question["id"]: None for question in script["questions"]}
    open_doubts = list(doubts)
    for doubt in doubts:
        if answer(doubt.question) is not False:
            return answers, tuple(open_doubts)
        open_doubts.remove(doubt)
    for question in script["questions"]:
        answers[question["id"]] = answer(question["text"])
        if answers[question["id"]] is not False:
            return answers, ()
    write(f"{script['closing'].strip()}\n\n")
    return answers, ()
