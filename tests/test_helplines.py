"""The lines: none outdated, none guessed, each beside its operator's site."""

import datetime as dt
import re

import pytest

from drafter.data import load_yaml
from drafter.helplines import country_from_locale, helplines, outdated, stop_words
from drafter.outcome import Hazard
from drafter.screen import KINDS

LINES = load_yaml("help/lines.yaml")["lines"]
COUNTRIES = ("US", "GB", "CA", "AU", "IE", "NZ", "IN")


def hazard(kind, severity="high"):
    return Hazard(kind, severity, "x")


def test_no_line_is_older_than_twelve_months():
    assert outdated() == (), "verify these with their operators, then set checked_on"


def test_a_line_ages():
    assert outdated(dt.date(2027, 11, 22)) == ()
    assert len(outdated(dt.date(2027, 11, 23))) == len(LINES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['country']} {line['name']}")
def test_each_line_has_a_site_a_date_and_how_sure_we_are(line):
    assert line["url"].startswith("https://")
    assert line["sure"] in ("high", "medium", "low")
    assert line["checked_on"] <= dt.datetime.now(tz=dt.UTC).date()
    assert set(line["for"].split()) <= {"emergency", "harmed", "harms", "suicide", "child", "substance"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_hazard_has_someone_to_turn_to(kind, country):
    lines = helplines([hazard(kind)], country)
    assert lines[0].name == "Emergency"
    assert len(lines) > 1
    assert all(line.country in (country, "") for line in lines)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("country", ["", "FR", "XX"])
def test_no_number_is_guessed(kind, country):
    lines = helplines([hazard(kind)], country)
    assert lines
    assert not any(re.search(r"\d", line.contact) for line in lines)


def test_the_lines_are_for_the_one_concerned():
    assert any("116 123" in line.contact for line in helplines([hazard("suicide_self")], "GB"))
    assert any("Respect" in line.name for line in helplines([hazard("user_perpetrator")], "GB"))
    assert any("NSPCC" in line.name for line in helplines([hazard("child_harm")], "gb"))
    assert helplines([hazard("ipv_fear")], "UK") == helplines([hazard("ipv_fear")], "GB")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("severity", ["critical", "high", "ask"])
def test_three_short_kind_sentences(kind, severity):
    notice = stop_words([hazard(kind, severity)], "US")
    assert len(notice.sentences) == 3
    assert all(len(sentence.split()) < 25 for sentence in (*notice.sentences, notice.reason.split(",")[0]))
    text = " ".join((*notice.sentences, notice.reason)).lower()
    for word in (
        "abuser",
        "abusive",
        "victim",
        "perpetrator",
        "your fault",
        "violent",
        "safe",
        "should have",
        "leave him",
    ):
        assert word not in text
    assert "911" in notice.emergency


def test_an_unknown_country_names_no_emergency_number():
    assert not re.search(r"\d", stop_words([hazard("weapon")], "FR").emergency)


@pytest.mark.parametrize(
    ("environ", "country"),
    [
        ({"LANG": "en_GB.UTF-8"}, "GB"),
        ({"LC_ALL": "de_AT", "LANG": "en_US.UTF-8"}, "AT"),
        ({"LC_MESSAGES": "en_IE@euro", "LANG": "en_US"}, "IE"),
        ({"LC_ALL": "", "LANG": "en-NZ"}, "NZ"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, ""),
        ({}, ""),
    ],
)
def test_the_locale_tells_the_country_or_nothing(environ, country):
    assert country_from_locale(environ) == country
