"""What the words of a sentence sound like, learnt from several thousand labelled disclosures and harmless twins.

The rules know what to look for; this knows how people say it. It sees the words with people as roles (`roles`),
so that who does what to whom counts and names do not. Trained by `bench/train_screen.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafter.linear import Feature, load_model, stem
from drafter.screen.roles import Told

NOTHING = "none"
_SILENT = frozenset({"name", "relationship", "resource"})


@dataclass(frozen=True, slots=True)
class Heard:
    """How likely a part of a text means something.

    Attributes:
        kind: the likeliest class other than none.
        chance: how likely it is that there is anything at all, 0 to 1.
        first: the first token of the part that says it most.
        last: the last one.

    """

    kind: str
    chance: float
    first: int
    last: int


def features(words: Sequence[str], start: int = 0) -> Iterator[Feature]:
    """What the model sees in a run of role-marked words; the trainer uses the very same function."""
    roots = [word if word[0].isupper() else stem(word) for word in words]
    before = "<"
    two_before = ""
    for index, (word, root) in enumerate(zip(words, roots, strict=True), start):
        if root == ".":
            before, two_before = "<", ""
            continue
        yield f"u:{root}", 1.0, index
        yield f"b:{before} {root}", 1.0, index
        if two_before:
            yield f"t:{two_before} {before} {root}", 1.0, index
            yield f"k:{two_before} {root}", 0.7, index
        if len(word) > 4:  # noqa: PLR2004
            yield f"p:{word[:4]}", 0.4, index
        two_before, before = before, root


def windows(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The parts of a text that are listened to: every sentence, and every two sentences that follow each other."""
    ends: list[tuple[int, int]] = []
    start = 0
    for index, word in enumerate([*words, "."]):
        if word == ".":
            if index > start:
                ends.append((start, index))
            start = index + 1
    yield from ends
    yield from ((first[0], second[1]) for first, second in pairwise(ends))


def listen(name: str, field: str, text: Told) -> Heard | None:
    """The part of a field that sounds most like something, under the model of `prompts/NAME`; None for no words."""
    field = field.partition("[")[0]
    if field in _SILENT:
        return None
    model = load_model(name)
    nothing = model.classes.index(NOTHING)
    best: Heard | None = None
    for start, end in windows(text.words):
        chances = model.score(features(text.words[start:end], start)).chances
        chance = 1 - chances[nothing]
        if best is None or chance > best.chance:
            kind = max((i for i in range(len(chances)) if i != nothing), key=chances.__getitem__)
            best = Heard(model.classes[kind], chance, start, end - 1)
    return best
