"""What the model sees in an objection: the trainer uses the very same, so that what is learnt is what is read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from drafter.data import load_text

CUE_WEIGHT = 2.5
"""What a phrase of `prompts/reading/cues.txt` counts beside a single word's 1."""
MOST_CUES = 3
"""So many phrases of one kind count; more say no more."""
_LONG = 5
"""A word of this length and more is known by its beginning and its end, too."""

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[?!]")
_WITH_IS = frozenset({"it's", "that's", "what's", "he's", "she's", "let's", "there's", "who's"})
# Endings that say the same, with the shortest word that loses them and what stands instead.
_ENDINGS = (("ing", 6, ""), ("ed", 5, ""), ("ies", 5, "y"))
_LEAST_PLURAL = 4
_SIZES = ((3, 0), (6, 1), (12, 2), (30, 3))
_MOST_SIZE = 4

_Entry = tuple[tuple[str, ...], str]
"""A phrase and the kind that it is a cue for; a first word or other word that ends in `*` has any ending."""


def tokens_of(folded: str) -> list[re.Match[str]]:
    """The words, `?` and `!` of a folded text, in order."""
    return list(_TOKEN.finditer(folded))


def stem(word: str) -> str:
    """A word without the endings that say the same: "talking", "talked" and "talks" are "talk"."""
    if word.endswith("'s") and word not in _WITH_IS:
        word = word[:-2]
    for ending, least, instead in _ENDINGS:
        if len(word) >= least and word.endswith(ending):
            return word[: -len(ending)] + instead
    plural = len(word) >= _LEAST_PLURAL and word[-1] == "s" and word[-2] != "s" and "'" not in word
    return word[:-1] if plural else word


def features(folded: str) -> Iterator[tuple[str, float, int]]:
    """What there is in a folded text: its name, its value, and the index of the token it comes from (-1: none).

    Names: `u:` a word, `b:` a pair, `p:` a beginning, `s:` an end, `n:` the size, `q:` a cue and how manieth.
    """
    words = [match.group() for match in tokens_of(folded)]
    before = "<"
    for index, word in enumerate(words):
        root = stem(word)
        yield f"u:{root}", 1.0, index
        yield f"b:{before} {root}", 1.0, index
        if len(word) >= _LONG:
            yield f"p:{word[:4]}", 0.5, index
            yield f"s:{word[-4:]}", 0.3, index
        before = root
    yield f"b:{before} >", 1.0, max(0, len(words) - 1)
    yield f"n:{next((size for most, size in _SIZES if len(words) < most), _MOST_SIZE)}", 1.0, -1
    counts: dict[str, int] = {}
    for kind, index in _cues_in(words):
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= MOST_CUES:
            yield f"q:{kind}:{counts[kind]}", CUE_WEIGHT, index


@lru_cache(maxsize=1)
def _cues() -> tuple[Mapping[str, Sequence[_Entry]], Mapping[str, Sequence[_Entry]]]:
    """The phrase lists by their first word, and those whose first word has any ending by its first three letters."""
    whole: dict[str, list[_Entry]] = {}
    begun: dict[str, list[_Entry]] = {}
    for line in load_text("reading/cues.txt").splitlines():
        kind, colon, entries = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        for entry in entries.split(","):
            words = tuple(entry.replace("-", " ").split())
            if words and words[0].endswith("*"):
                begun.setdefault(words[0][:3], []).append((words, kind))
            elif words:
                whole.setdefault(words[0], []).append((words, kind))
    return whole, begun


def _cues_in(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each kind whose phrase list is met, with the index of the phrase's first word; a phrase counts once."""
    whole, begun = _cues()
    seen: set[_Entry] = set()
    for index, word in enumerate(words):
        for entry in (*whole.get(word, ()), *begun.get(word[:3], ())):
            if _stands(entry[0], words, index) and entry not in seen:
                seen.add(entry)
                yield entry[1], index


def _stands(phrase: Sequence[str], words: Sequence[str], at: int) -> bool:
    """Whether `phrase` begins at the word `at`."""
    if at + len(phrase) > len(words):
        return False
    for index, wanted in enumerate(phrase, at):
        word = words[index]
        if word != wanted and not (wanted[-1] == "*" and word.startswith(wanted[:-1])):
            return False
    return True
