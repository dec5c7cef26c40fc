"""What is declined, from which fields, with what kept; and what is firm but fair."""

import pytest
import yaml

from drafter.coercion import coercion, explain
from drafter.data import folder, load_yaml
from drafter.scenario import scenario_from

RULES, LISTED = yaml.safe_load_all((folder("prompts") / "coercion" / "rules.yaml").read_text(encoding="utf-8"))
KINDS = load_yaml("coercion/pressure.yaml")["kinds"]


def examples(which):
    for rule, lists in LISTED.items():
        for line in lists[which]:
            yield pytest.param(rule, line, id=f"{rule}-{line[:40]}")


def test_every_rule_has_examples_and_a_kind():
    assert set(LISTED) == set(RULES["rules"])
    for rule, entry in RULES["rules"].items():
        assert entry.get("kind", RULES["kind"]) in KINDS
        assert LISTED[rule]["stop"], rule
        assert LISTED[rule]["clear"], rule


@pytest.mark.parametrize(("rule", "line"), list(examples("stop")))
def test_pressure_is_declined(rule, line):
    assert coercion(scenario_from({"want": line, "relationship": "partner"})) is not None
    assert rule in {found.id for _, found, _ in explain(scenario_from({"want": line, "relationship": "partner"}))}


@pytest.mark.parametrize(("rule", "line"), list(examples("clear")))
def test_what_is_firm_but_fair_passes(rule, line):
    assert coercion(scenario_from({"want": line, "relationship": "partner"})) is None


@pytest.mark.parametrize(
    "field",
    ["want", "situation", "my_part", "offer", "option", "appreciate", "resource"],
)
def test_it_is_found_in_any_field_of_the_users(field):
    refusal = coercion(scenario_from({field: "Make him feel he has no choice.", "objection": "no"}))
    assert refusal is not None
    assert refusal.fields == (field,)
    assert refusal.kind == "force"


def test_it_is_found_in_an_item_of_what_matters():
    refusal = coercion(scenario_from({"matters": ["fishing", "Trick her into it"]}))
    assert refusal is not None
    assert refusal.fields == ("matters",)


def test_the_partners_own_words_are_no_request():
    assert coercion(scenario_from({"objection": "Don't give me ultimatums, tell him to trick someone else"})) is None


def test_a_plan_to_leave_is_no_bait():
    refusal = coercion(scenario_from({"situation": "put at the end that im moving out on the 1st unless hes booked"}))
    assert refusal is not None
    assert any("iscernment" in KINDS[kind]["advice"] for kind in ("leaving",))


def test_every_kind_is_explained_in_one_kind_line():
    for kind, words in KINDS.items():
        assert set(words) == {"what", "need", "honest", "advice"}, kind
        assert "\n" not in words["what"]
        assert len(words["what"].split()) < 40
        for scold in (
            "shame on",
            "you should be",
            "wrong of you",
            "manipulative",
            "abusive",
        ):
            assert scold not in words["what"].lower()
        assert words["need"].startswith("You need")
