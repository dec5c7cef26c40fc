"""`drafter principles`: what every message is built on, and where each of it comes from."""

import sys
from typing import Annotated

import typer

from drafter.cli import terminal


def principles(
    *,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No bold or dim text.")] = False,
) -> None:
    """Show the principles, with where each comes from."""
    from drafter import present  # noqa: PLC0415  # --help needs none of it

    look = terminal.look(sys.stdout, color=not no_color)
    terminal.emit(present.principles_json() if json else present.principles_page(look))
