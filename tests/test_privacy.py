"""What leaves the machine, and what comes back: placeholders are stable, complete and reversible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.privacy import Veil


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("write to jo.smith+x@mail.example.co.uk today", "jo.smith+x@mail.example.co.uk"),
        ("call 07700 900123 tonight", "07700 900123"),
        ("call +44 20 7946 0958", "+44 20 7946 0958"),
        ("call (555) 013-2345 now", "(555) 013-2345"),
        ("call 555-013-2345", "555-013-2345"),
        ("see https://drlee.example/book?id=7.", "https://drlee.example/book?id=7"),
        ("see www.drlee.example/x", "www.drlee.example/x"),
        ("see drlee.com for times", "drlee.com"),
        ("we live at 12 Acacia Avenue now", "12 Acacia Avenue"),
        ("we live at Flat 3, 12b Old Mill Lane", "12b Old Mill Lane"),
        ("he is in Hauptstraße 5", "Hauptstraße 5"),
        ("near SW1A 1AA", "SW1A 1AA"),
        ("from GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19"),
        ("card 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("number 078-05-1120", "078-05-1120"),
        ("policy AB-1234567", "AB-1234567"),
        ("account 12345678", "12345678"),
        ("Sam says no", "Sam"),
        ("SAM'S mother", "SAM"),
        ("Mary Ann's and mary ann", "Mary Ann"),
        ("at acme   corp we", "acme   corp"),
    ],
)
def test_what_identifies_does_not_leave(text, secret):
    veil = Veil(["Sam", "Mary Ann"], ["Acme Corp"])
    veiled = veil.veil(text)
    assert secret.lower() not in veiled.lower()
    assert veil.unveil(veiled) == text
    assert secret in "\n".join(veil.hidden)


@pytest.mark.parametrize(
    "text",
    [
        "one video call, 50 minutes, 7:30 on Thursday",
        "we've been married 20 years, 3 kids, 2 jobs",
        "it costs $120 an hour, 10 to 12 visits",
        "from 2019-2024 we were fine",
        "I will mark it, and hope.",
        "Not now. Then later.",
        "we drive 2 of the cars and take 5 minutes to rest on the way",
    ],
)
def test_ordinary_words_and_numbers_stay(text):
    assert Veil(["Will", "Mark", "Hope"]).veil(text) == text


def test_the_same_thing_has_the_same_placeholder():
    veil = Veil(["Sam"])
    assert veil.veil("Sam and Sam") == "[NAME_1] and [NAME_1]"
    assert veil.veil("Sam") == "[NAME_1]"


@pytest.mark.parametrize(
    "answer",
    ["[NAME_1]'s", "[name_1]'s", "[Name 1]'s", "{NAME_1}'s", "{{name_1}}'s", "<NAME_1>'s", "NAME_1's", "[[NAME-1]]'s"],
)
def test_a_model_may_change_the_form(answer):
    veil = Veil(["Sam"])
    veil.veil("Sam")
    assert veil.unveil(answer) == "Sam's"


def test_an_unknown_placeholder_stays():
    assert Veil().unveil("[NAME_9] and name_2") == "[NAME_9] and name_2"


def test_a_placeholder_that_the_person_typed_comes_back_as_typed():
    veil = Veil(["Sam"])
    text = "[NAME_1] is Sam, and NAME_1 is not"
    assert veil.unveil(veil.veil(text)) == text


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=12), max_size=3))
def test_there_is_always_a_way_back(text, names):
    veil = Veil(names, names[:1])
    assert veil.unveil(veil.veil(text)) == text
