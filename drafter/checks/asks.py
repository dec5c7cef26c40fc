"""How many things a message asks for: an invitation asks for one."""

from drafter.checks.rules import Rule
from drafter.checks.scan import has
from drafter.checks.view import View


def none_asked(view: View, rule: Rule) -> list[tuple[int, int]]:
    """The message's last sentence where nothing is asked; the rule's patterns say what an ask is.

    A message that takes a no, or that only asks what the partner thinks (`unless`), needs no ask.
    """
    if not view.message.strip():
        return [(0, len(view.message))]
    if has(view.row, rule.patterns) or has(view.row, rule.unless):
        return []
    return [(0, len(view.message))]
