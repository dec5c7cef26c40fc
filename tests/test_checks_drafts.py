"""The composer's own drafts pass the checks at the first attempt: a false alarm there costs the user their own words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from drafter.checks import check
from drafter.compose import compose
from drafter.grammar import british
from drafter.plan import plan
from drafter.reading import read
from drafter.scenario import scenario_from
from drafter.text import fold

ROOT = Path(__file__).resolve().parents[1]


def _told():
    lines = (ROOT / "tests" / "sets" / "scenarios.jsonl").read_text(encoding="utf-8").splitlines()
    files = sorted((ROOT / "examples").glob("*.yaml"))
    data = [*map(json.loads, lines), *(yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)]
    return [told for told in map(scenario_from, data) if told.language.lower().split("-")[0] == "en"]


TOLD = _told()


@pytest.mark.parametrize("format_", ["talk", "text", "note"])
def test_drafts_have_no_error(format_):
    loud = []
    for told in TOLD:
        scenario = replace(told, format=format_)
        reading = read(scenario.objection)
        for variant in range(2):
            made = plan(scenario, reading, variant=variant)
            lines = compose(
                made,
                objection=fold(scenario.objection).text,
                variant=variant,
                gb=british(scenario),
                name=scenario.name,
            )
            message = "".join(line.text for line in lines)
            found = check(message, scenario, format=scenario.format, kind=made.kind)
            loud += [(f.rule, f.quote, told.id) for f in found if f.severity == "error"]
    assert len(TOLD) > 100
    assert loud == []
