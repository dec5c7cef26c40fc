"""How many things a message asks for: an invitation asks for one."""

from drafter.checks.rules import Rule
from drafter.checks.scan import matches
from drafter.checks.view import View


def none_asked(view: View, rule: Rule) -> list[tuple[int, int]]:
    """The message's last sentence where nothing is asked; the rule's patterns say what an ask is.

    A message that takes a no, or that only asks what the partner thinks (`unless`), needs no ask.
    """
    if not view.message.strip():
        return [(0, len(view.message))]
    if matches(view.row, rule.unless) or matches(view.row, rule.patterns):
        return []
    return [(0, len(view.message))]


def several_asked(view: View, rule: Rule) -> list[tuple[int, int]]:
    """What is asked beside the visit; the rule's patterns say what an ask for something else looks like."""
    return [view.row.span(*span) for span in matches(view.row, rule.patterns)]
