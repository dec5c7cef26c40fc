"""From the partner's objection to the fears it may protect.

A linear model over words, word pairs, word beginnings and the phrase lists of `prompts/reading/cues.txt`,
trained by `bench/train_reading.py` on the labelled objections of `tests/sets/`, and shipped as a table of
whole numbers that loads in a few milliseconds. It reads what the words are about; it does not guess: no words,
or none that it knows, are `silent`.
"""

import math
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.data import load_text
from drafter.outcome import Reading
from drafter.text import Folded, fold, sentences

SILENT = "silent"
SURE = 0.5
"""How sure a reading of one part must be for its fear to be parked beside the first."""
AFRAID = 0.55
"""How sure the reading must be that the partner is afraid of the user; the screen decides on the rest."""
MOST_PARKED = 3
_CUE_WORDS = 7

# Who is answered first where several fears are as likely: the more it hurts, the earlier (`evidence.md` 2).
_RANK = (
    "breakup leaning_out ganged_up stigma judged blame you_go used_against bad_experience exhausted control culture"
    " privacy hiding feelings misfit doubt self_reliance not_that_bad not_now unknown_who logistics time cost"
).split()

_PRACTICAL = frozenset({"cost", "time", "logistics", "unknown_who", "not_now"})
_HURTS = frozenset(_RANK[:8])
_SURELY = 0.9

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[?!]")


@dataclass(frozen=True, slots=True)
class _Model:
    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, str]
    scale: float
    sharpness: float


def read(objection: str) -> tuple[Reading, ...]:
    """The fears that `objection` may protect, the one to answer first in front, the others parked behind it.

    An empty, unreadable or wordless objection is `silent`.
    """
    folded = fold(objection)
    model = _model()
    tokens = list(_TOKEN.finditer(folded.text))
    if gives_no_reason(folded.text) or _unreadable(model, tokens):
        return (Reading(SILENT, 1.0, objection.strip()[:80]),)
    best, chance, cue = _read(model, tokens, folded)
    if model.kinds[best] == "unsafe" and chance < AFRAID:
        best, chance, cue = _read(model, tokens, folded, but=best)
    first = Reading(model.kinds[best], round(chance, 2), cue)
    parked = _parked(objection, model, first)
    if first.fear in _PRACTICAL and first.confidence < _SURELY:
        # A hurt spoken of surely beside a practical matter goes first.
        hurt = next((r for r in parked if r.fear in _HURTS and r.confidence >= _SURELY), None)
        if hurt is not None:
            return (hurt, first, *(r for r in parked if r is not hurt))
    return (first, *parked)


@lru_cache(maxsize=1)
def _nothings() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    """The words that give no reason, and what people do instead of answering (`prompts/reading/silent.txt`)."""
    lists = {
        name: [entry.strip() for entry in entries.split(",")]
        for name, colon, entries in (line.partition(":") for line in load_text("reading/silent.txt").splitlines())
        if colon and not name.startswith("#")
    }
    acts = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in lists["acts"])
    # Told of somebody: "he shrugged", "Just turned the telly up", "She didn't answer, went to bed".
    told = rf"(?:(?:and |then |just |only |so )*(?:he|she|they|my \w+|[a-z]+)(?:'s| is| was| has| just| only| then| always| even)* )?(?:just |only )?(?:{acts})\b"
    return frozenset(lists["words"]), frozenset(lists["between"]), re.compile(told)


_STAGE = re.compile(r"\s*(?:\[[^\]]*\]?|\([^)]*\)|\*[^*]*\*)[\s.!?]*")
_SPEAKS = re.compile(r"\b(?:i|i'm|i've|i'd|you|you're|we|we're|our|us|me|my|says?|said that|told me)\b")


def gives_no_reason(folded: str) -> bool:
    """Whether a folded objection gives none: no words, only words like "no" and "dunno", or what was done instead."""
    if not re.search("[a-z]", folded) or _STAGE.fullmatch(folded):
        return True
    words, between, acts = _nothings()
    said = re.findall(r"[a-z][a-z'-]*", folded)
    if words.intersection(said) and all(word in words or word in between for word in said):
        # A final "no" is more than silence: that is for the model to tell.
        return len(said) < 6 and not re.search(r"\bno\b.*\b(?:no|means|is|said)\b|\bsaid no\b", folded)  # noqa: PLR2004
    return len(said) < 16 and acts.match(folded.strip()) is not None and not _SPEAKS.search(folded)  # noqa: PLR2004


def _unreadable(model: _Model, tokens: Sequence[re.Match[str]]) -> bool:
    """Whether hardly a word of it is one that the model has ever met."""
    spoken = [m.group() for m in tokens if m.group()[0].isalpha()]
    known = sum(f"u:{stem(word)}" in model.weights for word in spoken)
    return known * 3 < len(spoken) or not known


def _parked(objection: str, model: _Model, first: Reading) -> list[Reading]:
    """What else is in it: the fears that its single parts speak of surely."""
    found: dict[str, Reading] = {}
    if first.fear in (SILENT, "clear_no"):
        return []
    parts = list(_parts(objection))
    for part in parts if len(parts) > 1 else ():
        folded = fold(part)
        tokens = list(_TOKEN.finditer(folded.text))
        if len(tokens) < 3:  # noqa: PLR2004  # two words say too little
            continue
        best, chance, cue = _read(model, tokens, folded)
        kind = model.kinds[best]
        known = found.get(kind)
        if kind in (first.fear, SILENT, "clear_no", "unsafe") or chance < SURE:
            continue
        if known is None or known.confidence < chance:
            found[kind] = Reading(kind, round(chance, 2), cue)
    return sorted(found.values(), key=lambda r: _RANK.index(r.fear))[:MOST_PARKED]


def _parts(text: str) -> Iterator[str]:
    for start, end in sentences(text):
        for part in re.split(r",\s+|\s[-–—]+\s|;|\b(?:and|but|plus|besides|anyway|also)\b", text[start:end], flags=re.IGNORECASE):
            if part.strip():
                yield part


def stem(word: str) -> str:
    """A word without the endings that say the same: "talking", "talked" and "talks" are "talk"."""
    if word.endswith("'s") and word not in ("it's", "that's", "what's", "he's", "she's", "let's", "there's", "who's"):
        word = word[:-2]
    if len(word) > 5 and word.endswith("ing"):  # noqa: PLR2004
        return word[:-3]
    if len(word) > 4 and word.endswith("ed"):  # noqa: PLR2004
        return word[:-2]
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and "'" not in word:  # noqa: PLR2004
        return word[:-1]
    return word


def features(text: str, tokens: Sequence[re.Match[str]] | None = None) -> Iterator[tuple[str, float, int]]:
    """What the model sees in a folded text: name, value, and the index of the token it comes from (-1: none).

    The trainer uses the very same function, so that what is learnt is what is read.
    """
    tokens = list(_TOKEN.finditer(text)) if tokens is None else tokens
    words = [m.group() for m in tokens]
    stems = [stem(word) for word in words]
    before = "<"
    for index, (word, root) in enumerate(zip(words, stems, strict=True)):
        yield f"u:{root}", 1.0, index
        yield f"b:{before} {root}", 1.0, index
        if len(word) > 4:  # noqa: PLR2004
            yield f"p:{word[:4]}", 0.5, index
            yield f"s:{word[-4:]}", 0.3, index
        before = root
    yield f"b:{before} >", 1.0, max(0, len(words) - 1)
    size = len(words)
    yield f"n:{0 if size < 3 else 1 if size < 6 else 2 if size < 12 else 3 if size < 30 else 4}", 1.0, -1  # noqa: PLR2004
    counts: dict[str, int] = {}
    for kind, index in _cues_in(words):
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= 3:  # noqa: PLR2004
            yield f"q:{kind}:{counts[kind]}", CUE_WEIGHT, index


CUE_WEIGHT = 2.5


_Entry = tuple[tuple[str, ...], str]


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, Sequence[_Entry]]:
    """The phrase lists by how they begin: the first letters of their first two words, or of the only one."""
    begun: dict[str, list[_Entry]] = {}
    for line in load_text("reading/cues.txt").splitlines():
        kind, colon, entries = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        for entry in entries.split(","):
            words = tuple(entry.replace("-", " ").split())
            if words:
                begun.setdefault(_begin(*words[:2]), []).append((words, kind))
    return begun


def _begin(first: str, second: str = "") -> str:
    # Three letters decide; a star stands only after as many, or after a whole shorter word.
    return f"{first[:3].rstrip('*')} {second[:2].rstrip('*')}"


def _cues_in(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each kind whose phrase list is met, with the index of the phrase's first word; a phrase counts once."""
    begun = _cues()
    seen: set[_Entry] = set()
    size = len(words)
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < size else ""
        for entry in (*begun.get(_begin(word), ()), *(begun.get(_begin(word, following), ()) if following else ())):
            phrase = entry[0]
            if (
                entry not in seen
                and index + len(phrase) <= size
                and all(map(_is, words[index : index + len(phrase)], phrase))
            ):
                seen.add(entry)
                yield entry[1], index


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@lru_cache(maxsize=1)
def _model() -> _Model:
    head, *rows = load_text("reading/model.txt").splitlines()
    kinds, bias, scale, sharpness = head.split("\t")
    return _Model(
        kinds=tuple(kinds.split()),
        bias=tuple(float(value) for value in bias.split()),
        weights=dict(row.split("\t") for row in rows),  # type: ignore[misc]  # two parts a row
        scale=float(scale),
        sharpness=float(sharpness),
    )


ZERO = 80
"""The character that stands for a weight of nothing; those above and below it are whole steps of the scale."""
_TENTHS = 10  # values are counted in tenths, so that sums stay whole numbers


@lru_cache(maxsize=8192)
def _lanes(row: str) -> int:
    """The weights of a row side by side in one whole number, 32 bits each: one addition adds them all."""
    return int.from_bytes(row.encode("utf-32-le"), "little")


def _read(
    model: _Model, tokens: Sequence[re.Match[str]], folded: Folded, *, but: int = -1
) -> tuple[int, float, str]:
    """The likeliest kind of one text (`but` apart): its index, how likely it is, and the words that said it."""
    seen = list(features(folded.text, tokens))
    norm = math.sqrt(sum(value * value for _, value, _ in seen)) or 1.0
    rows = ((model.weights.get(name), value, index) for name, value, index in seen)
    found = [(row, round(value * _TENTHS), value, index) for row, value, index in rows if row is not None]
    total = sum(tenths * _lanes(row) for row, tenths, _, _ in found)
    zero = ZERO * sum(tenths for _, tenths, _, _ in found)
    size = len(model.kinds)
    sums = struct.unpack(f"<{size}I", total.to_bytes(4 * size, "little"))
    factor = model.scale / _TENTHS / norm
    scores = [bias + (value - zero) * factor for bias, value in zip(model.bias, sums, strict=True)]
    best = max((kind for kind in range(size) if kind != but), key=scores.__getitem__)
    shares: dict[int, float] = {}
    for row, _, value, index in found:
        shares[index] = shares.get(index, 0.0) + (ord(row[best]) - ZERO) * model.scale * value / norm
    powers = [math.exp((score - scores[best]) * model.sharpness) for score in scores]
    return best, 1 / sum(powers), _cue(folded, tokens, shares)


def _cue(folded: Folded, tokens: Sequence[re.Match[str]], shares: Mapping[int, float]) -> str:
    """The words that said it: the run of a few words that brought most to the kind."""
    best, span = 0.0, (0, min(len(tokens), _CUE_WORDS) - 1)
    for start in range(len(tokens)):
        total = 0.0
        for end in range(start, min(len(tokens), start + _CUE_WORDS)):
            total += shares.get(end, 0.0)
            # A longer run must earn its place.
            if total - 0.02 * (end - start) > best:
                best, span = total - 0.02 * (end - start), (start, end)
    return folded.quote(tokens[span[0]].start(), tokens[span[1]].end()) if tokens else ""
