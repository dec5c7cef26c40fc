"""From an objection to the fear: silence is never given one, and the held-back third is read well."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter.data import load_text
from drafter.reading import gives_no_reason, read
from drafter.reading.features import features, stem
from drafter.reading.model import model
from drafter.text import fold
from tests.conftest import ROOT

FEARS = {path.stem for path in (ROOT / "prompts/fears").glob("*.yaml")}
NO_FEARS = {"silent", "clear_no", "unsafe"}


def rows(part):
    return [
        json.loads(line)
        for name in "ab"
        for line in (ROOT / f"tests/sets/objections_{name}.{part}.jsonl").read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize(
    "objection",
    [
        "", "   ", "...", "…", "?", "-", "🙄", "👍", "🤷‍♂️", "!!!",
        "dunno", "idk", "I don't know", "whatever", "meh", "Hmm.", "k", "nothing", "just because",
        "asdf qwer zxcv", "xqzptrw", "لا أعرف", "我不知道", "zzzzzzzz qqqqq",
        "(shrugs)", "[silence]", "*walks out*", "*rolls eyes* ...", "he shrugged", "She just left the room",
        "said nothing, turned the telly up", "left me on read", "grunts",
    ],
)  # fmt: skip
def test_silence_is_never_given_a_fear(objection):
    (found,) = read(objection)
    assert found.fear == "silent"


@pytest.mark.parametrize(
    ("objection", "fear"),
    [
        ("We can't afford it", "cost"),
        ("cant aford that", "cost"),
        ("I'm not airing our dirty laundry to some stranger", "privacy"),
        ("I don't have time for this, I work nights", "time"),
        ("You two would gang up on me", "ganged_up"),
        ("We don't need a stranger telling us what to do", None),
        ("You're the one with the problem, you go", "you_go"),
        ("My lawyer says anything I say could be used in custody", "used_against"),
        ("I don't want to be with you anymore", "leaning_out"),
    ],
)
def test_plain_objections_are_read_as_anyone_would(objection, fear):
    found = read(objection)[0]
    assert found.fear == fear if fear else found.fear in FEARS
    assert 0 < found.confidence <= 1
    assert found.cue
    assert found.cue in objection


@pytest.mark.parametrize(
    "objection", ["No. I said no and I mean no.", "It's a no from me and it'll be a no tomorrow", "Stop asking me. No."]
)
def test_a_final_no_is_a_clear_no_and_nothing_else(objection):
    assert [found.fear for found in read(objection)] == ["clear_no"]


def test_what_else_is_in_it_is_parked_behind_the_first():
    found = read("It costs a fortune, and I don't want to sit there while the two of you gang up on me")
    assert {"cost", "ganged_up"} <= {reading.fear for reading in found}
    assert len({reading.fear for reading in found}) == len(found)
    assert len(found) <= 4


def test_every_kind_but_three_is_a_fear_with_a_file():
    assert set(model().kinds) - NO_FEARS == FEARS


def test_the_held_back_third_is_read_right_four_times_of_five():
    # Only counted: what is held back is never shown, so that nobody learns from it by accident.
    held = rows("held")
    right = sum(read(row["text"])[0].fear == row["fear"] for row in held)
    assert len(held) > 100
    assert right >= 0.80 * len(held), f"{right} of {len(held)}"


def test_no_silence_of_any_set_is_given_a_fear():
    silent = [row["text"] for part in ("dev", "held") for row in rows(part) if row["fear"] == "silent"]
    given_one = sum(read(text)[0].fear in FEARS for text in silent)
    assert silent
    assert not given_one, f"{given_one} of {len(silent)}"


@given(objection=st.text(max_size=400))
def test_whatever_was_said_there_is_one_reading_first(objection):
    found = read(objection)
    assert found
    assert found[0].fear in FEARS | NO_FEARS
    assert all(0 <= reading.confidence <= 1 for reading in found)
    assert all(reading.fear in FEARS for reading in found[1:])


def test_eight_thousand_characters_are_read_in_no_time():
    for unit in ("no ", "we can't afford it and ", "a", "(", "what, "):
        assert read((unit * 8000)[:8000])


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("talking", "talk"), ("talked", "talk"), ("talks", "talk"), ("worries", "worry"), ("mum's", "mum"),
        ("it's", "it's"), ("thing", "thing"), ("boss", "boss"), ("is", "is"), ("need", "need"), ("gas", "gas"),
    ],
)  # fmt: skip
def test_endings_that_say_the_same_are_dropped(word, root):
    assert stem(word) == root


def test_a_reading_rests_on_words_of_the_text():
    text = fold("We can't afford it!").text
    places = {index for _, _, index in features(text)}
    assert places <= {-1, 0, 1, 2, 3, 4}
    assert any(name.startswith("q:cost") for name, _, _ in features(text))


def test_lists_of_silence_do_not_overlap_and_speech_is_no_silence():
    lines = dict(line.split(": ", 1) for line in load_text("reading/silent.txt").splitlines() if line[:1] not in "# ")
    words, between = (set(lines[name].split(", ")) for name in ("words", "between"))
    assert not words & between
    assert not gives_no_reason("i just don't want people knowing our business")
    assert not gives_no_reason("he said you never listen to him")


def test_the_title_of_every_fear_can_stand_in_a_sentence():
    for fear in FEARS:
        data = yaml.safe_load((ROOT / f"prompts/fears/{fear}.yaml").read_text("utf-8"))
        assert data["title"], fear
        assert not data["title"].endswith("."), fear
