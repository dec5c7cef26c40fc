"""From text to rows: reads YAML, JSON, JSON Lines and CSV into plain values, each with the line it stands on.

Knows how the formats are written and what people get wrong in them; knows nothing of files or of what a
field means. A mistake in one row becomes a `RowError` in its place, so that the others still run. Nothing
here can be made to use more time or memory than the size of its input warrants.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from drafter.errors import InputError
from drafter.scenario import FIELDS, scenario_from
from drafter.text import one_line

MAX_DEPTH = 6
"""How deep a file may nest: a list of scenarios with a list or a resource each needs four."""
_ROW_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        file: the file's name as the person gave it.
        line: counted from 1; 0 for the file as a whole.
        row: which scenario of the file, from 1; 0 for the file as a whole.

    """

    file: str
    line: int = 0
    row: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class RowError(InputError):
    """Something in a file that can't be used; says where.

    Args:
        place: where it stands; put before the sentence.
        what: what is wrong.
        remedy: what to write instead.

    """

    def __init__(self, place: Place, what: str, remedy: str = "") -> None:
        super().__init__(f"{place}: {what}", remedy)
        self.place = place


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario of a file, not yet read as one.

    Attributes:
        place: where it begins.
        values: field names to values.
        line_of: the line on which a field stands.
        strings: whether every value is text, as in CSV.
        alone: whether it is the whole file rather than one of a list.

    """

    place: Place
    values: Mapping[str, Any]
    line_of: Callable[[str], int]
    strings: bool = False
    alone: bool = False


Rows = Iterator[Row | RowError]
Lines = Iterable[tuple[int, str]]


# YAML -------------------------------------------------------------------------------------------------

_NULLS = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "yes", "on"}, {"false", "no", "off"}
_TOO_DEEP, _FLATTEN = "this is nested deeper than a scenario can be", "write each field as a text or a flat list"
_QUOTE_IT = 'put a text that holds ": ", " #" or quotes into quotes, or write it on the lines after "|"'


class _Problem(Exception):  # noqa: N818  # never leaves this module
    """A mistake found while building a value; `fatal` where the rest of the file can't be trusted."""

    def __init__(self, line: int, what: str, remedy: str, *, fatal: bool = False) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy, self.fatal = line, what, remedy, fatal


class _Yaml:
    """Builds values from YAML's events rather than from its types: `no` and dates stay what was typed."""

    def __init__(self, text: str) -> None:
        import yaml  # noqa: PLC0415  # 30 ms that flags and JSON need not pay

        self._loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        self.problem: _Problem | None = None
        self.lines: dict[str, int] = {}

    def row(self, event: Any, kind: str, line: int) -> Any:  # noqa: ANN401
        """The value of a whole row; afterwards `lines` has the line of each of its fields."""
        self.problem, self.lines = None, {}
        return self.value(event, kind, line, depth=_ROW_DEPTH)

    def next(self) -> tuple[Any, str, int]:
        """The next event, its kind and its line."""
        event = self._loader.get_event()
        return event, type(event).__name__.removesuffix("Event"), event.start_mark.line + 1

    def ends(self) -> bool:
        """Whether the document that ends here is the last one."""
        self.next()
        return type(self._loader.peek_event()).__name__ == "StreamEndEvent"

    def _note(self, problem: _Problem) -> None:
        if problem.fatal:
            raise problem
        self.problem = self.problem or problem

    def value(self, event: Any, kind: str, line: int, *, depth: int, field: str = "") -> Any:  # noqa: ANN401
        """The value that begins with `event`; a mistake in it is kept in `problem`, the first one found."""
        if depth > MAX_DEPTH:
            self._note(_Problem(line, _TOO_DEEP, _FLATTEN, fatal=True))
        if kind == "Alias" or getattr(event, "anchor", None):
            what = "YAML's anchors and aliases (&name, *name) are not read here"
            self._note(_Problem(line, what, 'write the text out; one that begins with "&" or "*" goes into quotes'))
        tag = getattr(event, "tag", None)
        if tag not in (None, "!", "tag:yaml.org,2002:str"):
            what = f"the YAML tag '{one_line(tag).replace('tag:yaml.org,2002:', '!!')[:40]}' is not read here"
            self._note(_Problem(line, what, 'leave it out; a text that begins with "!" goes into quotes'))
        if kind == "MappingStart":
            return self._mapping(depth)
        if kind == "SequenceStart":
            return [self.value(*found, depth=depth + 1, field=field) for found in self._until("SequenceEnd")]
        return None if kind == "Alias" else _plain(event.value, field) if event.implicit[0] else event.value

    def _until(self, end: str) -> Iterator[tuple[Any, str, int]]:
        while (found := self.next())[1] != end:
            yield found

    def _mapping(self, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for event, kind, line in self._until("MappingEnd"):
            if kind != "Scalar":
                # Consumed all the same, so that the rows after this one can be read.
                self.value(event, kind, line, depth=depth + 1)
                self._note(_Problem(line, "a field's name must be a word", "write the field as name: value"))
                key = ""
            else:
                key = event.value
            if key in out:
                what = f"'{one_line(key)[:40]}' stands twice, first on line {lines[key]}"
                self._note(_Problem(line, what, "keep one of the two"))
            out[key] = self.value(*self.next(), depth=depth + 1, field=key)
            lines[key] = line
        if depth == _ROW_DEPTH:
            self.lines = lines
        return out


def _plain(text: str, field: str) -> str | int | bool | None:
    """An unquoted YAML scalar, read as its field wants it: `objection: no` is the word the partner said."""
    if text in _NULLS:
        return None
    if field == "asks_before" and re.fullmatch(r"[+-]?[0-9]{1,6}", text):
        return int(text)
    if field == "said_no" and text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    return text


def yaml_rows(text: str, file: str) -> Rows:
    """The rows of a YAML text: one scenario, a list of them, or several documents."""
    import yaml  # noqa: PLC0415

    row = 0
    listed = False
    try:
        reader = _Yaml(text)
        while True:
            event, kind, line = reader.next()
            if kind == "StreamEnd":
                return
            if kind in ("StreamStart", "DocumentStart", "DocumentEnd"):
                continue
            if (kind == "SequenceStart" and not listed) or kind == "SequenceEnd":
                # A list's items are taken one by one, so that those before a mistake can still be used.
                listed = kind == "SequenceStart"
                continue
            row += 1
            value = reader.row(event, kind, line)
            alone = row == 1 and not listed and reader.ends()
            yield _row(value, Place(file, line, row), reader, alone=alone)
    except _Problem as problem:
        yield RowError(Place(file, problem.line, row), problem.what, problem.remedy)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = one_line(error.problem or error.context or "")
        yield RowError(Place(file, mark.line + 1 if mark else 0, row), f"this is not YAML ({detail})", _QUOTE_IT)
    except yaml.YAMLError:
        yield _unprintable(text, file)


def _row(value: Any, place: Place, reader: _Yaml, *, alone: bool) -> Row | RowError:  # noqa: ANN401
    problem, lines = reader.problem, reader.lines
    if problem:
        return RowError(Place(place.file, problem.line, place.row), problem.what, problem.remedy)
    if not isinstance(value, dict):
        return _no_fields(place, value, 'objection: "We don\'t need a stranger"')
    return Row(place, value, lambda field: lines.get(field, place.line), alone=alone)


def _no_fields(place: Place, value: object, example: str) -> RowError:
    shapes: dict[type, str] = {type(None): "nothing", list: "a list", str: "text without a field's name"}
    shape = shapes.get(type(value), "a single value")
    return RowError(place, f"a scenario is expected here, this is {shape}", f"write fields, like {example}")


def _unprintable(text: str, file: str) -> RowError:
    from yaml.reader import Reader  # noqa: PLC0415

    found = Reader.NON_PRINTABLE.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    char = f" (U+{ord(found.group()):04X})" if found else ""
    return RowError(Place(file, line), f"there is a control character{char}, which YAML can't hold", "delete it")


# JSON and JSON Lines ----------------------------------------------------------------------------------

_JSON_EXAMPLE = '{"objection": "We don\'t need a stranger"}'
_BLANK = re.compile(r"[ \t\r\n]*")


class _Json:
    """Reads JSON values out of a text, and notices what JSON's own reader lets pass."""

    def __init__(self) -> None:
        from json import JSONDecoder  # noqa: PLC0415

        self._decoder = JSONDecoder(object_pairs_hook=self._object, parse_constant=_no_constant)
        self._twice = ""

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        out = dict(pairs)
        if len(out) < len(pairs):
            keys = [key for key, _ in pairs]
            self._twice = next(key for key in keys if keys.count(key) > 1)
        return out

    def row(self, text: str, start: int, place: Place) -> tuple[Row | RowError, int]:
        """The row that begins at `start` of `text`, and where it ends.

        Raises:
            _Problem: it is no JSON, so that nothing after it can be trusted either.

        """
        self._twice = ""
        value, end = self._value(text, start, place)

        def line_of(field: str) -> int:
            found = re.compile(rf'(?<!\\)"{re.escape(field)}"\s*:').search(text, start, end)
            return place.line + (text.count("\n", start, found.start()) if found else 0)

        if self._twice:
            where = Place(place.file, line_of(self._twice), place.row)
            return RowError(where, f"'{one_line(self._twice)[:40]}' stands twice", "keep one of the two"), end
        if not isinstance(value, dict):
            return _no_fields(place, value, _JSON_EXAMPLE), end
        return Row(place, value, line_of), end

    def _value(self, text: str, start: int, place: Place) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(text, start)
        except RecursionError:
            raise _Problem(place.line, _TOO_DEEP, _FLATTEN, fatal=True) from None
        except ValueError as error:
            at = getattr(error, "pos", start)
            detail = one_line(str(getattr(error, "msg", error)))[:80]
            column = at - text.rfind("\n", 0, at)
            what = f"this is not JSON ({detail}, column {column})"
            line = place.line + text.count("\n", start, at)
            raise _Problem(line, what, f"write it like {_JSON_EXAMPLE}", fatal=True) from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value that JSON has")


def json_rows(text: str, file: str) -> Rows:
    """The rows of a JSON text: one scenario, a list of them, or several one after the other."""
    reader = _Json()
    at, line, row = 0, 1, 0
    listed = after_item = False

    def skip(end: int) -> None:
        nonlocal at, line
        line += text.count("\n", at, end)
        at = end

    while True:
        skip(_BLANK.match(text, at).end())  # type: ignore[union-attr]  # it matches nothing as well
        char = text[at : at + 1]
        if not char:
            if listed:
                yield RowError(Place(file, line, row), "the list is not closed", 'end it with "]"')
            return
        if char == "[" and not listed and not row:
            listed = True
            skip(at + 1)
            continue
        if listed and (char == "]" or (char == "," and after_item)):
            listed, after_item = char == ",", False
            skip(at + 1)
            continue
        if listed and after_item:
            what = "a comma is missing between two scenarios"
            yield RowError(Place(file, line, row), what, 'write "," before this one')
            return
        row += 1
        try:
            found, end = reader.row(text, at, Place(file, line, row))
        except _Problem as problem:
            yield RowError(Place(file, problem.line, row), problem.what, problem.remedy)
            return
        alone = row == 1 and not listed and not text[end:].strip()
        yield replace(found, alone=True) if alone and isinstance(found, Row) else found
        skip(end)
        after_item = listed


def jsonl_rows(lines: Lines, file: str) -> Rows:
    """The rows of JSON Lines: one object a line, blank lines passed over."""
    reader = _Json()
    row = 0
    for number, text in lines:
        source = text.strip()
        if not source:
            continue
        row += 1
        place = Place(file, number, row)
        try:
            found, end = reader.row(source, 0, place)
        except _Problem as problem:
            yield RowError(place, problem.what, problem.remedy)
            continue
        if source[end:].strip():
            yield RowError(place, f"there is more after the object (column {end + 1})", "write one object a line")
            continue
        yield found


# CSV --------------------------------------------------------------------------------------------------


def delimiter_of(header: str) -> str:
    """The delimiter under which most of a header's cells are fields; empty where none of them is one."""
    counts = {mark: sum(cell in FIELDS for cell in _cells(header, mark)) for mark in ",;\t"}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ""


def _cells(header: str, mark: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in header.strip("\r\n").split(mark)]


def csv_rows(lines: Lines, file: str) -> Rows:
    """The rows of a CSV text, whose first line names the columns; `;` and tab part cells as well as a comma."""
    import csv  # noqa: PLC0415

    numbers = {"last": 0}

    def feed() -> Iterator[str]:
        for number, text in lines:
            numbers["last"] = number
            yield text

    source = feed()
    first = next((text for text in source if text.strip()), "")
    if not first:
        return
    mark = delimiter_of(first)
    columns = _cells(first, mark or ",")
    problem = _header_problem(columns, Place(file, numbers["last"]))
    if problem:
        yield problem
        return
    reader = csv.reader(source, delimiter=mark, strict=True)
    row = 0
    while True:
        line = numbers["last"] + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row += 1
            what = f"the row that begins here can't be read ({one_line(str(error))})"
            yield RowError(Place(file, line, row), what, 'close every quote; a quote inside a text is written ""')
            continue
        if not any(cell.strip() for cell in cells):
            continue
        row += 1
        yield _csv_row(cells, columns, Place(file, line, row))


def _header_problem(columns: list[str], place: Place) -> RowError | None:
    if len(set(columns)) < len(columns):
        twice = next(name for name in columns if columns.count(name) > 1)
        return RowError(place, f"the column '{one_line(twice)[:40]}' stands twice", "keep one of the two")
    try:
        scenario_from(dict.fromkeys(columns))
    except InputError as error:
        remedy = f"{error.remedy}; the first line of a CSV file names the fields, one a column"
        return RowError(place, error.what, remedy)
    return None


def _csv_row(cells: list[str], columns: list[str], place: Place) -> Row | RowError:
    if len(cells) > len(columns) and not any(cell.strip() for cell in cells[len(columns) :]):
        cells = cells[: len(columns)]
    if len(cells) != len(columns):
        what = f"this row has {_many(len(cells), 'cell')}, the first line names {_many(len(columns), 'column')}"
        remedy = (
            "put a text that holds the delimiter into quotes"
            if len(cells) > len(columns)
            else f"add what is missing, if only as an empty cell: {', '.join(columns[len(cells) :])}"
        )
        return RowError(place, what, remedy)
    values = {column: cell for column, cell in zip(columns, cells, strict=True) if cell.strip()}
    return Row(place, values, lambda _: place.line, strings=True)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
