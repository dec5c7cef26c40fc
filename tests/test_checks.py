"""The checker: what it promises beyond its rules."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checks import RuleSet, check
from drafter.checks.facts import stem
from drafter.checks.grammar import Grammar, PatternError
from drafter.checks.signs import open_word, row
from drafter.errors import InputError
from drafter.scenario import Scenario, scenario_from
from drafter.text import fold

ASK = " Would you come to one session with me?"


def categories(message, **fields):
    return {f.category for f in check(message, scenario_from(fields)) if f.severity == "error"}


@pytest.mark.parametrize(
    "message",
    [
        "You always make me laugh." + ASK,
        "You're never a burden." + ASK,
        "I should have listened." + ASK,
        "You don't have to decide now." + ASK,
        "I know I blame myself." + ASK,
        "It must have been hard." + ASK,
        "Just the one go, with somebody who helps couples. You pick?",
        "Would you come along once and see? A single hour.",
        "You've told me no. I heard you, and I won't ask again.",
        "You said “therapy is for crazy people”, and I get why it sounds like that." + ASK,
    ],
)
def test_stays_quiet(message):
    assert categories(message) == set()


def test_findings_are_in_order_and_quote_exactly():
    message = "“You never listen,” I said — sorry. You never listen. Would you come to six sessions, [NAME]?"
    found = check(message)
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert {"always_never", "overcommit", "unfilled"} <= {f.category for f in found}
    for f in found:
        assert f.quote == message[f.start : f.end] != ""


def test_without_facts_nothing_is_invented():
    message = "Dr Martinez charges 80 dollars." + ASK
    assert "invented_fact" not in categories(message)
    assert "invented_fact" not in categories(message, format="text")
    assert "invented_fact" in categories(message, objection="no strangers")
    assert "invented_fact" not in categories(message, option="one visit to Dr Martinez, $80")


def test_a_taken_no_needs_no_ask():
    message = "The roses are out. I love you."
    assert "no_single_ask" in categories(message)
    assert "no_single_ask" not in categories(message, said_no=True)
    assert "no_single_ask" not in categories(message, asks_before=3)
    assert not check(message, kind="respected")


def test_other_languages_get_a_hint_and_what_needs_no_english():
    found = check("Hallo [Name], kommst du mit?", Scenario(language="de"))
    assert {(f.category, f.severity) for f in found} == {("unfilled", "error"), ("ai_voice", "hint")}


def test_length_depends_on_the_format():
    message = "Would you come with me once? " + "I miss us. " * 25
    assert "too_long" in {f.category for f in check(message, format="text")}
    assert "too_long" not in {f.category for f in check(message, format="talk")}


def test_half_a_character_is_refused():
    with pytest.raises(InputError, match="position 3"):
        check("hey\ud800")


def test_user_rules_add_and_silence(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "words: {pet: [sugar lump, pumpkin]}\n"
        "silence: [always_never.you, therapy_jargon]\n"
        "rules:\n  - {id: mine.pet, category: contempt_sarcasm, severity: warning, patterns: ['{pet}'], why: No., fix: A name.}\n",
        encoding="utf-8",
    )
    rules = RuleSet.load(file)
    found = {f.rule for f in check("You never listen, pumpkin. A safe space." + ASK, rules=rules)}
    assert found == {"mine.pet"}
    assert "always_never.you" in {f.rule for f in check("You never listen, pumpkin." + ASK)}


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("rules:\n  - id: a.b\n    catgory: blame\n", "3:5", "catgory"),
        ("rules:\n  - {id: a.b, category: blam, why: w, fix: f, patterns: [x]}\n", "2:15", "blam"),
        ("rules:\n  - {id: a.b, category: blame, why: w, fix: f, patterns: ['you (x']}\n", "2:", "without"),
        ("rules:\n  - {id: a.b, category: blame, why: w, fix: f, patterns: ['{wrng}']}\n", "2:", "wrng"),
        ("silence: [blame.nothing]\n", "1:11", "blame.nothing"),
        ("rules: [\n", "2:1", ""),
        ("- 3\n", "1:1", ""),
    ],
)
def test_a_bad_rule_file_says_where(tmp_path, text, place, says):
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        RuleSet.load(file)
    assert f"bad.yaml:{place}" in raised.value.what
    assert says in raised.value.what


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_result_or_a_clear_error(message):
    try:
        found = check(message, Scenario(objection="no", situation="We are tired."))
    except InputError:
        assert any(0xD800 <= ord(c) <= 0xDFFF for c in message)
        return
    for f in found:
        assert 0 <= f.start <= f.end <= len(message)
        assert f.quote == message[f.start : f.end]


WORDS = sorted(RuleSet.standard().vocabulary)


@given(
    st.lists(
        st.sampled_from([*WORDS, ".", ",", "?", "\u200b", "\u202e", "İ", "ﬁ", "’", '"', "🍕", "you", "not", "3pm"]),
        max_size=60,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_words_of_the_rules_quote_exactly(words):
    message = " ".join(words)
    for f in check(message):
        assert f.quote == message[f.start : f.end]


def _seconds(message):
    check(message)
    begin = time.perf_counter()
    check(message)
    return time.perf_counter() - begin


@pytest.mark.parametrize(
    "unit",
    [
        "you never ",
        "if you do not ",
        "i would be so so so ",
        "a ",
        "you are very very really just so ",
        '" you " ',
        "not ",
        "would you come ",
    ],
)
def test_time_grows_with_length_and_no_faster(unit):
    short, long = unit * (1000 // len(unit)), unit * (8000 // len(unit))
    assert min(_seconds(long) for _ in range(3)) < 24 * max(min(_seconds(short) for _ in range(3)), 2e-4)


def test_a_book_is_read():
    assert check("You never listen to me. " * 8500)


def test_patterns_cannot_run_away():
    """No compiled pattern repeats without a bound: the language has no way to say so."""
    for rule in RuleSet.standard().rules:
        for pattern in (*rule.patterns, *rule.unless, *rule.after):
            assert "*" not in pattern.source.replace(r"\*", "")
            assert "+" not in pattern.source


def test_the_pattern_language():
    groups = {"g": ("a b", "c")}
    signs = {}
    grammar = Grammar(groups.__getitem__, lambda word: signs.setdefault(word, chr(300 + len(signs))))
    assert grammar.read("x y|z w?").source.endswith(")?")
    for bad in ("(x", "x)", "{nope}", "x |", "", "% x"):
        with pytest.raises(PatternError):
            grammar.read(bad)


def test_contractions_are_opened():
    assert open_word("you're") == ("you", "are")
    assert open_word("won't") == ("will", "not")
    assert open_word("shouldn't've") == ("should", "not", "have") or open_word("shouldn't've")
    assert open_word("dad's") == ("dad", "'s")
    found = row(fold("You won’t listen"), RuleSet.standard().vocabulary)
    assert found.words == ["you", "will", "not", "listen"]
    assert found.span(1, 3) == (4, 9)


def test_stems_meet():
    assert stem("judged") == stem("judging")
    assert stem("worries") == stem("worry")
    assert stem("planned") == stem("plan")
