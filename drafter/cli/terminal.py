"""The one place that writes: standard output for messages and data, standard error for everything else."""

import errno
import os
import sys
from collections.abc import Callable
from typing import TextIO

from drafter import settings
from drafter.errors import DrafterError
from drafter.present import Look


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sits at `stream`; false for one that is closed."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def can_ask() -> bool:
    """Whether somebody is there to answer: questions go to standard error, answers come from standard input."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def look(stream: TextIO | None, *, color: bool = True) -> Look:
    """How a page for `stream` may look; 80 columns and plain where nobody sits at it."""
    if stream is None or not is_terminal(stream):
        return Look(settings.columns() or 80)
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        width = 0
    return Look(settings.columns() or width or 80, color and settings.wants_color())


def emit(text: str) -> None:
    """Write `text` to standard output, at once.

    A reader that has had enough (`| head`) is no error.

    Raises:
        DrafterError: standard output is closed, or its disk is full.

    """
    if sys.stdout is None:
        raise DrafterError(
            "standard output is closed, so there is nowhere to write", "leave it open, or use --out FILE"
        )
    _speak_utf8(sys.stdout)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _abandon(sys.stdout)
        if error.errno != errno.EPIPE:
            raise unwritable(error) from None


def unwritable(error: OSError) -> DrafterError:
    """The sentence for a standard output that can't be written."""
    _abandon(sys.stdout)
    return DrafterError(f"standard output can't be written ({error.strerror})", "check the disk, or use --out FILE")


def notice(text: str) -> None:
    """Write `text` to standard error; where that is impossible there is nobody to tell."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        _abandon(sys.stderr)


def line_reader() -> Callable[[], str]:
    """What reads one typed line, with its newline; empty at the end. What is no text in it is marked, not fatal."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")  # only before the first read
    return sys.stdin.readline


def key_reader() -> Callable[[], str]:
    """What reads one key, without Enter where the terminal lets it; empty at the end of the input.

    A key pressed before its question was shown is dropped: nobody answers what they have not read.
    """
    try:
        import termios  # noqa: PLC0415  # not on Windows
        import tty  # noqa: PLC0415

        number = sys.stdin.fileno()
        before = termios.tcgetattr(number)
    except (ImportError, OSError, ValueError):
        line = line_reader()
        return lambda: line().strip()[:1]

    def read() -> str:
        try:
            tty.setcbreak(number, termios.TCSADRAIN)
            pressed = os.read(number, 8).decode("utf-8", "replace")
        finally:
            # What was typed ahead goes here, before the next question is shown.
            termios.tcsetattr(number, termios.TCSAFLUSH, before)
        return "" if pressed.startswith(("\x04", "\x1b")) else pressed[:1]

    return read


def report(error: DrafterError) -> None:
    """Say what went wrong and what to do about it."""
    notice(f"drafter: {error.what}\n" + (f"  try: {error.remedy}\n" if error.remedy else ""))


def _speak_utf8(stream: TextIO) -> None:
    """Let a message be written whatever the locale: in a pipe as UTF-8, on an old terminal as well as it can."""
    encoding = (getattr(stream, "encoding", "") or "").lower().replace("_", "-")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None or encoding in ("utf-8", "utf8"):
        return
    if is_terminal(stream):
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8")


def _abandon(stream: TextIO) -> None:
    """Let go of a stream that can't be written, so that closing it at the end does not fail again."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass
