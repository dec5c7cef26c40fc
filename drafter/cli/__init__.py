"""The command line: one module a command, loaded only when it is called, and one door for errors.

Only this package imports typer, prints, and chooses exit codes.
"""

import errno
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from drafter import __version__
from drafter.cli import terminal
from drafter.errors import DrafterError, Exit

COMMANDS = ("invite", "check", "screen", "principles")
"""The commands in the order of `--help`: each is the function of that name in the module of that name."""


def available() -> list[str]:
    """The commands that this build has."""
    return [name for name in COMMANDS if find_spec(f"{__name__}.{name}")]


class _Plain:
    """Stands in for typer's coercion of one option where there is nothing to coerce.

    Typer would load pydantic and build a schema for every option, given or not: 80 ms in which a text stays a
    text. Whatever does need coercing is handed back to typer, and so is everything if it ever renames the
    attribute that this hangs on; only the time is lost then, which `test_packaging` would notice.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401  # typer's own signature
        wanted = param.type_descriptor.annotation
        if value is None:
            return () if param.multiple else None
        if type(value) is wanted:
            return value
        if wanted == list[str] and isinstance(value, list | tuple):
            return list(value)
        param._runtime_param = None  # noqa: SLF001  # typer builds its own when asked
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


class _Lean:
    """A command whose options are coerced without pydantic where that is possible."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # typer's options have no public type
        """The options, `--help` included."""
        params = super().get_params(ctx)  # type: ignore[misc]  # mixed into typer's commands, which have it
        for param in params:
            param._runtime_param = _Plain()  # noqa: SLF001
        return params


class Command(_Lean, TyperCommand):
    """One command."""


class Commands(_Lean, TyperGroup):
    """The commands by name, each imported when it is first called; what goes wrong in them leaves by one door."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  # typer's context has no public type
        """Names for `--help`."""
        return available()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """The command, or None; all of them are known afterwards if there is none, so that typer names the nearest."""
        names = available()
        for name in [cmd_name] if cmd_name in names else names:
            if name not in self.commands:
                self.commands[name] = _load(name)
        return self.commands.get(cmd_name)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command; an interruption is one line and its own exit code."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            terminal.notice("\ndrafter: stopped; nothing was kept\n")
            raise typer.Exit(Exit.INTERRUPTED) from None

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Run the program: the one door by which errors leave, those of `--help` and `--version` too."""
        try:
            return super().main(*args, **kwargs)
        except DrafterError as error:
            terminal.report(error)
            sys.exit(error.code)
        except OSError as error:
            # Typer writes its help by itself. Any other system error is a bug, and may show itself.
            if error.errno != errno.ENOSPC:
                raise
            terminal.report(terminal.unwritable(error))
            sys.exit(Exit.USAGE)


def _load(name: str) -> Any:  # noqa: ANN401  # typer's command has no public type
    function = getattr(import_module(f"{__name__}.{name}"), name)
    single = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    single.command(name=name, cls=Command)(function)
    return typer.main.get_command(single)


app = typer.Typer(
    name="drafter",
    cls=Commands,
    rich_markup_mode=None,
    no_args_is_help=True,
    # A traceback must not be decorated with a couple's private words.
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:  # noqa: FBT001  # typer's callback form
    if value:
        terminal.emit(f"drafter {__version__}\n")
        raise typer.Exit


@app.callback()
def drafter(
    *,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Find the words to invite a reluctant partner to one visit of couples therapy."""
