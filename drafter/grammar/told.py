"""What the partner said, told back to the partner: "I don't want a stranger" is "you don't want a stranger"."""

import re

from drafter.grammar.lexicon import finite, last_word, listed, next_word, tokens
from drafter.grammar.mending import mend, strip_phrase
from drafter.grammar.phrases import inside
from drafter.grammar.times import capital_days
from drafter.grammar.turning import Gender, looks_verb, to_you
from drafter.text import one_line

LEAST_WORDS, MOST_WORDS = 3, 12
"""What is told back is a clause, and one short enough to say in passing."""

_REPORTED = re.compile(
    r"""(?:he|she|they)(?:'s|\ is|\ has|\ just|\ always)*
    \ (?:says?|said|thinks?|reckons?|feels?|told\ me|keeps\ saying|insists|swears)
    (?:\ that)?[,:]?\ (?!the|a\ |no\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = re.compile(r"(?:you|we|it|i|they|there)\b")
_PUNCTUATED = re.compile(r"[.,?!;:()\"“”/…]|\s[-–—]|[-–—]\s")
_TOLD_BACK = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "me": "you", "my": "your",
    "mine": "yours", "myself": "yourself", "am": "are", "your": "my", "yours": "mine", "yourself": "myself",
    "you're": "I'm", "you've": "I've", "you'll": "I'll", "you'd": "I'd",
}  # fmt: skip
_AGREEING = {("was", "you"): "were", ("are", "i"): "am", ("were", "i"): "was"}
_MINE = ("i", "i'm", "i've", "i'd", "i'll", "dr")


class _UnsureError(Exception):
    """A "you" of the partner's could be the subject or not: it can't be told back."""


def partner_says(text: str, who: Gender = "they", name: str = "") -> str | None:
    """What the partner said, as told back: "I don't want a stranger" -> "you don't want a stranger".

    Only for one short, clean clause whose every pronoun is certain; else None. `text` may also be the user's
    report ("he says we can't afford it").
    """
    text = capital_days(mend(one_line(text))).strip(" .!\"'“”…")
    if report := _REPORTED.match(text):
        return _reported(text[report.end() :], who, name)
    return _quoted(text) if _clear(text) else None


def _reported(text: str, who: Gender, name: str) -> str | None:
    rest = strip_phrase(text)
    told = to_you(rest, who, name) if rest else ""
    fit = LEAST_WORDS <= len(told.split()) <= MOST_WORDS and _SUBJECT.match(told.lower())
    return inside(told) if fit else None


def _clear(text: str) -> bool:
    """Whether `text` is one short clause that can be told back as it stands."""
    said = [token.lower() for token in tokens(text) if token[0].isalpha()]
    return (
        LEAST_WORDS <= len(said) <= MOST_WORDS
        and not _PUNCTUATED.search(text)
        and "you know" not in text.lower()
        and "gonna" not in said
        and said[0] in listed("telling")
        and listed("vent_words").isdisjoint(said)
        and (finite(" ".join(said)) or said[0] in listed("told_contractions"))
    )


def _quoted(text: str) -> str | None:
    cut = tokens(text)
    out: list[str] = []
    try:
        for index, token in enumerate(cut):
            out.append(_told_back(token, next_word(cut, index), last_word(out)))
    except _UnsureError:
        return None
    told = "".join(out)
    mine = cut[0].lower() in _MINE or told.startswith(("I ", "I'"))
    return told if mine else told[:1].lower() + told[1:]


def _told_back(token: str, following: str, previous: str) -> str:
    """One word of the partner's, as the user would say it; `previous` is the last word already told back."""
    low = token.lower()
    if low in _TOLD_BACK:
        return _TOLD_BACK[low]
    if low == "you":
        return _i_or_me(following, previous)
    return _AGREEING.get((low, previous), token)


def _i_or_me(following: str, previous: str) -> str:
    if not previous:
        return "I"
    if looks_verb(following) or following in listed("asked_of_me"):
        if previous in listed("before_me"):
            raise _UnsureError
        return "I"
    if not following or previous in listed("before_me") or previous in listed("before_me_too"):
        return "me"
    raise _UnsureError
