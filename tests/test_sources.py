import io
import itertools
import json
import os
import sys
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter import sources
from drafter.errors import InputError
from drafter.formats import csv_rows, json_rows, jsonl_rows, yaml_rows
from drafter.scenario import Resource, Scenario
from drafter.sources import Told, load, load_one, load_scenarios, read_text


@pytest.fixture
def put(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def put(name, content):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return put


@pytest.fixture
def stdin(monkeypatch):
    def stdin(content):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))

    return stdin


def told(path):
    return [item.scenario for item in load(path) if isinstance(item, Told)]


def errors(path):
    return [item for item in load(path) if isinstance(item, InputError)]


def only_error(path):
    (item,) = list(load(path))
    assert isinstance(item, InputError), item
    assert item.remedy
    return item.what


# The four formats say the same -----------------------------------------------------------------------

SAME = Scenario(
    id="h1", objection="No, no strangers", matters=("Sundays", "the roof"), asks_before=2, said_no=True, format="text"
)
WRITTEN = {
    "yaml": """
id: h1
objection: No, no strangers
matters: [Sundays, the roof]
asks_before: 2
said_no: yes
format: text
""",
    "json": """{"id": "h1", "objection": "No, no strangers", "matters": ["Sundays", "the roof"],
 "asks_before": 2, "said_no": true, "format": "text"}""",
    "jsonl": '{"id": "h1", "objection": "No, no strangers", "matters": ["Sundays", "the roof"], "asks_before": 2, '
    '"said_no": true, "format": "text"}',
    "csv": 'id,objection,matters,asks_before,said_no,format\nh1,"No, no strangers",Sundays; the roof,2,yes,text\n',
    "tsv": "id\tobjection\tmatters\tasks_before\tsaid_no\tformat\nh1\tNo, no strangers\tSundays; the roof\t2\tyes\ttext\n",
}


@pytest.mark.parametrize("suffix", WRITTEN)
def test_each_format_gives_the_same_scenario(put, suffix):
    assert load_one(put(f"a.{suffix}", WRITTEN[suffix])) == SAME


@pytest.mark.parametrize("suffix", WRITTEN)
def test_standard_input_is_told_apart_by_what_it_holds(stdin, suffix):
    stdin(WRITTEN[suffix].encode())
    assert load_one("-") == SAME


@pytest.mark.parametrize("suffix", WRITTEN)
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(put, suffix):
    content = b"\xef\xbb\xbf" + WRITTEN[suffix].lstrip().replace("\n", "\r\n").encode()
    assert load_one(put(f"a.{suffix}", content)) == SAME


def test_a_list_and_documents_and_lines_give_many(put):
    assert [s.objection for s in told(put("a.yaml", "- objection: a\n- objection: b\n"))] == ["a", "b"]
    assert [s.objection for s in told(put("b.yaml", "---\nobjection: a\n---\nobjection: b\n"))] == ["a", "b"]
    assert [s.objection for s in told(put("c.json", '[{"objection": "a"},\n {"objection": "b"}]'))] == ["a", "b"]
    assert [s.objection for s in told(put("d.json", '{"objection": "a"}\n{"objection": "b"}'))] == ["a", "b"]
    assert [s.objection for s in told(put("e.jsonl", '{"objection": "a"}\n\n{"objection": "b"}'))] == ["a", "b"]
    assert [s.objection for s in told(put("f.csv", "objection\na\n\nb\n"))] == ["a", "b"]


def test_a_missing_id_comes_from_the_file(put):
    assert told(put("sunday.yaml", "objection: a"))[0].id == "sunday"
    assert told(put("sunday.json", '{"objection": "a"}'))[0].id == "sunday"
    assert [s.id for s in told(put("two.yaml", "- objection: a\n- id: own\n- objection: c"))] == [
        "two-1",
        "own",
        "two-3",
    ]
    assert [s.id for s in told(put("rows.csv", "objection\na\nb\n"))] == ["rows-1", "rows-2"]
    assert [s.id for s in told(put("lines.jsonl", '{"objection": "a"}'))] == ["lines-1"]


def test_a_place_names_file_line_and_row(put):
    path = put("a.csv", 'objection\n"two\nlines"\nb\n')
    places = [item.place for item in load(path)]
    assert [(str(place), place.row) for place in places] == [("a.csv:2", 1), ("a.csv:4", 2)]


# YAML keeps what was typed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "field", "value"),
    [
        ("objection: no", "objection", "no"),
        ("objection: Off", "objection", "Off"),
        ("name: Yes", "name", "Yes"),
        ("name: 'null'", "name", "null"),
        ("name: null", "name", ""),
        ("name: ~", "name", ""),
        ("name:", "name", ""),
        ("objection: 2024-01-01", "objection", "2024-01-01"),
        ("objection: 1_000", "objection", "1_000"),
        ("id: 007", "id", "007"),
        ("option: 12:30", "option", "12:30"),
        ("matters: [no, 5, 1.0]", "matters", ("no", "5", "1.0")),
        ("matters: one thing; not two", "matters", ("one thing; not two",)),
        ("said_no: no", "said_no", False),
        ("said_no: True", "said_no", True),
        ("asks_before: 3", "asks_before", 3),
        ("situation: |\n  a\n  b\n", "situation", "a\nb"),
        ("resource: {title: A talk, url: https://x.example/a}", "resource", Resource("A talk", "https://x.example/a")),
    ],
)
def test_yaml_text_stays_what_the_person_typed(put, written, field, value):
    assert getattr(load_one(put("a.yaml", written)), field) == value


# Errors name file, line, field and what to write -----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"),
    [
        (
            "a.yaml",
            "objection: a\nobjectoin: b",
            "a.yaml:2: there is no field 'objectoin'",
            "did you mean 'objection'?",
        ),
        ("a.yaml", "objection: a\n\nasks_before: two", "a.yaml:3: 'asks_before' is text", "a whole number"),
        ("a.yaml", "objection: [a]", "a.yaml:1: 'objection' is a list", "like:"),
        ("a.yaml", "matters: {a: b}", "a.yaml:1: 'matters' is a group", "a list of short texts"),
        ("a.yaml", "format: txt", "a.yaml:1: 'format' can't be 'txt'", "did you mean 'text'?"),
        (
            "a.yaml",
            "objection: a\nname: b\nobjection: c",
            "a.yaml:3: 'objection' stands twice, first on line 1",
            "keep one",
        ),
        ("a.yaml", "objection: He said: no", "a.yaml:1: this is not YAML", "quotes"),
        ("a.yaml", "objection: 'open", "a.yaml:", "quotes"),
        ("a.yaml", "\tobjection: a", "a.yaml:1: this is not YAML", "quotes"),
        ("a.yaml", "objection: &a x\nname: *a", "a.yaml:1: YAML's anchors and aliases", "write the text out"),
        ("a.yaml", "objection: !!python/name:os.system", "the YAML tag '!!python/name:os.system'", "leave it out"),
        ("a.yaml", "objection: !secret x", "the YAML tag '!secret'", "leave it out"),
        ("a.yaml", "<<: {a: b}", "a.yaml:1: there is no field '<<'", "the fields are"),
        ("a.yaml", "? [a, b]\n: c", "a.yaml:1: a field's name must be a word", "name: value"),
        ("a.yaml", "just words", "a.yaml:1: a scenario is expected here, this is text", "objection:"),
        ("a.yaml", "- - a", "a.yaml:1: a scenario is expected here, this is a list", "objection:"),
        ("a.yaml", 'name: "a\x1b"', "a.yaml:1: there is a control character (U+001B)", "delete it"),
        ("a.json", '{"objection": "a",\n "asks_before": "2"}', "a.json:2: 'asks_before' is text", "a whole number"),
        ("a.json", '{"objection": true}', "a.json:1: 'objection' is true/false", "like:"),
        ("a.json", '{"objection": "a",\n "nam": 1}', "a.json:2: there is no field 'nam'", "did you mean 'name'?"),
        ("a.json", '{"objection": "a",\n "objection": "b"}', "a.json:1: 'objection' stands twice", "keep one"),
        ("a.json", '{"objection": \n}', "a.json:2: this is not JSON (Expecting value, column 1)", "write it like"),
        ("a.json", '{"asks_before": NaN}', "a.json:1: this is not JSON (NaN", "write it like"),
        ("a.json", '{"asks_before": ' + "9" * 5000 + "}", "a.json:1: this is not JSON", "write it like"),
        ("a.json", '{"objection": "\\ud800"}', "a.json:1: 'objection' holds half a character", "again"),
        ("a.json", "[]", "a.json is empty", "objection"),
        ("a.json", "5", "a.json:1: a scenario is expected here, this is a single value", "{"),
        ("a.jsonl", "[1]", "a.jsonl:1: a scenario is expected here, this is a list", "{"),
        ("a.jsonl", "{} x", "a.jsonl:1: there is more after the object (column 3)", "one object a line"),
        ("a.csv", "objectoin,name\na,b", "a.csv:1: there is no field 'objectoin'", "the first line of a CSV file"),
        ("a.csv", "name,name\na,b", "a.csv:1: the column 'name' stands twice", "keep one"),
        ("a.csv", "objection,name\na", "a.csv:2: this row has 1 cell, the first line names 2 columns", "name"),
        ("a.csv", "objection,name\na,b,c", "a.csv:2: this row has 3 cells, the first line names 2 columns", "quotes"),
        ("a.csv", 'objection,name\n"a,b', "a.csv:2: the row that begins here can't be read", "close every quote"),
        ("a.csv", 'objection,name\n"a"x,b', "a.csv:2: the row that begins here can't be read", "close every quote"),
        ("a.csv", "objection,asks_before\na,two", "a.csv:2: 'asks_before' is text", "a whole number"),
        ("a.csv", "objection,name", "a.csv is empty", "objection"),
        ("a.yaml", "", "a.yaml is empty", "objection"),
        ("a.yaml", "# only this\n", "a.yaml is empty", "objection"),
        ("a.csv", "", "a.csv is empty", "objection"),
        ("a.jsonl", "\n\n", "a.jsonl is empty", "objection"),
        ("a.yaml", "objection: " + "a" * 8001, "a.yaml:1: 'objection' is 8,001 characters long", "nothing was cut"),
        (
            "a.yaml",
            "objection: a\nname: Jos\xe9".encode("latin-1"),
            "a.yaml:2: this is not UTF-8 text (byte 10",
            "UTF-8",
        ),
        ("a.csv", b"objection\nJos\xe9\n", "a.csv:2: this is not UTF-8 text (byte 4", "UTF-8"),
        ("a.yaml", "objection: a".encode("utf-16"), "'a.yaml' is UTF-16 text", "save it as UTF-8"),
        ("a.yaml", b"\x7fELF\x00\x01", "'a.yaml' is a binary file", "YAML"),
        ("a.csv", b"objection\nab\0c\n", "'a.csv' is a binary file", "YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(put, name, content, what, remedy):
    (error,) = errors(put(name, content))
    assert what in error.what
    assert remedy in error.remedy


def test_a_bad_row_never_stops_the_others(put):
    yaml = (
        "- objection: a\n- objectoin: b\n- objection: *x\n- {objection: d, objection: e}\n- just text\n- objection: z\n"
    )
    lines = b'{"objection": "a"}\nnot json\n\xff\xfe\n{"nam": "x"}\n[]\n{"objection": "z"}\n'
    csv = b'objection,name\na,\nb\n"c"x,y\n\xff,b\nb,c,d\nz,\n'
    json_list = '[{"objection": "a"}, {"nam": "x"}, 3, {"objection": "b", "objection": "c"}, {"objection": "z"}]'
    for name, content in [("a.yaml", yaml), ("a.jsonl", lines), ("a.csv", csv), ("a.json", json_list)]:
        path = put(name, content)
        assert [s.objection for s in told(path)] == ["a", "z"], name
        assert len(errors(path)) >= 3, name


def test_what_stood_before_a_broken_place_is_still_read(put):
    assert [s.objection for s in told(put("a.yaml", "- objection: a\n- objection: 'b"))] == ["a"]
    assert [s.objection for s in told(put("a.json", '[{"objection": "a"}, {"objection": }'))] == ["a"]
    assert [s.objection for s in told(put("b.json", '[{"objection": "a"}'))] == ["a"]
    assert "the list is not closed" in errors("b.json")[0].what
    assert "a comma is missing" in errors(put("c.json", '[{"objection": "a"} {"objection": "b"}]'))[0].what


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(put):
    path = put("a.jsonl", b'{"objection": "' + b"a" * 1_500_000 + b'"}\n{"objection": "z"}\n')
    assert [s.objection for s in told(path)] == ["z"]
    assert errors(path)[0].what == "a.jsonl:1: this line is longer than 1 MB"


def test_a_line_without_an_end_is_given_up(stdin, monkeypatch):
    class Endless(io.RawIOBase):
        read_bytes = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = b"x" * len(buffer)
            self.read_bytes += len(buffer)
            return len(buffer)

    endless = Endless()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(endless)))
    assert "larger than 5 MB" in only_error("-")
    assert endless.read_bytes < 8_000_000
    rows = sources._streamed(sources._Bytes(io.BufferedReader(endless), "a"), "a", jsonl_rows)
    assert "longer than 1 MB" in next(rows).what
    assert next(rows, None) is None
    assert endless.read_bytes < 40_000_000


# Files that are none ---------------------------------------------------------------------------------


def test_a_missing_file_names_the_nearest(put):
    put("sunday.yaml", "objection: a")
    (error,) = load("sundya.yaml")
    assert error.what == "there is no file 'sundya.yaml'"
    assert error.remedy == "did you mean 'sunday.yaml'?"
    assert "check the folder" in next(load("nowhere/a.yaml")).remedy


def test_a_folder_a_bad_name_and_a_closed_input_are_named(tmp_path, monkeypatch):
    assert "is a folder" in only_error(tmp_path)
    assert "can't be opened" in only_error("a\0b")
    assert "can't be opened" in only_error("a" * 300)
    monkeypatch.setattr(sys, "stdin", None)
    assert only_error("-") == "standard input is closed"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else_is_named(put):
    Path(put("a.yaml", "objection: a")).chmod(0)
    assert "permission denied" in only_error("a.yaml")


def test_permission_denied_is_a_sentence(monkeypatch):
    def deny(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", deny)
    assert only_error("a.yaml") == "'a.yaml' can't be read: permission denied"


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.txt"])
def test_a_gigabyte_is_refused_without_reading_it(tmp_path, monkeypatch, name):
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(b'objection: "x\n')
        stream.truncate(1 << 30)
    read = []
    monkeypatch.setattr(sources._Bytes, "read", lambda self, limit: read.append(limit) or b"")
    assert "is larger than 5 MB" in only_error(path)
    assert not read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "objection: " + "[" * 400_000),
        ("a.yaml", "- " * 400_000),
        ("a.yaml", "{a: " * 400_000),
        ("a.json", "[" * 400_000),
        ("a.json", '{"a":' * 400_000),
        ("a.jsonl", "[" * 400_000),
    ],
)
def test_deep_nesting_is_refused(put, name, content):
    found = list(load(put(name, content)))
    assert len(found) == 1
    assert "nested deeper" in found[0].what


def test_aliases_that_would_explode_are_refused_by_a_sentence(put):
    layers = "".join(f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 10)}]\n" for i in range(30))
    assert "aliases" in only_error(put("a.yaml", "a0: &a0 x\n" + layers))


def test_load_one_takes_one(put):
    with pytest.raises(InputError, match="more than one scenario"):
        load_one(put("a.yaml", "- objection: a\n- objection: b"))
    with pytest.raises(InputError, match="no field 'nam'"):
        load_one(put("b.yaml", "nam: a"))


def test_load_scenarios_raises_what_is_wrong(put):
    assert len(load_scenarios(put("a.csv", "objection\na\nb\n"))) == 2
    with pytest.raises(InputError, match=r"b\.csv:3"):
        load_scenarios(put("b.csv", "objection\na\nb,c\n"))


def test_read_text_is_bounded(put):
    assert read_text(put("a.txt", "\ufeffDear S\u00e9an\r\n\nx")) == "Dear S\u00e9an\r\n\nx"
    with pytest.raises(InputError, match="larger than 10 bytes"):
        read_text(put("b.txt", "x" * 11), 10)
    assert read_text(put("c.txt", "x" * 10), 10) == "x" * 10


def test_json_lines_gives_objects_with_any_fields(put):
    rows = list(sources.json_lines(put("a.jsonl", '{"id": 1, "text": "x"}\nbad\n{"text": "y"}')))
    assert rows[0].values == {"id": 1, "text": "x"}
    assert "a.jsonl:2" in rows[1].what
    assert rows[2].place.line == 3


def test_a_csv_may_use_other_delimiters(put):
    assert told(put("a.csv", 'objection;matters\n"a;b";"x;y"\n'))[0].matters == ("x", "y")
    assert told(put("b.csv", "objection\tname\na, b\tSam\n"))[0].objection == "a, b"
    assert told(put("c.csv", "objection,name,,\na,Sam,,\n")) == []
    assert told(put("d.csv", "objection,name\na,Sam,,\n"))[0].name == "Sam"


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_memory_stays_flat_over_a_long_file(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    row = "x" * 500 + "\n" if suffix == "csv" else json.dumps({"objection": "x" * 500}) + "\n"
    with path.open("w") as stream:
        stream.write("objection\n" if suffix == "csv" else "")
        stream.writelines(itertools.repeat(row, 20_000))
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Told) for item in load(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 3_000_000


# Any bytes at all ------------------------------------------------------------------------------------

_ODD = st.text(alphabet=st.sampled_from("ab:,;\"'[]{}&*!|>-#\n\t \\\u00e9%@`?"), max_size=60)


@given(_ODD)
def test_any_text_gives_rows_or_errors(text):
    lines = list(enumerate(text.splitlines(keepends=True), 1))
    for rows in (yaml_rows(text, "a"), json_rows(text, "a"), jsonl_rows(lines, "a"), csv_rows(lines, "a")):
        for row in itertools.islice(rows, 1000):
            assert isinstance(row, InputError) or row.values is not None


@given(st.binary(max_size=80))
def test_any_bytes_give_scenarios_or_sentences(raw):
    kept, sys.stdin = sys.stdin, SimpleNamespace(buffer=io.BytesIO(raw))
    try:
        for item in load("-"):
            assert isinstance(item, Told) or (item.what and item.remedy)
    finally:
        sys.stdin = kept
