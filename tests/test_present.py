import json
import unicodedata
from dataclasses import replace

import pytest

from drafter.data import load_yaml
from drafter.outcome import Line, Outcome, Reading
from drafter.present import Look, as_json, aside, message, messages, notice, page, principles_json, principles_page
from tests.stub.pretend import DECLINED, DRAFTED, FAILED, MESSAGE, STOPPED

PLAIN = Look(80)


def flat(text):
    return " ".join(text.split())


def test_a_page_has_the_message_its_reasons_the_reading_findings_turns_and_advice_in_order():
    shown = flat(page([DRAFTED], PLAIN))
    parts = [
        "You're right about the roof. Would you come once?",
        "Why each line is there",
        "“You're right about the roof.” It meets the worry. (meets the fear)",
        "Look again before you use it",
        "“You”: A bit long. Better: Shorter.",
        "What it may be about",
        "Worry about the money (from “what that costs”). Perhaps also: being judged.",
        "If they answer",
        "“How much?” Sixty.",
        "When and how",
        "Say it when neither of you is tired.",
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


def test_a_page_keeps_the_paragraphs_of_a_message():
    assert "  You're right about the roof.\n\n  Would you come once?" in page([DRAFTED], PLAIN)


def test_what_is_not_there_gets_no_heading():
    bare = Outcome(id="x", status="drafted", message="Come once?")
    assert page([bare], PLAIN).strip() == "Come once?"


def test_several_pieces_of_advice_are_told_apart():
    two = replace(DRAFTED, advice=("One thing " * 10, "Another."))
    shown = page([two], Look(40))
    assert "\n  - One thing One" in shown
    assert "\n    thing One" in shown or "\n    One thing" in shown
    assert "\n  - Another." in shown


def test_variants_are_headed_and_share_the_rest():
    shown = page([DRAFTED, DRAFTED], PLAIN)
    assert "Version 1 of 2" in shown
    assert "Version 2 of 2" in shown
    assert shown.count("When and how") == 1


def test_one_reading_needs_no_perhaps():
    shown = page([replace(DRAFTED, reading=(Reading("judged", 0.9, ""),))], PLAIN)
    assert "Being judged." in shown
    assert "Perhaps" not in shown


@pytest.mark.parametrize("width", [1, 20, 24, 40, 80, 300])
def test_no_line_is_wider_than_the_terminal_or_than_is_easy_to_read(width):
    for outcome in (DRAFTED, STOPPED, DECLINED, FAILED):
        shown = page([outcome], Look(width)) + aside(outcome, Look(width), cues=True)
        words = [line for line in shown.splitlines() if len(line.split()) > 1]
        assert max(map(len, words), default=0) <= max(24, min(width, 76))


def test_wide_letters_count_double():
    wide = replace(DRAFTED, message="\u65e5\u672c\u8a9e " * 30, lines=())
    for line in page([wide], Look(40)).splitlines():
        assert sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) <= 40


def test_colour_is_only_weight_and_only_when_wanted():
    assert "\x1b" not in page([DRAFTED], PLAIN)
    shown = page([DRAFTED], Look(80, color=True))
    assert "\x1b[1mWhen and how\x1b[0m" in shown
    assert {part.split("m")[0] for part in shown.split("\x1b[")[1:]} == {"0", "1", "2"}


NASTY = "a[bold]b[/nope] \x1b[31mred\x1b]0;title\x07 \u202eback \x9b2J{{ 1 }} {name}"


def test_nothing_from_outside_acts_on_a_terminal_or_is_markup():
    outcome = replace(DRAFTED, message=NASTY, lines=(Line(NASTY, "ask", "once", (), NASTY),), advice=(NASTY,))
    for shown in (
        page([outcome], PLAIN),
        messages([outcome]),
        aside(replace(outcome, status="failed"), PLAIN, cues=True),
    ):
        assert not set(shown) & set("\x1b\x07\x9b\u202e")
        assert "a[bold]b[/nope]" in shown
        assert "{name}" in shown


def test_a_message_in_a_pipe_is_the_message():
    assert messages([DRAFTED]) == MESSAGE + "\n"
    assert messages([DRAFTED, DRAFTED]) == f"1.\n{MESSAGE}\n\n2.\n{MESSAGE}\n"
    assert messages([STOPPED]) == messages([FAILED]) == ""
    assert message(DECLINED) == MESSAGE


def test_json_is_indented_alone_and_a_line_each_together():
    assert json.loads(as_json([DRAFTED])) == DRAFTED.to_dict()
    assert as_json([DRAFTED]).count("\n") > 20
    lines = as_json([DRAFTED, STOPPED], lines=True).splitlines()
    assert [json.loads(line) for line in lines] == [DRAFTED.to_dict(), STOPPED.to_dict()]


def test_cues_are_shown_on_a_terminal_only():
    assert "“secret cue”" in aside(STOPPED, PLAIN, cues=True)
    assert "secret cue" not in aside(STOPPED, PLAIN, cues=False)


def test_kind_words_of_the_outcome_replace_the_general_ones():
    assert "No message this time" in aside(STOPPED, PLAIN, cues=True)
    own = aside(replace(STOPPED, advice=("Our own words.",)), PLAIN, cues=True)
    assert "Our own words." in own
    assert "No message this time" not in own


def test_reasons_of_a_refusal_stand_before_the_message_and_only_there():
    assert "A threat is not written here." in aside(DECLINED, PLAIN, cues=True)
    assert "A threat" not in page([DECLINED], PLAIN)
    assert "it would press" in aside(replace(DECLINED, advice=()), PLAIN, cues=True)


def test_a_failure_without_a_message_says_why_in_its_own_words():
    bare = replace(FAILED, message="", lines=())
    assert aside(bare, PLAIN, cues=True) == "Say it when neither of you is tired.\n"
    assert "none is shown" in aside(replace(bare, advice=()), PLAIN, cues=True)


def test_every_fear_and_principle_has_words():
    from typing import get_args

    from drafter.data import folder
    from drafter.outcome import Principle

    words = load_yaml("ui/invite.yaml")
    assert set(words["principles"]) == set(get_args(Principle))
    known = {path.stem for path in (folder("prompts") / "fears").glob("*.yaml")}
    assert known <= set(words["fears"])
    assert len(words["fears"]) == 27


def test_every_notice_can_be_filled_in():
    values = {"path": "p", "tools": "t"}
    for name in load_yaml("ui/invite.yaml")["notices"]:
        assert "{" not in notice(name, **values)


def test_principles_are_those_of_the_contract_each_with_its_idea_and_origin():
    data = json.loads(principles_json())
    by_kind = {kind: [p["id"] for p in data["principles"] if p["kind"] == kind] for kind in ("principle", "companion")}
    assert by_kind == {
        "principle": ["fear", "benefit", "interest", "coaching", "once"],
        "companion": ["own_part", "curiosity", "autonomy", "smaller_step", "single_partner"],
    }
    for item in data["principles"]:
        assert item["title"]
        assert len(item["idea"].split()) > 20
        assert {kind for source in item["sources"] for kind in source} == {"seed", "evidence"}
    shown = flat(principles_page(PLAIN))
    assert "Lori Hollander" in shown
    assert all(flat(item["idea"]) in shown for item in data["principles"])
