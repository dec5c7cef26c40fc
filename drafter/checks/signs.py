"""A message as a row of signs: one character for each word, so that patterns speak of words, not letters.

Every word that a rule mentions has a sign of its own; all other words share one. Contractions are opened
("you're" is "you" and "are", "won't" is "will" and "not"), so that a pattern says each thing once. A row is
about a fifth as long as its text, and remembers where each of its words stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from drafter.text import Folded

OTHER, NUMBER, STOP, ASKED, PAUSE, QUOTE = "w", "0", ".", "?", ",", '"'
"""The signs that stand for no word of a rule: any other word, a number, and what parts the words."""
_LONGEST = 200
"""How far a sentence is followed to either side, in words: keeps the time linear in a text without full stops."""
FIRST_WORD = 0x100
"""The first code point that stands for a word: above every character that means something in a pattern."""

_TOKEN = re.compile(r"\d[\d.,:]*\d[a-z]*|[^\W_]+(?:'[^\W_]+)*|[.!?]+|[,;:()\[\]\"]|\n+|-+|'")
_OPENS = re.compile(r"(?:^|(?<=[^\w']))'(?=\w)[^'\n]*(?:\w'\w[^'\n]*)*$")
_CLOSES = re.compile(r"(?<=[\w.,!?])'(?!\w)")
_LONGEST_QUOTE = 160
"""How far a quotation in single marks may reach, in characters."""
_PARTS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would", "em": "them"}
_IRREGULAR = {"won't": ("will", "not"), "can't": ("can", "not"), "shan't": ("shall", "not"),
              "ain't": ("is", "not"), "let's": ("let", "us"), "y'all": ("you",), "o'clock": ("o'clock",),
              "d'you": ("do", "you"), "ma'am": ("ma'am",)}  # fmt: skip
# After these a final 's is "is" or "has", never an owner.
_SUBJECTS = frozenset(
    "he she it that there here what who where how when why this everything nothing something everyone nobody"
    " someone one".split()
)


@lru_cache(maxsize=4096)
def open_word(word: str) -> tuple[str, ...]:  # noqa: PLR0911  # one return a kind of word
    """The words of a contraction, or the word itself."""
    if "'" not in word:
        return (word,)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    head, _, tail = word.rpartition("'")
    if not head and tail in _PARTS:
        return (_PARTS[tail],)
    if tail == "t" and head.endswith("n") and len(head) > 1:
        return (head[:-1], "not")
    if tail in _PARTS and head:
        return (*open_word(head), _PARTS[tail])
    if tail == "s" and head:
        return (head, "is" if head in _SUBJECTS else "'s")
    return (word,)


@dataclass(frozen=True, slots=True)
class Row:
    """A folded text as signs.

    Attributes:
        signs: one character for each word or mark.
        words: the word or mark behind each sign.
        spans: where each stands in the folded text.
        folded: the text it was made from.

    """

    signs: str
    words: list[str]
    spans: list[tuple[int, int]]
    folded: Folded

    def sentence(self, at: int) -> tuple[int, int]:
        """First sign and end of the sentence that holds the sign `at`; its mark is included."""
        low, high = max(0, at - _LONGEST), at + _LONGEST
        begin = max(self.signs.rfind(STOP, low, at), self.signs.rfind(ASKED, low, at), low - 1) + 1
        ends = [end + 1 for mark in (STOP, ASKED) if (end := self.signs.find(mark, at, high)) >= 0]
        return begin, min(ends) if ends else min(high, len(self.signs))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the message behind the signs `start` to `end`."""
        return self.folded.span(self.spans[start][0], self.spans[end - 1][1])


def row(folded: Folded, vocabulary: Mapping[str, str]) -> Row:
    """The row of signs of a folded text; `vocabulary` gives the words that have one of their own."""
    text = folded.text
    signs: list[str] = []
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    known = vocabulary.get
    for match in _TOKEN.finditer(text):
        span = start, end = match.span()
        word = text[start:end]
        sign = known(word)
        if sign is None:
            first = word[0]
            if first.isalnum():
                if "'" in word:
                    parts = open_word(word)
                    if len(parts) > 1:
                        for part in parts:
                            signs.append(known(part, OTHER))
                            words.append(part)
                            spans.append(span)
                        continue
                sign = NUMBER if first.isdigit() else OTHER
            else:
                sign = _mark(word, start, end, folded)
                if not sign:
                    continue
                if sign == STOP and signs and signs[-1] in (STOP, ASKED):
                    continue
        signs.append(sign)
        words.append(word)
        spans.append(span)
    return Row("".join(signs), words, spans, folded)


def _mark(mark: str, start: int, end: int, folded: Folded) -> str:
    """The sign of a punctuation mark; empty where it means nothing here."""
    first = mark[0]
    if first in ".!?":
        return ASKED if "?" in mark else STOP
    if first == '"':
        return QUOTE
    if first == "'":
        return QUOTE if _quotes(folded.text, start) else ""
    if first == "\n":
        return STOP if len(mark) > 1 or not _wrapped(folded, end) else ""
    if first == "-":
        text = folded.text
        apart = (start == 0 or text[start - 1] in " \n") or len(mark) > 1
        origin = folded.original[folded.span(start, end)[0]] if end <= len(text) else "-"
        return PAUSE if apart or origin in "\u2013\u2014\u2015" else ""
    return PAUSE


def _quotes(text: str, at: int) -> bool:
    """Whether a single quotation mark opens or closes a quotation, rather than stand for a letter or an owner."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isalnum() and not before.isalnum():
        close = _CLOSES.search(text, at + 2, at + _LONGEST_QUOTE)
        return close is not None
    return not after.isalnum() and _OPENS.search(text, max(0, at - _LONGEST_QUOTE), at) is not None


def _wrapped(folded: Folded, end: int) -> bool:
    """Whether the line goes on after a single line end: the next line begins with a small letter."""
    if end >= len(folded.text):
        return False
    at = folded.span(end, end + 1)[0]
    return folded.original[at : at + 1].islower()
