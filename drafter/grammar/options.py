"""What is on offer, as a noun phrase for one visit."""

import re
from functools import lru_cache

from drafter.grammar.lexicon import either, first_of, listed, pattern, vents
from drafter.grammar.mending import first_clause, mend
from drafter.grammar.phrases import Phrase, small
from drafter.grammar.times import capital_days
from drafter.grammar.turning import Gender, to_you
from drafter.text import one_line

MAX_WORDS = 18
# What the user says about the option, rather than what it is.
_META = re.compile(
    r"""\s*(?:i\b|i've|i'm|not\ sure|don't\ know|do\ not\ know|idk|dunno|maybe|tbc|tbd|no\ idea|or\ something
    |something\ like\ that|if\ |after\ |once\ |when\ |she\ says|he\ says|they\ say|apparently|looked\ it\ up
    |my\ \w+\ (?:went|goes|said|knows))""",
    re.VERBOSE,
)
_LASTING = re.compile(r"\d+[ -]?(?:minute|min|hour|hr)[ -][a-z]")
_AN = ("8", "11 ", "11-", "18 ", "18-")
_OFFERING = re.compile(r"^(?:we (?:could|can) (?:do|try|have|go to|see)|there(?:'s| is))\s+", re.IGNORECASE)


def option(text: str, who: Gender, name: str = "") -> Phrase | None:
    """What is on offer, as a noun phrase for one visit; None where it isn't one or offers more than one.

    "one video call with Dr Lee, 50 minutes" stays whole; asides ("I asked", "not sure of the price") go.
    """
    plain = first_clause(mend(one_line(text)).strip(" .!"))
    head, *further = [to_you(part.strip(), who, name) for part in re.split(r",\s+", plain)]
    if not head or _aside(head):
        return None
    kept = [part for part in further if part and not _aside(part) and not _sentence().search(part.lower())]
    told = _normal(capital_days(", ".join([head, *kept])))
    if first_of(told) in listed("no_option") or len(told.split()) > MAX_WORDS or vents(told):
        return None
    named = _with_article(told)
    return Phrase(named, "noun", field="option") if named else None


def _aside(part: str) -> bool:
    """Whether a part says something about the option, or makes more than one visit of it."""
    low = part.lower()
    return bool(_META.match(low) or _many().search(low))


@lru_cache(maxsize=1)
def _many() -> re.Pattern[str]:
    # "£45 session" and "a 50-minute session" count money and minutes, not visits.
    count = rf"(?<![£$€₹.\d])\b{either('many_counts')}\b(?![ -]?{either('measured')})"
    counted = rf"{count}.{{0,24}}\b{either('many_of')}\b"
    return re.compile(rf"{counted}|\b{either('many')}\b")


@lru_cache(maxsize=1)
def _sentence() -> re.Pattern[str]:
    return re.compile(rf"^{either('option_subject')}\b|\b{either('option_says')}\b")


def _normal(told: str) -> str:
    """The option without what only introduces it, its count in words."""
    told = re.sub(r"\b1 ?hr\b", "one hour", told)
    told = re.sub(r"^(?:1|only one|just one|just the one)\b", "one", told, flags=re.IGNORECASE)
    return _OFFERING.sub("", told)


def _with_article(told: str) -> str | None:
    """The option as it stands after "It's"; None where it can't be told to be something one goes to."""
    low = told.lower()
    opening = re.match(r"\w+", low)
    if opening and (opening.group() in listed("option_opens") or opening.group().isdigit()):
        if _LASTING.match(low):  # "25 minute walking session"
            return f"{'an' if low.startswith(_AN) else 'a'} {told}"
        return told if told[:2].isupper() else small(told)
    goes_to = pattern("sitting").search(low.split(",", 1)[0])
    a_name = told[:1].isupper() and opening is not None and opening.group() not in listed("option_kinds")
    if first_of(told).endswith("ing") or not goes_to or a_name:
        return None
    return f"{'an' if low[0] in 'aeiou' else 'a'} {small(told)}"
