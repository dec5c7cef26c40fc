"""From files to scenarios: opens what the person named, refuses what can't be text, reads what is.

Streams JSON Lines and CSV, so that a file of any length needs the memory of one row; reads YAML and JSON
whole, up to a limit. Every refusal says which file, line and field, and what to do; one bad row never stops
the others.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from drafter.errors import InputError
from drafter.formats import (
    Place,
    Row,
    RowError,
    Rows,
    csv_rows,
    delimiter_of,
    json_rows,
    jsonl_rows,
    yaml_rows,
)
from drafter.scenario import Scenario, scenario_from
from drafter.text import one_line

MAX_WHOLE = 5_000_000
"""The most bytes of a file that has to be read whole: thousands of scenarios, and no one's memory."""
MAX_LINE = 1_000_000
"""The most bytes of one line of a file that is read line by line."""
_MAX_SKIP = 16_000_000
STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario and where it stands."""

    scenario: Scenario
    place: Place


def load(path: str | Path) -> Iterator[Told | InputError]:
    """Every scenario of a file (`-` is standard input), in order; in place of one that can't be used, why not.

    A file that can't be read at all gives one error. Nothing is raised for what a person may have written.
    """
    stem = _stem(path)
    empty = True
    try:
        for row in _rows(path):
            empty = False
            yield row if isinstance(row, RowError) else _told(row, stem)
    except InputError as error:
        yield error
        return
    if empty:
        remedy = 'write at least one field, like objection: "We don\'t need a stranger"'
        yield InputError(f"{_name(path)} is empty: it holds no scenario", remedy)


def load_one(path: str | Path) -> Scenario:
    """The one scenario of a file (`-` is standard input).

    Raises:
        InputError: it can't be read, or holds more than one.

    """
    found = load(path)
    first = next(found)
    if isinstance(first, InputError):
        raise first
    if next(found, None) is not None:
        raise InputError(f"{_name(path)} holds more than one scenario", "put the one you want into a file of its own")
    return first.scenario


def load_scenarios(path: str | Path) -> list[Scenario]:
    """Every scenario of a file.

    Raises:
        InputError: the first that can't be used.

    """
    out = []
    for item in load(path):
        if isinstance(item, InputError):
            raise item
        out.append(item.scenario)
    return out


def json_lines(path: str | Path) -> Rows:
    """The objects of a JSON Lines file (`-` is standard input), one a line, whatever their fields.

    Raises:
        InputError: the file as a whole can't be read.

    """
    name = _name(path)
    with _opened(path) as stream:
        yield from _streamed(_Bytes(stream, name), name, jsonl_rows)


def read_text(path: str | Path, limit: int = MAX_WHOLE) -> str:
    """The text of a file (`-` is standard input), line ends as they are.

    Raises:
        InputError: it can't be read, is no UTF-8 text, or is longer than `limit` bytes.

    """
    name = _name(path)
    with _opened(path) as stream:
        return _whole(_Bytes(stream, name), name, limit)


def _told(row: Row, stem: str) -> Told | RowError:
    try:
        scenario = scenario_from(row.values, strings=row.strings)
    except InputError as error:
        return RowError(replace(row.place, line=_line(row)), error.what, error.remedy)
    if not scenario.id:
        scenario = replace(scenario, id=stem if row.alone else f"{stem}-{row.place.row}")
    return Told(scenario, row.place)


def _line(row: Row) -> int:
    """The line of the field that a row can't be used for."""
    for field, value in row.values.items():
        try:
            scenario_from({field: value}, strings=row.strings)
        except InputError:
            return row.line_of(field)
    return row.place.line


# Files ------------------------------------------------------------------------------------------------


def _name(path: str | Path) -> str:
    return STDIN if str(path) == "-" else one_line(str(path))


def _stem(path: str | Path) -> str:
    """What a scenario without an id is called: its file's name, as text that can be printed."""
    stem = "stdin" if str(path) == "-" else Path(path).stem
    return one_line(stem.encode("utf-8", "replace").decode())[:200] or "scenario"


@contextmanager
def _opened(path: str | Path) -> Iterator[BinaryIO]:
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError(f"{STDIN} is closed", "give a file's name instead of -")
        yield sys.stdin.buffer
        return
    name = _name(path)
    try:
        stream = Path(path).open("rb")  # noqa: SIM115  # closed below
    except FileNotFoundError:
        raise InputError(f"there is no file '{name}'", _nearest(Path(path))) from None
    except IsADirectoryError:
        raise InputError(f"'{name}' is a folder", "give one file in it") from None
    except PermissionError:
        raise InputError(f"'{name}' can't be read: permission denied", "check whose file it is, and its mode") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"'{name}' can't be opened ({reason})", "check the name") from None
    with stream:
        yield stream


def _nearest(path: Path) -> str:
    from difflib import get_close_matches  # noqa: PLC0415

    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return "check the folder's name"
    near = get_close_matches(path.name, names[:10_000], n=1, cutoff=0.6)
    return f"did you mean '{one_line(str(path.parent / near[0]))}'?" if near else "check the name"


class _Bytes:
    """A binary stream whose first line has been looked at; refuses what can't be text."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self.size = _size(stream)
        self._at_start = True
        self._head: list[bytes] = []
        while raw := self._read(lambda: stream.readline(MAX_LINE + 1)):
            self._head.append(raw)
            if raw.strip() or len(self._head) > 1000:  # noqa: PLR2004  # blank lines before the first words
                break
        self.first = self._head[-1].decode("utf-8", "replace") if self._head else ""

    def _read(self, read: Callable[[], bytes]) -> bytes:
        try:
            raw = read()
        except OSError as error:
            raise InputError(f"'{self._name}' can't be read ({error.strerror or error})", "check the file") from None
        if self._at_start:
            self._at_start = False
            raw = _without_bom(raw, self._name)
        if b"\0" in raw:
            raise InputError(f"'{self._name}' is a binary file, not text", "give a YAML, JSON, JSON Lines or CSV file")
        return raw

    def readline(self) -> bytes:
        """The next line, at most one byte over `MAX_LINE`."""
        return self._head.pop(0) if self._head else self._read(lambda: self._stream.readline(MAX_LINE + 1))

    def read(self, limit: int) -> bytes:
        """All that is left, at most one byte over `limit`."""
        head = b"".join(self._head)
        self._head.clear()
        return head + self._read(lambda: self._stream.read(max(limit + 1 - len(head), 0)))

    def skip_line(self) -> bool:
        """Pass over the rest of a line that is too long; false where it does not end soon."""
        for _ in range(_MAX_SKIP // MAX_LINE):
            raw = self._read(lambda: self._stream.readline(MAX_LINE))
            if not raw or raw.endswith(b"\n"):
                return True
        return False


def _size(stream: BinaryIO) -> int:
    """The size of a regular file, 0 where a size means nothing (a pipe, a terminal)."""
    import os  # noqa: PLC0415
    import stat  # noqa: PLC0415

    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def _without_bom(raw: bytes, name: str) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"'{name}' is UTF-16 text", "save it as UTF-8")
    return raw.removeprefix(b"\xef\xbb\xbf")


# Rows -------------------------------------------------------------------------------------------------

_SUFFIXES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
}


def _rows(path: str | Path) -> Rows:
    name = _name(path)
    with _opened(path) as stream:
        source = _Bytes(stream, name)
        kind = _SUFFIXES.get(Path(path).suffix.lower(), "") or _sniff(source.first)
        if kind == "csv":
            yield from _streamed(source, name, csv_rows)
        elif kind == "jsonl":
            yield from _streamed(source, name, jsonl_rows)
        else:
            text = _whole(source, name, MAX_WHOLE)
            yield from json_rows(text, name) if kind == "json" else yaml_rows(text, name)


def _sniff(first: str) -> str:
    """The format of a text by its first line with anything on it."""
    line = first.strip()
    if delimiter_of(line):
        return "csv"
    if line.startswith("{") and line.endswith("}") and line[1:].lstrip()[:1] in ('"', "}"):
        return "jsonl"
    if line[:1] in ("{", "[") and line[1:].lstrip()[:1] in ("", '"', "{", "}", "]"):
        return "json"
    return "yaml"


def _whole(source: _Bytes, name: str, limit: int) -> str:
    # A regular file is refused by its size, before any of it is read.
    raw = b"" if source.size > limit else source.read(limit)
    if max(len(raw), source.size) > limit:
        size = f"{limit / 1_000_000:g} MB" if limit >= 100_000 else f"{limit:,} bytes"  # noqa: PLR2004
        raise InputError(
            f"'{name}' is larger than {size}",
            "split it, or write one scenario a line (JSON Lines): such a file may be of any length",
        )
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(Place(name, raw.count(b"\n", 0, error.start) + 1), raw, error.start) from None


def _not_utf8(place: Place, raw: bytes, at: int) -> RowError:
    column = at - raw.rfind(b"\n", 0, at)
    return RowError(place, f"this is not UTF-8 text (byte {column} of the line is 0x{raw[at]:02X})", "save it as UTF-8")


def _streamed(source: _Bytes, name: str, parse: Callable[[Iterator[tuple[int, str]], str], Rows]) -> Rows:
    """Rows parsed line by line; a line that can't be used is reported in its place."""
    bad: list[RowError] = []

    def lines() -> Iterator[tuple[int, str]]:
        number = 0
        while raw := source.readline():
            number += 1
            if len(raw) > MAX_LINE:
                what = f"this line is longer than {MAX_LINE / 1_000_000:g} MB"
                bad.append(RowError(Place(name, number), what, "write one scenario a line"))
                if not raw.endswith(b"\n") and not source.skip_line():
                    return
                continue
            try:
                yield number, raw.decode()
            except UnicodeDecodeError as error:
                bad.append(_not_utf8(Place(name, number), raw, error.start))

    for row in parse(lines(), name):
        yield from bad
        bad.clear()
        yield row
    yield from bad
