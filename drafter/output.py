"""Where a message goes besides the screen: a file that only its owner can read, and the clipboard.

Nothing here overwrites by accident, follows a link or leaves half a file behind.
"""

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from drafter.errors import InputError
from drafter.text import one_line

_PRIVATE = 0o600


def check_writable(path: Path, *, force: bool) -> None:
    """See that `path` can be written, before anything is asked or drafted.

    Raises:
        InputError: it exists and `force` is off; or it is a folder, a link, a device; or its folder is missing.

    """
    name = one_line(str(path))
    if str(path) == "-":
        raise InputError("--out takes a file's name", "leave it out: the message goes to standard output by itself")
    with _explained(name):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            if not path.parent.is_dir():
                folder = one_line(str(path.parent))
                raise InputError(f"there is no folder '{folder}'", "make it first, or choose another place") from None
            return
    if stat.S_ISDIR(mode):
        raise InputError(f"'{name}' is a folder", "give the name of a file in it")
    if stat.S_ISLNK(mode):
        raise InputError(f"'{name}' is a link to somewhere else", "give the name of the file itself")
    if not stat.S_ISREG(mode):
        raise InputError(f"'{name}' is no ordinary file", "give the name of a file")
    if not force:
        raise InputError(f"'{name}' exists already", "choose another name, or add --force to replace it")


def write_private(path: Path, text: str, *, force: bool) -> None:
    """Write `text` to `path` as UTF-8, readable and writable by its owner alone; whole, or not at all.

    Raises:
        InputError: as `check_writable`, or the disk would not take it.

    """
    check_writable(path, force=force)
    with _explained(one_line(str(path))):
        if not force:
            # Created under its own name: the system itself refuses if another has come up meanwhile.
            _create(path, text)
            return
        beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.{os.urandom(4).hex()}")
        _create(beside, text)
        try:
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def _create(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, _PRIVATE), "wb") as stream:
            try:
                stream.write(text.encode())
                stream.flush()
            except BaseException:
                # Not even an interruption leaves half of somebody's private words behind.
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        name = one_line(str(path))
        raise InputError(f"'{name}' exists already", "choose another name, or add --force to replace it") from None


@contextlib.contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise InputError(f"'{name}' can't be written: permission denied", "choose another place") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"'{name}' can't be written ({reason})", "choose another place or name") from None


CLIPBOARDS: tuple[tuple[str, ...], ...] = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)
"""Programs that put their standard input on the clipboard, in the order they are tried."""


def copy(text: str, run: Callable[[Sequence[str], bytes], bool] | None = None) -> str:
    """Put `text` on the system's clipboard; the program that did it, or empty where none could.

    Args:
        text: what to copy.
        run: starts a command with bytes on its standard input and says whether it worked.

    """
    run = run or _run
    for command in CLIPBOARDS:
        # Windows' own tool takes UTF-16 for what it is, and everything else for an old code page.
        raw = text.encode("utf-16") if command[0] == "clip.exe" else text.encode()
        if run(command, raw):
            return command[0]
    return ""


def _run(command: Sequence[str], raw: bytes) -> bool:
    from shutil import which  # noqa: PLC0415

    found = which(command[0]) or (which("clip") if sys.platform == "win32" and command[0] == "clip.exe" else None)
    if not found:
        return False
    import subprocess  # noqa: PLC0415  # only --copy starts a program

    try:
        # xclip stays behind to serve the selection: it must not keep our own output open.
        done = subprocess.run(  # noqa: S603  # a fixed list of names
            [found, *command[1:]],
            input=raw,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
