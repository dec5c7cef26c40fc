"""What a situation calls for: the kind of message, its moves in their order, what they rest on, and how many words."""

import pytest
import yaml

from drafter.grammar import Phrase
from drafter.outcome import Reading
from drafter.plan import plan, seed_of
from drafter.scenario import Scenario
from tests.conftest import ROOT
from tests.drafting import FORMATS, planned, rows

RULES = yaml.safe_load((ROOT / "prompts/plan.yaml").read_text("utf-8"))
FULL = {
    "objection": "We can't afford it",
    "matters": ["his Sundays off", "wants to be left alone after work"],
    "relationship": "husband",
    "want": "to laugh again",
    "my_part": "I go quiet",
    "appreciate": "he always shows up",
    "resource": "a podcast about arguing",
    "option": "one video call, 50 minutes",
    "offer": "I'll sort the babysitter",
}


def of(reading, **fields):
    return plan(Scenario(**fields), [Reading(fear, 0.9, "") for fear in reading.split()])


@pytest.mark.parametrize(
    ("fields", "reading", "kind"),
    [
        ({}, "cost", "invitation"),
        ({}, "silent", "question"),
        ({}, "clear_no", "respected"),
        ({"said_no": True}, "cost", "respected"),
        ({"said_no": True}, "silent", "respected"),
        ({"asks_before": 2}, "cost", "invitation"),
        ({"asks_before": 3}, "cost", "respected"),
        ({"asks_before": 3}, "silent", "respected"),
        ({"asks_before": 999_999}, "cost", "respected"),
        # being afraid is the screen's matter; settled there, nothing is guessed
        ({}, "unsafe", "question"),
        ({}, "unsafe cost", "invitation"),
    ],
)
def test_the_kind_of_message(fields, reading, kind):
    assert of(reading, **fields).kind == kind


def test_no_reading_at_all_is_a_question():
    assert plan(Scenario(), []).kind == "question"


def test_how_many_asks_are_too_many_is_the_callers_choice():
    scenario, reading = Scenario(asks_before=1), [Reading("cost", 0.9, "")]
    assert plan(scenario, reading, most_asks=0).kind == "respected"
    assert plan(scenario, reading, most_asks=1).kind == "invitation"


def test_the_first_fear_is_answered_and_the_others_are_parked():
    made = of("ganged_up cost time")
    assert (made.fear, made.parked) == ("ganged_up", ("cost", "time"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_plan_acknowledges_asks_and_leaves_a_way_out_in_this_order(form):
    for row in rows():
        _, made = planned({**row, "format": form})
        if made.kind != "invitation":
            assert made.moves == ()
            continue
        assert [move for move in made.moves if move in ("acknowledge", "ask", "exit")] == ["acknowledge", "ask", "exit"]
        assert len(made.moves) == len(set(made.moves))
        assert any(
            made.moves == tuple(m for m in order if m in made.moves)
            for order in RULES["orders"] + RULES["own_first_orders"]
        )


def test_a_move_that_rests_on_what_was_told_needs_it_told():
    rests = {"opener": "opener", "own_part": "own_part", "benefit": "benefit", "offer": "offer"}
    for row in rows():
        _, made = planned(row)
        for move, source in rests.items():
            assert move not in made.moves or source in made.phrases
        assert "resource" not in made.moves or "resource" in made.slots
        assert "what" not in made.moves or "option" in made.slots
        assert "again" not in made.moves or row["asks_before"]


def test_every_phrase_names_the_field_it_came_from():
    _, made = planned(FULL)
    assert {move: phrase.field for move, phrase in made.phrases.items()} == {
        "own_part": "my_part", "opener": "appreciate", "offer": "offer", "hope": "want", "benefit": "matters",
    }  # fmt: skip
    assert isinstance(made.slots["option"], Phrase)


@pytest.mark.parametrize("field", ["my_part", "appreciate", "offer", "want", "option", "resource", "matters"])
def test_a_barred_field_is_used_nowhere(field):
    _, made = planned(FULL, barred=frozenset({field}))
    assert field not in {phrase.field for phrase in made.phrases.values()}
    assert field not in made.slots
    assert field != "matters" or "kept" not in made.slots


def test_one_item_may_be_barred_alone():
    for variant in range(4):
        _, made = planned(FULL, variant=variant, barred=frozenset({"matters[0]"}))
        assert made.phrases["benefit"].text == "you want to be left alone after work"
        assert "kept" not in made.slots


def test_what_only_restates_the_objection_is_no_matter_of_its_own():
    _, made = planned(
        {"objection": "I don't want strangers in our business", "matters": ["no strangers in our business"]}
    )
    assert "benefit" not in made.phrases


def test_the_same_situation_has_the_same_plan_and_another_seed_another():
    assert planned(FULL) == planned(FULL)
    assert len({planned(FULL, seed=seed)[1].moves for seed in range(12)}) > 1
    assert len({planned(FULL, variant=variant)[1].moves for variant in range(12)}) > 1


def test_a_seed_is_the_same_on_every_machine():
    assert seed_of(Scenario(objection="no"), 0) == seed_of(Scenario(objection="no"), 0)
    assert seed_of(Scenario(objection="no"), 0) != seed_of(Scenario(objection="no"), 1)
    # Written down, so that a change of it is seen: it would reword every message that was ever made.
    assert seed_of(Scenario(), 0) == 1559670568


def test_words_and_lines_follow_the_format():
    for form in FORMATS:
        _, made = planned({**FULL, "format": form})
        limits = RULES["words"][form]
        assert (made.least, made.most, made.lines) == (limits["least"], limits["most"], limits["lines"])


@pytest.mark.parametrize(
    ("fields", "flag", "holds"),
    [
        ({"option": "one call, £40"}, "paid", True),
        ({"option": "a free talk"}, "free", True),
        ({"option": "one hour"}, "paid", False),
        ({"option": "a video call"}, "remote", True),
        ({"option": "an hour with Dr Lee"}, "person", True),
        ({"option": "a weekend workshop"}, "workshop", True),
        ({"option": "six sessions"}, "option", True),
        ({"offer": "I'll ask a solicitor"}, "lawyer", True),
        ({"situation": "I don't know if I want to stay, I'm thinking of leaving"}, "unsure", True),
        ({"situation": "He is thinking of leaving early on Fridays"}, "unsure", True),
        ({"asks_before": 1}, "asked_once", True),
        ({"asks_before": 2}, "asked_twice", True),
        ({"asks_before": 2}, "counted", True),
        ({"matters": ["game night"]}, "kept", True),
        ({"my_part": "I shout"}, "no_part", False),
        ({"my_part": "nothing"}, "no_part", True),
    ],
)
def test_what_holds_in_a_situation(fields, flag, holds):
    _, made = planned({"objection": "It costs too much", **fields})
    assert (flag in made.flags) is holds


def test_every_fear_that_calls_for_an_ask_of_its_own_answers_first():
    for fear, special in RULES["special_asks"].items():
        for variant in range(8):
            made = plan(
                Scenario(**{**FULL, "matters": (), "resource": Scenario().resource}),
                [Reading(fear, 0.9, "")],
                variant=variant,
            )
            assert special in made.flags
            assert made.moves.index("answer") < made.moves.index("ask")
