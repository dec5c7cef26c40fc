"""`drafter check`, as a person and a program meet it."""

import json

import pytest
from typer.testing import CliRunner

from drafter.cli import app

GOOD = "Would you come with me, once, for an hour? No is fine."
BAD = "You never listen. Would you come with me, once?"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*args, text=None):
        return CliRunner().invoke(app, ["check", *args], input=text)

    return call


def test_exit_codes(run):
    assert run(text=GOOD).exit_code == 0
    assert run(text=BAD).exit_code == 1
    assert run("nowhere.txt").exit_code == 2
    assert run(text="").exit_code == 2
    assert run("--rules", "nowhere.yaml", text=GOOD).exit_code == 2


def test_json(run):
    data = json.loads(run("--json", text=BAD).stdout)
    assert data["clean"] is False
    assert data["findings"][0]["quote"] == BAD[data["findings"][0]["start"] : data["findings"][0]["end"]]


def test_jsonl_in_order_and_past_a_bad_line(run, tmp_path):
    lines = [{"id": "a", "text": GOOD}, {"id": "b"}, {"id": "c", "text": BAD, "context": {"objection": "no"}}]
    (tmp_path / "m.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = run("--jsonl", "m.jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["id"] for r in rows] == ["a", "b", "c"]
    assert "error" in rows[1]
    assert result.exit_code == 2


def test_fields_are_facts(run):
    message = "Would you see Dr Lee with me, once?"
    assert run("-o", "no", text="I've thought. " + message).exit_code == 1
    assert run("-o", "no", "--option", "one call with Dr Lee", text="I've thought. " + message).exit_code == 0


def test_the_page_is_plain_and_harmless_in_a_pipe(run):
    result = run(text="You never listen. \x1b[31mWould you come\x1b[0m once? [bold]")
    assert "\x1b" not in result.stdout
    assert "[You never listen](1)" in result.stdout
    assert "[bold]" in result.stdout
