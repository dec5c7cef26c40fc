"""Plans and drafts for the tests: the embedded engine alone, without screen, coercion and checks."""

import json
from functools import lru_cache
from typing import NamedTuple

import yaml

from drafter import grammar
from drafter.compose import compose
from drafter.plan import plan
from drafter.reading import read
from drafter.scenario import scenario_from
from drafter.text import fold, sentences
from tests.conftest import ROOT

FORMATS = ("talk", "text", "note")


class Draft(NamedTuple):
    scenario: object
    plan: object
    lines: tuple
    message: str

    @property
    def sentences(self):
        return {self.message[start:end] for start, end in sentences(self.message)}


@lru_cache(maxsize=1)
def rows():
    """Every scenario of the test set and the examples, as plain fields."""
    told = [json.loads(line) for line in (ROOT / "tests/sets/scenarios.jsonl").read_text("utf-8").splitlines()]
    return told + [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / "examples").glob("*.yaml"))]


def planned(row, *, seed=0, variant=0, **more):
    scenario = scenario_from(row)
    return scenario, plan(scenario, read(scenario.objection), seed=seed, variant=variant, **more)


def drafted(row, *, seed=0, variant=0, **more):
    scenario, made = planned(row, seed=seed, variant=variant, **more)
    lines = compose(
        made,
        objection=fold(scenario.objection).text,
        variant=variant,
        gb=grammar.british(scenario),
        name=scenario.name,
    )
    return Draft(scenario, made, lines, "".join(line.text for line in lines))


@lru_cache(maxsize=32)
def drafts(form=None, variant=0):
    """A draft for every scenario that is not stopped by its objection, in its own format or in `form`."""
    fit = [row for row in rows() if read(row.get("objection", ""))[0].fear != "unsafe"]
    return [drafted(row if form is None else {**row, "format": form}, variant=variant) for row in fit]
