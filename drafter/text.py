"""Text as it comes from people, files and models: made harmless, and made comparable.

Two jobs, both without any knowledge of couples or rules. `clean` removes what could act on a terminal or
hide words from a reader. `fold` gives a comparable form (lower case, straight quotes, everyday typos and
chat spellings mended) that remembers where each of its characters came from, so that a match in the folded
text can be quoted exactly from the original.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.data import load_words

# C0 and C1 controls except tab and newline, DEL; bidirectional and zero-width controls, soft hyphen, BOM,
# interlinear and tag characters: none of them is part of a message, all can mislead a reader or a terminal.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
# Whole escape sequences first, so that no "[31m" stays behind when the ESC goes.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]?"
)
_ODD = re.compile("[^\n\x20-\x7e]")


def clean(text: str) -> str:
    r"""`text` without escape sequences and invisible controls; line ends become `\n`, tabs a blank.

    Visible text of every script stays as it is, and so do emoji (a zero-width joiner is kept where it joins
    two of them).
    """
    if not _ODD.search(text):
        return text
    text = _ESCAPE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space as one blank."""
    return " ".join(clean(text).split())


_STRAIGHT = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u02bc": "'", "\u0060": "'",
    "\u00b4": "'", "\uff07": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u3000": " ", "\t": " ",
    "\u2026": ".",
}  # fmt: skip
_STRAIGHT_TABLE = str.maketrans(_STRAIGHT)
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_STRETCHED = re.compile(r"([a-z])\1{2,}")

# "hell kill me": with a verb behind it the place below and the snail's house are people, typed in a hurry.
_WILL = re.compile(
    r"\b(s?he)ll(?= (?:kill|hurt|hit|beat|leave|take|make|go|come|never|not|be|do|get|say|tell|find|have|just|only"
    r"|always|probably|think|know|want|try|see|call|end|lose|blame|shout|scream|throw|lock|keep|stop|start|stay|use"
    r"|give|put)\b)"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A comparable form of a text.

    Attributes:
        text: lower case, straight quotes, everyday typos mended.
        original: what it was made from.
        starts: for each character of `text`, the index in `original` it stands for; None where the two
            correspond one to one.

    """

    text: str
    original: str
    starts: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of `original` behind `text[start:end]`."""
        if self.starts is None or start >= end:
            return start, end
        first = self.starts[start]
        # The end reaches up to where the next folded character begins, which keeps a mended word whole.
        last = self.starts[end] if end < len(self.starts) else len(self.original)
        while last > first and self.original[last - 1].isspace():
            last -= 1
        return first, last

    def quote(self, start: int, end: int) -> str:
        """The original words behind `text[start:end]`."""
        first, last = self.span(start, end)
        return self.original[first:last]


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    """Everyday chat spellings and typos, each with what it stands for (`prompts/language/spellings.txt`)."""
    return load_words("language/spellings.txt")


def _fold_odd(text: str) -> tuple[str, list[int]]:
    """NFKC, invisible characters dropped and lower case, with the origin of each character."""
    out: list[str] = []
    starts: list[int] = []
    for index, char in enumerate(text):
        if char in _STRAIGHT:
            piece = _STRAIGHT[char]
        elif char < "\x7f":
            piece = char.lower()
        elif _CONTROL.match(char) or char == "\u200d":
            continue
        else:
            piece = unicodedata.normalize("NFKD", char)
            piece = "".join(c for c in piece if not unicodedata.combining(c)).lower() or char
        out.append(piece)
        starts.extend([index] * len(piece))
    return "".join(out), starts


@lru_cache(maxsize=128)
def fold(text: str) -> Folded:
    """The comparable form of `text`: what rules and readings match against.

    The last few are kept, because the screen, the reading and the checks look at the same words.

    Takes time linear in the length. Accents, typographic quotes, full-width letters, invisible characters,
    stretched letters ("sooo") and the spellings of `prompts/language/spellings.txt` no longer matter in it.
    """
    starts: list[int] | None = None
    if text.isascii():
        folded = text.lower().replace("\t", " ").replace("`", "'")
    else:
        folded = text.translate(_STRAIGHT_TABLE)
        if folded.isascii():
            folded = folded.lower()
        else:
            folded, starts = _fold_odd(text)
    spellings = _spellings()
    # Most texts need no mending: seeing that at a glance halves the time.
    will = {m.start(): m.group(1) + "'ll" for m in _WILL.finditer(folded)}
    if not will and spellings.keys().isdisjoint(_WORD.findall(folded)) and not _STRETCHED.search(folded):
        return Folded(folded, text, starts)
    mends = [
        (m.start(), m.end(), will.get(m.start()) or spellings.get(m.group()) or _unstretch(m.group()))
        for m in _WORD.finditer(folded)
        if m.start() in will or m.group() in spellings or _STRETCHED.search(m.group())
    ]
    if not mends:
        return Folded(folded, text, starts)
    if starts is None:
        starts = list(range(len(folded)))
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for begin, end, instead in mends:
        pieces.append(folded[at:begin])
        origin.extend(starts[at:begin])
        pieces.append(instead)
        # A mended word of another length points into the word it replaces, never beyond it.
        origin.extend(starts[min(begin + i, end - 1)] for i in range(len(instead)))
        at = end
    pieces.append(folded[at:])
    origin.extend(starts[at:])
    return Folded("".join(pieces), text, origin)


def _unstretch(word: str) -> str:
    """A word with its stretched letters brought back: "sooooo" is "so", "pleeease" is "please"."""
    spellings = _spellings()
    double, single = _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
    return spellings.get(single) or spellings.get(double) or (double if double in _DOUBLED else single)


_DOUBLED = frozenset({"see", "too", "need", "been", "keep", "feel", "will", "all", "off", "tell", "still"})


def words(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    return _WORD.findall(folded)


_COUNTED = re.compile(r"\S*[^\W_]\S*")


def count_words(text: str) -> int:
    """How many words a reader would count: runs of non-blank text that hold a letter or a digit."""
    return len(_COUNTED.findall(text))


_SENTENCE_END = re.compile(r"[.!?]+[\"')\u201d\u2019]*(?=\s|$)|\n+")
# "Dr." and the like end no sentence.
_ABBREVIATION = re.compile(r"\b(?:dr|mr|mrs|ms|st|prof|vs|e\.g|i\.e|p\.s)\.$", re.IGNORECASE)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of `text` in code points, white space around it left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[max(start, match.end() - 6) : match.end()]):
            continue
        _add(text, start, match.end(), spans)
        start = match.end()
    _add(text, start, len(text), spans)
    return spans


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
