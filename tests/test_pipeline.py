"""One scenario in, one outcome out: every status, when it comes, and what it holds."""

import json
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter import pipeline
from drafter.coercion import Refusal
from drafter.outcome import Finding, Hazard
from drafter.pipeline import invite, variants, without
from drafter.scenario import Resource, Scenario, scenario_from
from drafter.text import count_words
from tests.conftest import ROOT
from tests.drafting import FORMATS, rows

ADVICE = yaml.safe_load((ROOT / "prompts/advice.yaml").read_text("utf-8"))
COST = Scenario(
    objection="We can't afford it",
    matters=("his Sundays off",),
    relationship="husband",
    my_part="I go quiet",
    appreciate="he always shows up",
    option="one video call, 50 minutes",
    offer="I'll sort the babysitter",
)
FINDING = Finding("x.y", "blame", "error", 0, 1, "I", "why", "fix")


def told(outcome):
    """An outcome without what differs from run to run."""
    out = outcome.to_dict()
    del out["engine"]["seconds"]
    return out


@pytest.mark.parametrize("form", FORMATS)
def test_an_invitation_is_drafted_with_all_that_the_contract_names(form):
    outcome = invite(scenario_from({**COST_ROW, "format": form}))
    assert outcome.status == "drafted"
    assert outcome.message == "".join(line.text for line in outcome.lines)
    assert outcome.reading[0].fear == "cost"
    assert not any(finding.severity == "error" for finding in outcome.findings)
    assert outcome.engine.attempts >= 1
    assert outcome.version
    assert set(ADVICE["always"]) <= set(outcome.advice)
    json.dumps(outcome.to_dict())


COST_ROW = {
    "objection": "We can't afford it",
    "matters": ["his Sundays off"],
    "my_part": "I go quiet",
    "relationship": "husband",
}


def test_the_same_in_gives_the_same_out_and_another_seed_another():
    assert told(invite(COST)) == told(invite(COST))
    assert told(invite(COST, seed=5, variant=2)) == told(invite(COST, seed=5, variant=2))
    assert len({invite(COST, seed=seed).message for seed in range(6)}) > 3


def test_every_scenario_has_an_outcome_that_holds_together():
    for row in rows():
        scenario = scenario_from(row)
        outcome = invite(scenario)
        assert outcome.message == "".join(line.text for line in outcome.lines), row["id"]
        assert outcome.status in ("drafted", "question", "respected", "stopped", "declined", "failed")
        if outcome.status in ("drafted", "question", "respected"):
            assert outcome.message
            assert outcome.advice
            assert not any(finding.severity == "error" for finding in outcome.findings), row["id"]
            assert count_words(outcome.message) <= {"talk": 120, "text": 70, "note": 180}[scenario.format]
        if outcome.status == "stopped":
            assert not outcome.message
            assert outcome.hazards
            assert outcome.help
        for finding in outcome.findings:
            assert outcome.message[finding.start : finding.end] == finding.quote


def test_hardly_a_scenario_fails():
    failed = [
        row["id"]
        for row in rows()
        if invite(scenario_from(row)).status == "failed" and row.get("language", "en")[:2] == "en"
    ]
    assert not failed


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"said_no": True}, "respected"),
        ({"asks_before": 2}, "drafted"),
        ({"asks_before": 3}, "respected"),
        ({"objection": "No. I said no and I mean no."}, "respected"),
        ({"objection": ""}, "question"),
        ({"objection": "..."}, "question"),
        ({"objection": "(shrugs)"}, "question"),
        ({"objection": "asdf qwer zxcv"}, "question"),
    ],
)
def test_what_calls_for_no_invitation_gets_none(fields, status):
    for form in FORMATS:
        outcome = invite(scenario_from({**COST_ROW, **fields, "format": form}))
        assert outcome.status == status
        if status == "respected":
            assert "?" not in outcome.message
            assert set(ADVICE["respected"]) <= set(outcome.advice)


def test_how_often_one_may_ask_can_be_set():
    asked = scenario_from({**COST_ROW, "asks_before": 1})
    assert invite(asked, most_asks=0).status == "respected"
    assert invite(asked).status == "drafted"
    assert ADVICE["asked_before"] in invite(asked).advice


@pytest.mark.parametrize("language", ["de", "fr-CA", "zh-Hant-TW", "eo"])
def test_another_language_fails_with_what_would_work(language):
    outcome = invite(scenario_from({**COST_ROW, "language": language}))
    assert outcome.status == "failed"
    assert outcome.message == ""
    (advice,) = outcome.advice
    assert language in advice
    assert "--language en" in advice


@pytest.mark.parametrize("language", ["en", "en-GB", "EN-us"])
def test_every_english_is_english(language):
    assert invite(scenario_from({**COST_ROW, "language": language})).status == "drafted"


def test_a_hazard_comes_before_everything_else():
    hazard = Hazard("ipv_fear", "high", "scared")
    for fields in ({}, {"language": "de"}, {"said_no": True}, {"objection": ""}):
        outcome = invite(scenario_from({**COST_ROW, **fields}), hazards=(hazard,))
        assert outcome.status == "stopped"
        assert outcome.message == ""
        assert outcome.lines == ()
        assert outcome.hazards == (hazard,)
        assert outcome.help


def test_an_objection_that_sounds_afraid_is_a_question_to_the_user_first():
    afraid = Scenario(objection="I'm afraid of what he would do to me afterwards")
    outcome = invite(afraid)
    assert outcome.status == "stopped"
    # Asked and answered with no, it is still nothing to guess about.
    cleared = invite(afraid, hazards=(), screened=True)
    assert cleared.status == "question"
    assert "afraid" not in cleared.message


def test_answered_safety_questions_need_no_warning_that_they_were_not_asked():
    assert ADVICE["not_screened"] in invite(COST).advice
    assert ADVICE["not_screened"] not in invite(COST, screened=True).advice


def test_an_option_of_many_visits_is_left_out_and_said_to_be():
    outcome = invite(scenario_from({**COST_ROW, "option": "six sessions, weekly"}))
    assert ADVICE["many_visits"] in outcome.advice
    assert "six" not in outcome.message


def refused(*, need="need", fields=(), honest):
    return Refusal(kind="ultimatum", what="what", need=need, fields=fields, cue="", honest=honest, advice="advice")


def test_what_presses_is_declined_and_an_honest_draft_is_made_without_it(monkeypatch):
    refusal = refused(fields=("want",), honest=True)
    monkeypatch.setattr(pipeline, "coercion", lambda scenario: refusal if scenario.want else None)
    monkeypatch.setattr(pipeline, "check", lambda *_, **__: ())
    outcome = invite(replace(COST, want="to make him"))
    assert outcome.status == "declined"
    assert outcome.message
    assert outcome.advice[:3] == ("what", "need", "advice")
    assert "want" not in {field for line in outcome.lines for field in line.rests_on}


def test_where_no_honest_draft_exists_there_is_none(monkeypatch):
    refusal = refused(need="", honest=False)
    monkeypatch.setattr(pipeline, "coercion", lambda _: refusal)
    outcome = invite(COST)
    assert (outcome.status, outcome.message, outcome.advice) == ("declined", "", ("what", "advice"))


def test_content_that_the_checks_catch_is_left_out_of_the_next_draft(monkeypatch):
    def check(message, *_, **__):
        at = message.find("go quiet")
        return (replace(FINDING, start=at, end=at + 8, quote="go quiet"),) if at >= 0 else ()

    monkeypatch.setattr(pipeline, "check", check)
    for variant in range(4):
        outcome = invite(COST, variant=variant)
        assert outcome.status == "drafted"
        assert "go quiet" not in outcome.message
    assert any(invite(COST, variant=variant).engine.attempts == 2 for variant in range(4))


def test_a_draft_that_never_passes_is_marked_with_its_findings(monkeypatch):
    monkeypatch.setattr(pipeline, "check", lambda *_, **__: (FINDING,))
    outcome = invite(COST)
    assert outcome.status == "failed"
    assert outcome.message
    assert outcome.findings == (FINDING,)
    assert outcome.engine.attempts == pipeline.TRIES


def test_warnings_and_hints_fail_nothing(monkeypatch):
    monkeypatch.setattr(pipeline, "check", lambda *_, **__: (replace(FINDING, severity="warning"),))
    assert invite(COST).status == "drafted"


def test_variants_are_as_many_as_asked_for_and_differ():
    made = variants(COST, 3)
    assert [outcome.status for outcome in made] == ["drafted"] * 3
    assert len({outcome.message for outcome in made}) == 3
    assert told(made[0]) == told(invite(COST))
    assert told(made[2]) == told(invite(COST, variant=2))


def test_one_alone_where_there_is_nothing_to_vary():
    assert len(variants(COST, 3, hazards=(Hazard("weapon", "critical", "gun"),))) == 1
    assert len(variants(scenario_from({**COST_ROW, "language": "de"}), 3)) == 1


def test_without_empties_what_is_named_and_never_the_objection():
    full = Scenario(objection="no", want="x", matters=("a",), resource=Resource("t"), asks_before=2)
    left = without(full, ("want", "matters", "resource", "objection"))
    assert left == Scenario(objection="no", asks_before=2)
    assert full.want == "x"


@given(
    row=st.fixed_dictionaries(
        {},
        optional={
            name: st.text(max_size=80)
            for name in (
                "objection",
                "name",
                "relationship",
                "situation",
                "want",
                "my_part",
                "appreciate",
                "option",
                "offer",
            )
        }
        | {"matters": st.lists(st.text(max_size=40), max_size=3), "format": st.sampled_from(FORMATS)},
    )
)
def test_whatever_was_told_there_is_an_outcome(row):
    outcome = invite(scenario_from(row))
    assert outcome.message == "".join(line.text for line in outcome.lines)
    json.dumps(outcome.to_dict())


def test_the_longest_fields_are_drafted_in_no_time():
    long = ("I just want him to listen for once in his life, and I know I shout. " * 200)[:8000]
    outcome = invite(
        Scenario(**dict.fromkeys(("objection", "situation", "want", "my_part", "appreciate", "option", "offer"), long))
    )
    assert outcome.engine.seconds < 2
