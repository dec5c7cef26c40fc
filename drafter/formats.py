"""From text to rows: reads YAML, JSON, JSON Lines and CSV into plain values, each with the line it stands on.

Knows how the formats are written and what people get wrong in them; knows nothing of files or of what a
field means. A mistake in one row becomes a `RowError` in its place, so that the others still run. Nothing
here can be made to use more time or memory than the size of its input warrants.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from drafter.errors import InputError
from drafter.scenario import FIELDS, scenario_from
from drafter.text import one_line

MAX_DEPTH = 6
"""How deep a file may nest: a list of scenarios with a list or a resource each needs three."""


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

    def value(self, event: Any, kind: str, line: int, *, depth: int = 1, field: str = "") -> Any:  # noqa: ANN401
        """The value that begins with `event`; a mistake in it is kept in `problem`, the first one found."""
        if depth > MAX_DEPTH:
            what, remedy = "this is nested deeper than a scenario can be", "write each field as a text or a flat list"
            self._note(_Problem(line, what, remedy, fatal=True))
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

    def _mapping(self, depth: int) -> "_Located":
        out = _Located()
        for event, kind, line in self._until("MappingEnd"):
            if kind != "Scalar":
                # Consumed all the same, so that the rows after this one can be read.
                self.value(event, kind, line, depth=depth + 1)
                self._note(_Problem(line, "a field's name must be a word", "write the field as name: value"))
                key = ""
            else:
                key = event.value
            if key in out:
                what = f"'{one_line(key)[:40]}' stands twice, first on line {out.lines[key]}"
                self._note(_Problem(line, what, "keep one of the two"))
            out[key] = self.value(*self.next(), depth=depth + 1, field=key)
            out.lines[key] = line
        return out


class _Located(dict[str, Any]):
    """A mapping that knows the line of each key."""

    def __init__(self, *args: Any) -> None:  # noqa: ANN401
        super().__init__(*args)
        self.lines: dict[str, int] = {}


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
            reader.problem = None
            value = reader.value(event, kind, line, depth=2)
            alone = row == 1 and not listed and reader.ends()
            yield _row(value, Place(file, line, row), reader.problem, alone=alone)
    except _Problem as problem:
        yield RowError(Place(file, problem.line, row), problem.what, problem.remedy)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = one_line(error.problem or error.context or "")
        yield RowError(Place(file, mark.line + 1 if mark else 0, row), f"this is not YAML ({detail})", _QUOTE_IT)
    except yaml.YAMLError:
        yield _unprintable(text, file)


def _row(value: Any, place: Place, problem: _Problem | None, *, alone: bool) -> Row | RowError:  # noqa: ANN401
    if problem:
        return RowError(Place(place.file, problem.line, place.row), problem.what, problem.remedy)
    if not isinstance(value, _Located):
        return _no_fields(place, value, 'objection: "We don\'t need a stranger"')
    return Row(place, value, lambda field: value.lines.get(field, place.line), alone=alone)


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


class _Object(dict[str, Any]):
    """A JSON object that remembers a key which stood twice."""

    twice = ""


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    out = _Object(pairs)
    if len(out) < len(pairs):
        seen: set[str] = set()
        out.twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return out


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value that JSON has")


def _decoder() -> Any:  # noqa: ANN401  # json's own type, imported late
    from json import JSONDecoder  # noqa: PLC0415

    return JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)


def _decode(decoder: Any, text: str, start: int) -> tuple[Any, int]:  # noqa: ANN401
    """The JSON value at `start` and where it ends.

    Raises:
        _Problem: it is none; `line` counts from 0 at `start`.

    """
    try:
        value, end = decoder.raw_decode(text, start)
    except RecursionError:
        what, remedy = "this is nested deeper than a scenario can be", "write each field as a text or a flat list"
        raise _Problem(0, what, remedy) from None
    except ValueError as error:
        at = getattr(error, "pos", start)
        detail = one_line(str(getattr(error, "msg", error)))[:80]
        column = at - text.rfind("\n", 0, at)
        what = f"this is not JSON ({detail}, column {column})"
        raise _Problem(text.count("\n", start, at), what, f"write it like {_JSON_EXAMPLE}") from None
    return value, end


def _json_row(value: Any, place: Place, source: str, *, alone: bool = False) -> Row | RowError:  # noqa: ANN401
    """A row from a parsed JSON value; `source` is its text, searched for a field only when a line is needed."""
    if not isinstance(value, _Object):
        return _no_fields(place, value, _JSON_EXAMPLE)

    def line_of(field: str) -> int:
        found = re.search(rf'(?<!\\)"{re.escape(field)}"\s*:', source)
        return place.line + (source.count("\n", 0, found.start()) if found else 0)

    if value.twice:
        key = one_line(value.twice)[:40]
        return RowError(
            Place(place.file, line_of(value.twice), place.row), f"'{key}' stands twice", "keep one of the two"
        )
    return Row(place, value, line_of, alone=alone)


def json_rows(text: str, file: str) -> Rows:
    """The rows of a JSON text: one scenario, a list of them, or several one after the other."""
    decoder = _decoder()
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
            yield RowError(
                Place(file, line, row), "a comma is missing between two scenarios", 'write "," before this one'
            )
            return
        row += 1
        place = Place(file, line, row)
        try:
            value, end = _decode(decoder, text, at)
        except _Problem as problem:
            yield RowError(Place(file, line + problem.line, row), problem.what, problem.remedy)
            return
        alone = row == 1 and not listed and not text[end:].strip()
        yield _json_row(value, place, text[at:end], alone=alone)
        skip(end)
        after_item = listed


def jsonl_rows(lines: Lines, file: str) -> Rows:
    """The rows of JSON Lines: one object a line, blank lines passed over."""
    decoder = _decoder()
    row = 0
    for number, text in lines:
        source = text.strip()
        if not source:
            continue
        row += 1
        place = Place(file, number, row)
        try:
            value, end = _decode(decoder, source, 0)
        except _Problem as problem:
            yield RowError(place, problem.what, problem.remedy)
            continue
        if source[end:].strip():
            yield RowError(place, f"there is more after the object (column {end + 1})", "write one object a line")
            continue
        yield _json_row(value, place, source)


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
    if columns == [""]:
        return None
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
