"""The screen: every rule finds its own examples and leaves its near-misses alone; scope, roles and limits."""

import re
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.data import folder, load_yaml
from drafter.scenario import Scenario, scenario_from
from drafter.screen import KINDS, answered, screen, signs
from drafter.screen.rules import Words, inflect

FILES = sorted(path for path in (folder("prompts") / "hazards").glob("*.yaml") if path.stem in KINDS)


def told(line):
    if line.startswith("o:"):
        return scenario_from({"objection": line[2:].strip()})
    return scenario_from({"situation": line, "relationship": "partner"})


def examples(which):
    for path in FILES:
        rules, listed = yaml.safe_load_all(path.read_text(encoding="utf-8"))
        for rule in rules["rules"]:
            for line in listed.get(rule, {}).get(which, ()):
                yield pytest.param(
                    rules["rules"][rule].get("kind", rules["kind"]),
                    rule,
                    line,
                    id=f"{path.stem}-{rule}-{line[:40]}",
                )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_has_both_kinds_of_examples(path):
    rules, listed = yaml.safe_load_all(path.read_text(encoding="utf-8"))
    assert set(listed) == set(rules["rules"])
    for rule, lists in listed.items():
        assert lists["stop"], rule
        assert lists["clear"], rule
    assert rules["source"]


@pytest.mark.parametrize(("kind", "rule", "line"), list(examples("clear")))
def test_near_misses_pass(kind, rule, line):
    assert screen(told(line)) == ()


@pytest.mark.parametrize(("kind", "rule", "line"), list(examples("stop")))
def test_a_rule_finds_its_examples(kind, rule, line):
    assert rule in {sign.rule.id for sign in signs(told(line)) if sign.rule.kind == kind}


def kinds(**fields):
    return {hazard.kind for hazard in screen(scenario_from(fields))}


@pytest.mark.parametrize(
    ("line", "stops"),
    [
        ("He has never hit me.", False),
        ("He's never hit me but I'm scared of him.", True),
        ("I don't think he would ever hit me.", False),
        ("It's not only that he hit me.", True),
        ("He didn't mean to hit me.", True),
        ("He hasn't hit me since March.", True),
        ("He doesn't hit me anymore.", True),
        ("He can't stop hitting me.", True),
        ("If he ever hit me I'd leave.", False),
        ("If I say no he hits me.", True),
        ("If he hits me again I don't know what I'll do.", True),
        ("Nobody hits anybody here.", False),
        ("I can't believe he hit me.", True),
    ],
)
def test_a_negation_reaches_to_the_end_of_its_clause(line, stops):
    assert bool(screen(told(line))) is stops


@pytest.mark.parametrize(
    ("line", "stops"),
    [
        ("My father hit me when I was small.", False),
        ("My ex used to hit me. Tom is nothing like him.", False),
        ("My sister's husband hit her.", False),
        ("My husband hit me.", True),
        ("Her ex was violent and he followed her.", False),
        ("We watched a film where he strangled her.", False),
    ],
)
def test_whose_doing_it_is(line, stops):
    assert bool(screen(told(line))) is stops


def test_who_speaks_depends_on_the_field():
    assert kinds(situation="I hit him last week.") == {"user_perpetrator"}
    assert kinds(situation="He hit me last week.") == {"ipv_physical"}
    assert kinds(objection="You hit me last week.") == {"user_perpetrator"}
    assert kinds(objection="I'll kill myself if you leave.") == {"suicide_partner"}
    assert kinds(my_part="I want to kill myself.") == {"suicide_self"}
    assert kinds(situation='He said "I will kill myself if you leave".') >= {"suicide_partner"}
    assert kinds(situation="Sam hit me.", name="Sam") == {"ipv_physical"}


def test_the_cue_is_the_persons_own_words():
    text = "It was fine — until he SHOVED   me into the wall."
    (hazard,) = screen(scenario_from({"situation": text}))
    assert hazard.cue in text
    assert "SHOVED" in hazard.cue


def test_typing_does_not_matter():
    for line in (
        "hes hiting me agen",
        "he CHOKED me",
        "he choked me",
        "he punchd me",
        "he h\u200bit me",
    ):
        assert screen(told(line)), line


def test_most_severe_first_and_one_of_each_kind():
    hazards = screen(told("He checks my phone. He choked me. He hit me. He reads my messages."))
    assert [h.severity for h in hazards] == sorted((h.severity for h in hazards), key=["critical", "high", "ask"].index)
    assert len({h.kind for h in hazards}) == len(hazards)
    assert {h.kind for h in hazards} <= set(KINDS)


def test_what_is_only_unclear_asks_its_question():
    (hazard,) = screen(told("I'm scared to tell her about the job."))
    assert hazard.severity == "ask"
    assert hazard.question.endswith("?")
    assert all(not h.question for h in screen(told("He hit me.")))


def test_every_ask_rule_has_a_question():
    for path in FILES:
        data = load_yaml(f"hazards/{path.name}")
        for rule in data["rules"].values():
            if rule.get("severity", data["severity"]) == "ask":
                assert rule["question"].endswith("?")


def test_every_pattern_can_be_read():
    common = load_yaml("hazards/words.yaml")["words"]
    for name in [f"hazards/{path.name}" for path in FILES] + ["coercion/rules.yaml"]:
        data = load_yaml(name)
        words = Words(data.get("words") or {}, common)
        for rule in data["rules"].values():
            for line in "\n".join((rule["any"], rule.get("unless", ""), rule.get("far", ""))).splitlines():
                if line.strip():
                    assert words.pattern(line).parts is not None


def test_verbs_inflect():
    assert inflect("grab**") == ("grab", "grabs", "grabbed", "grabbing")
    assert inflect("choke*") == ("choke", "chokes", "choked", "choking")
    assert inflect("bully*") == ("bully", "bullies", "bullied", "bullying")
    assert inflect("punch*") == ("punch", "punches", "punched", "punching")


def test_the_private_questions():
    questions = load_yaml("questions/safety.yaml")["questions"]
    assert {q["kind"] for q in questions} <= set(KINDS)
    no = {q["id"]: False for q in questions}
    assert answered((), no) == ()
    for question in questions:
        assert answered((), {**no, question["id"]: True})[0].severity in (
            "critical",
            "high",
        )
        unanswered = answered((), {**no, question["id"]: None})
        assert unanswered[0].severity == "ask"
        assert unanswered[0].question == question["text"]
    assert len(answered((), {})) == len(questions)


def test_it_takes_less_than_a_millisecond():
    lines = [told(param.values[2]) for param in examples("stop")]
    for scenario in lines:
        screen(scenario)
    begin = time.perf_counter()
    for scenario in lines:
        screen(scenario)
    assert (time.perf_counter() - begin) / len(lines) < 0.001


def test_a_huge_text_takes_linear_time():
    screen(Scenario(situation="He hit me. " * 10))
    begin = time.perf_counter()
    screen(Scenario(situation="not if he and me hit the " * 320))
    assert time.perf_counter() - begin < 0.5


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["objection", "situation", "my_part", "want"]),
        st.text(max_size=400),
    )
)
def test_no_text_breaks_it(fields):
    for hazard in screen(scenario_from(fields)):
        assert hazard.kind in KINDS


WORDS = st.sampled_from(
    "i he she you my me him her his not never if hit hits scared of the dog knife \" ' . , ! kids \n don't who's".split(
        " "
    )
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_no_order_of_its_own_words_breaks_it(words):
    for field in ("objection", "situation"):
        screen(scenario_from({field: " ".join(words)}))


def test_no_words_of_the_screen_call_anyone_safe():
    for name in ("ui/screen.yaml", "help/lines.yaml", "questions/safety.yaml"):
        text = (folder("prompts") / name).read_text(encoding="utf-8")
        said = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        assert not re.search(r"\b(?:safe|all clear|no danger|nothing to worry)\b", said, re.IGNORECASE)


@pytest.mark.parametrize("typed", ["he said hell kill me if I book it", "shell kill herself if I leave"])
def test_a_lost_apostrophe_hides_no_threat(typed):
    assert screen(scenario_from({"situation": typed}))


def test_hell_is_mostly_only_hell():
    assert not screen(scenario_from({"situation": "What the hell do I know, we had a hell of a week."}))
