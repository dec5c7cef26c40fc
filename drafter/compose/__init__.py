"""The embedded engine: words a plan from the lines in `prompts/`, with no model and no network.

Deterministic: the same plan gives the same message. A line is used only where everything that it needs was
told; what the user did not give is left out, never made up.
"""

from drafter.compose.invitation import invitation
from drafter.compose.layout import laid_out
from drafter.compose.replies import reply
from drafter.compose.writer import Writer
from drafter.outcome import Line
from drafter.plan import Plan

__all__ = ["compose"]


def compose(plan: Plan, *, objection: str = "", variant: int = 0, gb: bool = False, name: str = "") -> tuple[Line, ...]:
    """The lines of the message that `plan` calls for.

    Args:
        plan: what to say.
        objection: the partner's words in folded form, for lines that fit only some wordings of a fear.
        variant: which of several different messages.
        gb: British spelling and idiom, else American.
        name: the partner's name, for the greeting of a note.

    """
    writer = Writer(plan, variant, objection, gb=gb)
    said = invitation(writer) if plan.kind == "invitation" else reply(writer)
    return laid_out(said, plan, name)
