"""What was typed, mended and cut down to its heart: one clean clause, or nothing."""

import re

from drafter.data import load_words
from drafter.grammar.lexicon import cuts, vents
from drafter.grammar.times import capital_days
from drafter.text import one_line

MAX_WORDS = 14
"""A longer phrase is no longer something one says in passing; it is left out."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)*")
_ITS = re.compile(
    r"\bits(?= (?:a|an|the|not|true|fine|ok|okay|fair|hard|easy|my|your|our|all|about|only|too|so|what|how|just|no)\b)"
)
_LONE_I = re.compile(r"\bi(?=\b(?!-))")
# Where a typed phrase ends: a full stop that is none of "Dr.", a dash, a slash, a colon.
_END = re.compile(
    r"""(?<![Dd]r)(?<![Mm]r)(?<![Mm]rs)(?<![Mm]s)(?<!\b[Ss]t)(?<=[A-Za-z0-9)])[.!?;](?:\s|$)
    |\s[-–—]+\s
    |\s/\s
    |:\s""",
    re.VERBOSE,
)
_ASIDE = re.compile(r"\s*\([^)]*\)")
_EMOJI = re.compile(r"[\U0001f000-\U0010ffff\u2600-\u27bf]")
# "being the eldest, he has to set the example": what is said about it is a sentence of its own.
_COMMENT = re.compile(r"(?<=\w),\s+(?:he|she|they|you|it|it's|that's|he's|she's)\b.*$")
_LEADS = 3
_SHORT = 3


def mend(text: str) -> str:
    """`text` with everyday typos and missing apostrophes mended, and the lone "i" written large."""
    spellings = load_words("language/spellings.txt")
    kept = load_words("language/keep_spelling.txt")

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        right = spellings.get(word.lower())
        if right is None or word.lower() in kept:
            return word
        return right[:1].upper() + right[1:] if word[:1].isupper() and not word.isupper() else right

    text = _WORD.sub(mended, text.replace("’", "'"))
    return _LONE_I.sub("I", _ITS.sub("it's", text))


def first_clause(text: str) -> str:
    """`text` up to where its first clause ends, without what stands in brackets."""
    return _END.split(_ASIDE.sub("", text), maxsplit=1)[0]


def strip_phrase(text: str, most: int = MAX_WORDS) -> str | None:
    """The heart of what was typed: one clause, fillers and venting asides cut; None if nothing is left.

    A phrase in which the user's anger remains is not used at all.
    """
    text = one_line(text)
    if text.isupper() and len(text) > _SHORT:  # typed with the shift key held, and no name like "BBQ"
        text = text.lower()
    text = _without_fillers(first_clause(_EMOJI.sub("", _ASIDE.sub("", capital_days(mend(text))))))
    text = _COMMENT.sub("", text)
    text = text.strip(" .,;:!?-–—\"'“”").replace(", and ", " and ")
    if not re.search("[A-Za-z]", text) or len(text.split()) > most or vents(text):
        return None
    return re.sub(r"\bi(?=\b)", "I", text)


def _without_fillers(text: str) -> str:
    for _ in range(_LEADS):  # they come in rows: "well, I think, mostly …"
        for lead in cuts("lead_ins"):
            match = lead.match(text)
            if match and match.end() < len(text):
                text = text[match.end() :]
    for trail in (*cuts("trail_offs"), *cuts("vent_from")):
        text = trail.sub("", text)
    return text
