"""`drafter screen`: its exit codes, its three forms of output, and what it never says."""

import json
import re

import pytest
from typer.testing import CliRunner

from drafter.cli import app

RUNNER = CliRunner()


def run(*args, stdin=""):
    return RUNNER.invoke(app, ["screen", *args], input=stdin)


def test_a_sign_stops_and_names_lines():
    result = run("--situation", "He hit me.", "--country", "GB")
    assert result.exit_code == 3
    assert "0808 2000 247" in result.stdout
    assert "hit me" in result.stdout


def test_nothing_found_is_no_clearance():
    result = run("--objection", "We don't need a stranger.")
    assert result.exit_code == 0
    assert "no clearance" in result.stdout
    assert not re.search(r"\bsafe\b", result.stdout, re.IGNORECASE)


def test_json():
    result = run("--situation", "He hit me.", "--country", "US", "--json")
    data = json.loads(result.stdout)
    assert data["status"] == "stopped"
    assert data["hazards"] == [{"kind": "ipv_physical", "severity": "high", "cue": "hit me"}]
    assert data["help"][0]["contact"] == "911"


def test_one_result_a_line_in_order():
    lines = [{"id": "a", "situation": "He hit me."}, {"id": "b", "situation": "We bicker."}, {"id": "c", "nonsense": 1}]
    result = run("--jsonl", "-", stdin="".join(json.dumps(line) + "\n" for line in lines) + "no json\n")
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(o["id"], o["status"]) for o in out[:2]] == [("a", "stopped"), ("b", "nothing_found")]
    assert [o["status"] for o in out[2:]] == ["failed", "failed"]
    assert result.exit_code == 2


def test_a_file(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text("situation: He choked me.\n", encoding="utf-8")
    assert run(str(path)).exit_code == 3
    assert run(str(tmp_path / "none.yaml")).exit_code == 2


@pytest.mark.parametrize("args", [("-", "--situation", "x"), ("--country", "Atlantis", "--situation", "x")])
def test_wrong_usage(args):
    assert run(*args).exit_code == 2


def test_nothing_that_acts_on_a_terminal_comes_out():
    result = run("--situation", "He \x1b[31mhit\x1b[0m me [bold]now[/bold]\x07 \u202e")
    assert result.exit_code == 3
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", result.stdout)
