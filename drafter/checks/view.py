"""What a check function sees of a message."""

from dataclasses import dataclass
from typing import Literal

from drafter.checks.rules import RuleSet
from drafter.checks.signs import Row
from drafter.scenario import Format, Scenario
from drafter.text import Folded

Kind = Literal["invitation", "question", "respected", "reply"]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A message with all that a check may need.

    Attributes:
        message: as it was given.
        folded: its comparable form.
        row: its words as signs.
        scenario: what is known; empty where nothing is.
        format: text, note or talk.
        kind: what the message is for.
        rules: the rules in force.
        has_facts: whether the scenario holds anything to trace a statement to.

    """

    message: str
    folded: Folded
    row: Row
    scenario: Scenario
    format: Format
    kind: Kind
    rules: RuleSet
    has_facts: bool = False
